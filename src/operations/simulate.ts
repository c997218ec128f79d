import { actionKnowledge } from '../policy/aws/actions/index.ts'
import { accountOfArn, decide, principalOf, renderCondition, renderReason, type AwsDecision, type AwsRequest } from '../policy/aws/index.ts'
import type { AccessDecision, Caveat } from './answers.ts'
import { simulateAzure } from './simulate/azure.ts'
import { isAzureDocument } from './simulate/azure-document.ts'
import { compilePolicies } from './simulate/compile-policies.ts'
import { readDocument, type SimulateDocument } from './simulate/read-document.ts'

/**
 * Decides one document of docs/simulate.md, without a graph.
 * @throws BAD_INPUT with `details.path` where the document can't be read
 */
export function simulate(document: unknown): AccessDecision {
  if (isAzureDocument(document)) return simulateAzure(document, Date.now())
  const asked = readDocument(document)
  const caveats: Caveat[] = asked.ignored.map((field) => ({
    code: 'FIELD_IGNORED',
    message: `The document’s field ${field} is not known and was ignored.`,
    source: field,
  }))
  const resource = withAccount(asked, caveats)
  const request: AwsRequest = {
    principal: asked.principal,
    action: asked.action,
    resource,
    context: asked.context,
    policies: compilePolicies(asked),
    ...settingsOf(asked),
  }
  caveats.push(...aboutAction(asked))
  return answer(decide(request, actionKnowledge), caveats)
}

function settingsOf({ settings }: SimulateDocument): Pick<AwsRequest, 'publicAccessBlock' | 'bucketAbac' | 'awsManagedKey'> {
  const { publicAccessBlock, bucketAbac, awsManagedKey } = settings
  return {
    ...(publicAccessBlock === undefined ? {} : { publicAccessBlock }),
    ...(bucketAbac === undefined ? {} : { bucketAbac }),
    ...(awsManagedKey ? { awsManagedKey } : {}),
  }
}

/** Ids of S3 buckets and the like name no account: unless told, it is taken to be the principal's. */
function withAccount({ resource, principal, context }: SimulateDocument, caveats: Caveat[]): AwsRequest['resource'] {
  if (resource.account !== undefined || accountOfArn(resource.arn) !== undefined) return resource
  const told = context.entries.get('aws:resourceaccount')
  const [only] = told ?? []
  if (only !== undefined && told?.length === 1) return { ...resource, account: only }
  const account = principalOf(principal)?.account
  if (account === undefined) return resource
  if (resource.arn !== '*') {
    const message = `${resource.arn} does not tell its account; taken to be the principal’s, ${account}. Give resource.account to say otherwise.`
    caveats.push({ code: 'ASSUMED_ACCOUNT', message, source: resource.arn })
  }
  return { ...resource, account }
}

/** An unknown action, or one that can't apply to the resource, is said, not silently denied. */
function aboutAction({ action, resource }: SimulateDocument): readonly Caveat[] {
  if (action.includes('*') || action.includes('?')) return []
  const id = actionKnowledge.idOf(action)
  if (id < 0) {
    const message = `${action} is not among the AWS actions known on ${actionKnowledge.date}; it is decided by its name alone.`
    return [{ code: 'UNKNOWN_ACTION', message, source: action }]
  }
  const taken = actionKnowledge.resourceTypesOf(id)
  const types = actionKnowledge.typesOfArn(resource.arn).map((type) => type.name)
  if (resource.arn === '*' || types.some((type) => taken.includes(type)) || (taken.length > 0 && types.length === 0)) return []
  const message =
    taken.length === 0
      ? `${action} takes no resource; only statements for all resources ("*") apply to it.`
      : `${action} acts on ${taken.join(', ')}, not on ${resource.arn}; AWS never gets such a request.`
  return [{ code: 'ACTION_NOT_ON_RESOURCE', message, source: action }]
}

function answer(decision: AwsDecision, caveats: readonly Caveat[]): AccessDecision {
  const { effect, because, conditions, parts, faults } = decision
  return {
    effect,
    because: because.map((reason) => ({ ...reason, message: renderReason(reason) })),
    conditions: conditions === undefined ? [] : renderCondition(conditions),
    ...(conditions === undefined ? {} : { expression: conditions }),
    ...(parts === undefined ? {} : { parts }),
    ...(faults.length === 0 ? {} : { findings: faults.map(({ policy, place, message }) => ({ policy, place, message })) }),
    caveats,
    evidence: [],
  }
}
