import type { EntityFact } from '../../domain/facts.ts'
import type { CompiledPolicy } from '../../policy/aws/types.ts'
import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'
import type { Graph } from '../graph.ts'
import type { CompileEntity } from './actors.ts'
import { NO_GRANTS, type TargetGrants } from './target-grants.ts'
import { resourceTagsOf, settingsOf, type TargetSettings } from './target-settings.ts'

/** What a question is about: an entity of the snapshot or any well-formed ARN. */
export interface AwsTarget {
  readonly entity: EntityFact
  /** ARN for the evaluator; `*` where the target is an account. */
  readonly arn: string
  /** null: not known, taken to be the account of whoever asks. */
  readonly account: string | null
  /** True where no fact names the account. */
  readonly accountAssumed: boolean
  /** The policy on it or on what holds it (an object's bucket). */
  readonly policy?: CompiledPolicy
  /** Entity whose document `policy` is. */
  readonly policyHolder?: EntityFact
  /** What else lets somebody in: ACLs, grants and shares on it or on what holds it. */
  readonly grants: TargetGrants
  readonly settings: TargetSettings
  /** It, or what holds its policy, where the snapshot has it. */
  readonly holder?: EntityFact
  /** Its policy was not loaded, and it has one (as roles and keys always do) or may have one that nobody was allowed to read. */
  readonly policyUnknown: boolean
  /** It, or what holds its policy, is in the inventory: where there is no policy, it has none. */
  readonly guardInventoried: boolean
  /** All its tags that count as aws:ResourceTag; undefined: not known. */
  readonly tags?: readonly string[]
}

const ARN = /^arn:[a-z0-9-]+:[a-z0-9-]+:[^:]*:[^:]*:.+$/i

/** A well-formed ARN, with or without wildcards. */
export const isArn = (text: string): boolean => ARN.test(text)

const accountOfArn = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null

export interface TargetParts {
  readonly graph: Graph
  readonly compile: CompileEntity
  readonly knowledge: ActionKnowledge
  readonly grantsOf: (holder: number) => TargetGrants
  readonly onlyAccount: string | null
  readonly wholeAccounts: ReadonlySet<string>
}

/** Describes a target that is in the snapshot, or that only an ARN names. @param asked account of a target whose ARN names none */
export function describeTarget(
  { graph, compile, knowledge, grantsOf, onlyAccount, wholeAccounts }: TargetParts,
  arn: string,
  asked?: string,
): AwsTarget {
  const node = graph.numberOf(arn)
  const entity = node === undefined ? adHocResource(arn, knowledge) : graph.entityAt(node)
  if (entity.kind === 'AwsAccount') return accountTarget(entity)
  const holder = policyHolder(graph, arn)
  const holding = holder === undefined ? undefined : graph.entityAt(holder)
  const known = accountOfArn(arn) ?? entity.scope ?? holding?.scope ?? asked ?? null
  const account = known ?? onlyAccount
  const withPolicy = holding === undefined || !carriesPolicy(holding) ? undefined : holder
  const tags = resourceTagsOf(node === undefined ? undefined : entity, holding, arn)
  return {
    entity: entity.scope === null && known !== null ? { ...entity, scope: known } : entity,
    arn,
    account,
    accountAssumed: known === null,
    ...(withPolicy === undefined
      ? {}
      : { policy: compile(withPolicy, entity.kind === 'AwsRole' ? 'TRUST' : 'RESOURCE'), policyHolder: graph.entityAt(withPolicy) }),
    grants: holder === undefined ? NO_GRANTS : grantsOf(holder),
    settings: settingsOf(holding, accountEntity(graph, account), arn),
    ...(holding === undefined ? {} : { holder: holding }),
    policyUnknown: withPolicy === undefined && ((alwaysHasPolicy(arn) && !isKnownNotToExist(arn, wholeAccounts)) || isRefused(holding)),
    guardInventoried: holding !== undefined && holding.coverage.length > 0,
    ...(tags === undefined ? {} : { tags }),
  }
}

function accountEntity(graph: Graph, account: string | null): EntityFact | undefined {
  const node = account === null ? undefined : graph.numberOf(account)
  return node === undefined ? undefined : graph.entityAt(node)
}

