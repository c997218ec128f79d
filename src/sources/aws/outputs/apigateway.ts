import { z } from 'zod'
import type { Origin } from '../../../domain/facts.ts'
import { toIsoDate } from '../dates.ts'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import type { About, OutputPart } from './output.ts'
import { resource, tagsOf } from './records.ts'
import { policyOf } from './resource-policy.ts'
import { inside, mapRows, mapWhole, memberOf } from './rows.ts'

/**
 * REST APIs, and the HTTP and WebSocket APIs of apigatewayv2: https://docs.aws.amazon.com/cli/latest/reference/apigateway/. Their ARNs name
 * no account: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */

const apiArn = (about: About, api: string): string => `arn:${about.partition}:apigateway:${about.region ?? ''}::/${api}`

const restApi = struct({
  Id: name,
  Name: text,
  Description: text,
  CreatedDate: date,
  EndpointConfiguration: struct({ Types: listOf(z.string()) }).nullish(),
  DisableExecuteApiEndpoint: z.boolean().nullish(),
  Policy: z.unknown().optional(),
  Tags: z.unknown().optional(),
})

function mapRestApi(row: z.output<typeof restApi>, at: Origin, about: About): Mapped {
  const said = { id: apiArn(about, `restapis/${row.Id}`), kind: 'AWS::ApiGateway::RestApi', name: row.Name ?? row.Id }
  const isPrivate = row.EndpointConfiguration?.Types.includes('PRIVATE')
  const internetExposure = isPrivate === undefined ? undefined : isPrivate ? [] : exposedUnless(row.DisableExecuteApiEndpoint)
  const properties = { ...described(row), internetExposure }
  return policyOf({ ...said, properties, printed: row.Policy, at: inside(at, 'policy'), mayBeLeftOut: true, documentOf: unescaped }, about)
}

/** Without its own endpoint it may have one under a name of its owner's. */
const exposedUnless = (isDisabled: boolean | null | undefined): readonly string[] | undefined => (isDisabled === true ? undefined : ['https'])

const described = (row: { readonly Description?: string | null | undefined; readonly CreatedDate?: unknown; readonly Tags?: unknown }) => ({
  description: row.Description || undefined,
  createdAt: toIsoDate(row.CreatedDate),
  tags: tagsOf(row.Tags ?? {}),
})

/** AWS prints the policy with a backslash before quotes and slashes, within the JSON text. https://github.com/hashicorp/terraform-provider-aws/pull/4606 */
function unescaped(printed: string): string {
  if (isJson(printed)) return printed
  try {
    const json: unknown = JSON.parse(`"${printed}"`)
    return typeof json === 'string' && isJson(json) ? json : printed
  } catch {
    return printed
  }
}

function isJson(json: string): boolean {
  try {
    return isRecord(JSON.parse(json))
  } catch {
    return false
  }
}

const rowsOf = (value: unknown): readonly unknown[] => [memberOf(value, 'items')].flat().filter(isRecord)

/** Other commands print a list `items` too. */
const allHave =
  (...members: readonly string[]) =>
  (value: unknown): boolean => {
    const rows = rowsOf(value)
    return rows.length > 0 && rows.every((row) => members.every((member) => memberOf(row, member) !== undefined))
  }

export const apigateway: OutputPart = {
  part: 'apigateway',
  regional: true,
  kinds: [
    {
      id: 'aws/apigateway/get-rest-apis',
      knownBy: ['Items'],
      is: allHave('EndpointConfiguration', 'ApiKeySource'),
      needsRegion: true,
      map: (value, about) => mapRows(value, 'items', about, restApi, (row, at) => mapRestApi(row, at, about)),
    },
    {
      id: 'aws/apigateway/get-rest-api',
      knownBy: ['Id', 'EndpointConfiguration', 'ApiKeySource'],
      needsRegion: true,
      map: (value, about) => mapWhole(value, about, restApi, (row, at) => mapRestApi(row, at, about)),
    },
  ],
}

const api = struct({
  ApiId: name,
  Name: text,
  Description: text,
  CreatedDate: date,
  DisableExecuteApiEndpoint: z.boolean().nullish(),
  Tags: z.unknown().optional(),
})

/** `https://{id}.execute-api.{region}.amazonaws.com` */
const regionOfEndpoint = (value: unknown): string | undefined =>
  rowsOf(value)
    .map((row) => /\.execute-api\.([a-z0-9-]+)\.amazonaws\./.exec(endpointOf(row))?.[1])
    .find((region) => region !== undefined)

const endpointOf = (row: unknown): string => {
  const endpoint = memberOf(row, 'ApiEndpoint')
  return typeof endpoint === 'string' ? endpoint : ''
}

/** They have no policies of their own. */
export const apigatewayv2: OutputPart = {
  part: 'apigatewayv2',
  regional: true,
  kinds: [
    {
      id: 'aws/apigatewayv2/get-apis',
      knownBy: ['Items'],
      is: allHave('ApiId', 'ProtocolType'),
      regionOf: regionOfEndpoint,
      needsRegion: true,
      map: (value, about) =>
        mapRows(value, 'Items', about, api, (row) => {
          const properties = { ...described(row), internetExposure: exposedUnless(row.DisableExecuteApiEndpoint) }
          return resource({ id: apiArn(about, `apis/${row.ApiId}`), kind: 'AWS::ApiGatewayV2::Api', name: row.Name ?? row.ApiId, properties }, about)
        }),
    },
  ],
}
