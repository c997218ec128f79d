import type { EntityFact } from '../../domain/facts.ts'
import type { CompiledPolicy, ContextValue } from '../../policy/aws/types.ts'
import type { Graph } from '../graph.ts'
import type { CompileEntity } from './actors.ts'
import type { GivenContext } from './request.ts'

/** The VPC endpoint that a call goes through, and what follows from it. */
export interface Passage {
  /** The context of the call: what was given, and what the endpoint tells. */
  readonly given: GivenContext
  readonly policies: readonly CompiledPolicy[]
  /** For people: a policy that bears on the call and was not loaded. */
  readonly unknownPolicy?: string
}

/** Finds the endpoint of a call by aws:SourceVpce, or by aws:SourceVpc where that VPC has only one for the service. */
export interface Endpoints {
  passageOf(given: GivenContext, action: string): Passage
}

/** @param wholeCoverages coverages that were loaded whole: endpoints that they don't state don't exist */
export function createEndpoints(graph: Graph, compile: CompileEntity, wholeCoverages: ReadonlySet<string>): Endpoints {
  let endpoints: readonly Endpoint[] | undefined
  const all = (): readonly Endpoint[] => (endpoints ??= usableEndpoints(graph))
  const through = ({ node, entity }: Endpoint, given: GivenContext): Passage => ({
    given: new Map([...(entity.properties.vpc === undefined ? [] : [['aws:sourcevpc', [entity.properties.vpc]] as const]), ...given]),
    policies: [...graph.into('LIMITS', node)]
      .filter((guardrail) => graph.entityAt(guardrail).kind === 'VpcEndpointPolicy')
      .map((guardrail) => compile(guardrail, 'ENDPOINT')),
  })
  const namedBy = (given: GivenContext, values: ContextValue): Passage => {
    const known = values?.length === 1 ? all().find(({ name }) => name === values[0]) : undefined
    return known === undefined ? notLoaded(given, values?.join(' or ') ?? 'that the call goes through') : through(known, given)
  }
  const onlyOneIn = (given: GivenContext, vpc: ContextValue, action: string): Passage => {
    const [only, ...others] = vpc?.length === 1 ? all().filter(({ entity }) => entity.properties.vpc === vpc[0] && serves(entity, action)) : []
    if (only !== undefined && others.length === 0 && isWhole(only.entity, wholeCoverages)) {
      return through(only, withEndpoint(given, [only.name]))
    }
    const whose = vpc === null ? 'that the call goes through' : `of ${vpc.join(' or ')} for ${serviceOf(action)}`
    return notLoaded(withEndpoint(given, null), whose)
  }
  return {
    passageOf(given, action) {
      const endpoint = given.get('aws:sourcevpce')
      const vpc = given.get('aws:sourcevpc')
      if (endpoint !== undefined) return endpoint?.length === 0 ? { given, policies: [] } : namedBy(given, endpoint)
      return vpc === undefined || vpc?.length === 0 ? { given, policies: [] } : onlyOneIn(given, vpc, action)
    },
  }
}

const withEndpoint = (given: GivenContext, values: ContextValue): GivenContext => new Map([...given, ['aws:sourcevpce', values]])

const notLoaded = (given: GivenContext, whose: string): Passage => ({ given, policies: [], unknownPolicy: `policy of the VPC endpoint ${whose}` })

interface Endpoint {
  readonly node: number
  readonly entity: EntityFact
  /** `vpce-…` */
  readonly name: string
}

/** Endpoints that calls can go through; one that is being deleted, or was rejected, is none. */
function usableEndpoints(graph: Graph): Endpoint[] {
  return graph.entities.flatMap((entity, node) => {
    if (entity.kind !== 'AWS::EC2::VPCEndpoint' || GONE.has(entity.properties.state?.toLowerCase() ?? '')) return []
    const name = entity.properties.uniqueId ?? entity.id.slice(entity.id.lastIndexOf('/') + 1)
    return [{ node, entity, name }]
  })
}

const GONE: ReadonlySet<string> = new Set(['deleting', 'deleted', 'rejected', 'failed', 'expired'])

const isWhole = ({ coverage }: EntityFact, whole: ReadonlySet<string>): boolean => coverage.some((id) => whole.has(id))

const serviceOf = (action: string): string => action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase()

/** `com.amazonaws.eu-west-1.ecr.api` → `ecr.api` */
function serves({ properties }: EntityFact, action: string): boolean {
  const name = /^(?:cn\.)?com\.amazonaws\.[^.]+\.(.+)$/.exec(properties.endpointService ?? '')?.[1]
  const service = serviceOf(action)
  return name !== undefined && (ENDPOINT_SERVICES[service] ?? [service]).includes(name.replace(/-fips$/, ''))
}

/** Endpoint services that are not named like the prefix of the actions. https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const ENDPOINT_SERVICES: Readonly<Record<string, readonly string[]>> = {
  bedrock: ['bedrock', 'bedrock-runtime', 'bedrock-agent', 'bedrock-agent-runtime'],
  cassandra: ['cassandra'],
  cloudwatch: ['monitoring'],
  ecr: ['ecr.api', 'ecr.dkr'],
  firehose: ['kinesis-firehose'],
  kinesis: ['kinesis-streams'],
  rds: ['rds', 'rds-data'],
  s3: ['s3', 's3-global.accesspoint'],
  sagemaker: ['sagemaker.api', 'sagemaker.runtime', 'sagemaker.featurestore-runtime', 'sagemaker.metrics'],
  ses: ['email', 'email-smtp'],
  states: ['states', 'sync-states'],
}