/** An account as a whole: everything in it, and what takes no resource. */
export const accountTarget = (entity: EntityFact): AwsTarget => ({
  entity,
  arn: '*',
  account: entity.id,
  accountAssumed: false,
  grants: NO_GRANTS,
  settings: {},
  policyUnknown: false,
  guardInventoried: true,
})

/** An entity for an ARN that no file states. */
function adHocResource(arn: string, knowledge: ActionKnowledge): EntityFact {
  const [type] = knowledge.typesOfArn(arn)
  return {
    record: 'entity',
    label: 'Resource',
    kind: type?.kind ?? 'AWS::Unknown',
    id: arn,
    name: arn.split(':').slice(5).join(':') || arn,
    provider: 'aws',
    scope: accountOfArn(arn),
    properties: {},
    document: null,
    coverage: [],
  }
}

/** The entity whose policy guards an ARN: itself, or the container that holds the policy for it. */
function policyHolder(graph: Graph, arn: string): number | undefined {
  const own = graph.numberOf(arn)
  const hasPolicy = own !== undefined && graph.entityAt(own).document !== null
  return hasPolicy ? own : (graph.numberOf(containerOf(arn)) ?? own)
}

/** A Role's or Guardrail's document is what it grants or limits, not who may act on it. */
export const carriesPolicy = ({ label, kind, document, provider }: EntityFact): boolean =>
  provider === 'aws' && document !== null && (label === 'Resource' || kind === 'AwsRole')

/**
 * S3 objects are guarded by their bucket's policy, DynamoDB indexes and streams by their table's, Lambda versions by their function's, calls of
 * an API by that of the API, and everything in the Glue catalog by the catalog's.
 */
function containerOf(arn: string): string {
  const [prefix, partition, service, region, account, ...rest] = arn.split(':')
  const resource = rest.join(':')
  const head = [prefix, partition, service, region, account].join(':')
  switch (service) {
    case 's3':
      return `${head}:${resource
        .split('/')
        .slice(0, resource.startsWith('accesspoint/') ? 2 : 1)
        .join('/')}`
    case 'dynamodb':
      return `${head}:${resource.split('/').slice(0, 2).join('/')}`
    case 'lambda':
      return `${head}:${resource.split(':').slice(0, 2).join(':')}`
    case 'execute-api':
      return `arn:${partition}:apigateway:${region}::/restapis/${resource.split('/')[0] ?? ''}`
    case 'glue':
      return /^(database|table|userDefinedFunction|connection)\//.test(resource) ? `${head}:catalog` : arn
    default:
      return arn
  }
}

/**
 * Roles always have a trust policy and KMS keys a key policy: where none was loaded it is unknown, not absent. Whom the roles of AWS itself trust
 * is known: their service, or the SAML provider of Identity Center.
 */
const alwaysHasPolicy = (arn: string): boolean =>
  /^arn:[^:]*:iam::[^:]*:role\/(?!aws-service-role\/|aws-reserved\/)/.test(arn) || /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(arn)

/** It was asked for, and the answer was no policy and not that there is none. */
const isRefused = (holding: EntityFact | undefined): boolean => holding?.properties.policyState === 'NOT_LOADED'

/** A role that a whole export of its account's IAM lacks. */
const isKnownNotToExist = (arn: string, wholeAccounts: ReadonlySet<string>): boolean =>
  /:iam::/.test(arn) && wholeAccounts.has(accountOfArn(arn) ?? '')

/**
 * Services whose resources can carry a policy of their own; of others none was missed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html, column "Resource-based policies"
 */
const WITH_POLICIES: ReadonlySet<string> = new Set(
  `acm-pca apigateway aoss backup bedrock bedrock-agentcore codeartifact codebuild dynamodb ecr ecr-public elasticfilesystem es events execute-api glue iot
  kinesis kms lambda lex logs mediastore redshift-serverless rekognition s3 s3-object-lambda s3-outposts s3express
  s3tables schemas secretsmanager serverlessrepo ses signer sns sqs ssm ssm-contacts ssm-incidents vpc-lattice xray`.split(/\s+/),
)

export const canCarryPolicy = (arn: string): boolean => WITH_POLICIES.has(arn.split(':')[2] ?? '')
