import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { ManagementGroupsAPI } from '@azure/arm-managementgroups'
import { ResourceGraphClient } from '@azure/arm-resourcegraph'
import type { PipelineResponse } from '@azure/core-rest-pipeline'
import { BrokenAnswer, NOT_WHOLE } from '../../microsoft/collect/failure.ts'
import { parsedBody, type Rest } from '../../microsoft/collect/rest.ts'

/** How Azure Resource Manager is asked. */
export interface Arm {
  readonly rest: Rest
  authorization(subscription: string): AuthorizationManagementClient
  readonly managementGroups: ManagementGroupsAPI
  readonly resourceGraph: ResourceGraphClient
}

export function openArm(rest: Rest): Arm {
  const settings = { ...rest.settings, endpoint: rest.endpoint, $host: rest.endpoint, credentialScopes: rest.scope }
  const authorization = new Map<string, AuthorizationManagementClient>()
  const resourceGraph = new ResourceGraphClient(rest.credential, { ...rest.settings, endpoint: rest.endpoint, credentials: { scopes: [rest.scope] } })
  const managementGroups = new ManagementGroupsAPI(rest.credential, settings)
  rest.authorize(resourceGraph.pipeline)
  rest.authorize(managementGroups.pipeline)
  return {
    rest,
    managementGroups,
    resourceGraph,
    authorization: (subscription) => {
      const client = authorization.get(subscription) ?? new AuthorizationManagementClient(rest.credential, subscription, settings)
      if (!authorization.has(subscription)) rest.authorize(client.pipeline)
      authorization.set(subscription, client)
      return client
    },
  }
}

/** What the SDK's calls take. */
export interface SdkOptions {
  readonly abortSignal: AbortSignal
  readonly onResponse: (response: PipelineResponse) => void
}

/** A listing of the SDK, by page. */
export interface Listing {
  byPage(settings: { readonly continuationToken?: string }): AsyncIterator<unknown>
}

/**
 * One page as Azure sent it: the SDK leaves out what its models don't know, as the conditions of a role's permissions.
 * @param next address of the page; left out: the first
 */
export async function pageAsSent(arm: Arm, list: (options: SdkOptions) => Listing, next: string | undefined, signal: AbortSignal): Promise<object> {
  if (next !== undefined) arm.rest.checkPage(next)
  let sent: string | null | undefined
  const options = { abortSignal: signal, onResponse: ({ bodyAsText }: PipelineResponse) => void (sent = bodyAsText) }
  await list(options)
    .byPage(next === undefined ? {} : { continuationToken: next })
    .next()
  return parsedBody(sent)
}

/** An answer that is no listing, as Azure sent it. */
export async function objectAsSent(get: (options: SdkOptions) => Promise<unknown>, abortSignal: AbortSignal): Promise<object> {
  let sent: string | null | undefined
  await get({ abortSignal, onResponse: ({ bodyAsText }) => void (sent = bodyAsText) })
  return parsedBody(sent)
}

interface GraphQuestion {
  readonly query: string
  readonly subscription: string
  readonly next: string | undefined
  readonly signal: AbortSignal
}

const ROWS_OF_A_PAGE = 1000

/** A page of Resource Graph's answer, as `az graph query` prints it. */
export async function rowsOfGraph(client: ResourceGraphClient, { query, subscription, next, signal }: GraphQuestion): Promise<object> {
  const options = { top: ROWS_OF_A_PAGE, resultFormat: 'objectArray', ...(next === undefined ? {} : { skipToken: next }) } as const
  const answer = await client.resources({ query, subscriptions: [subscription], options }, { abortSignal: signal }).catch(brokenWhereUnread)
  return { count: answer.count, data: answer.data as unknown, skip_token: answer.skipToken ?? null, total_records: answer.totalRecords }
}

/** What this client does with an answer without any text. */
function brokenWhereUnread(error: unknown): never {
  throw error instanceof TypeError ? new BrokenAnswer(NOT_WHOLE) : error
}
