import { aclGrants, keyGrants, shareGrants } from './aws-grants.ts'

/**
 * The simulate document of the contract, read plainly. Nothing here is shared with src/: the reference must be able to disagree.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }
export type Effect = 'ALLOW' | 'DENY' | 'CONDITIONAL'
export type LayerKind = 'IDENTITY' | 'BOUNDARY' | 'SESSION' | 'RESOURCE' | 'SCP' | 'RCP' | 'ENDPOINT'

export interface Statement {
  readonly layer: LayerKind
  /** Policy variables exist in version 2012-10-17 only. */
  readonly variables: boolean
  readonly json: JsonObject
}

/** The statements of one layer: a list for each level that must allow by itself. Null: the layer was left out. */
export type Levels = readonly (readonly Statement[])[] | null

/** What hangs on the resource beside its policy. */
export interface Settings {
  /** RestrictPublicBuckets is in force. */
  readonly restricted: boolean
  /** Tags of a bucket are no tags to policies. */
  readonly withoutTags: boolean
  /** AWS manages the key. */
  readonly ofAws: boolean
  /** Grants of access control lists and shares, which count as the resource's policy does. */
  readonly grants: readonly Statement[]
  readonly keyGrants: readonly Statement[]
}

export interface Question {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly account: string | undefined
  readonly given: ReadonlyMap<string, readonly string[] | null>
  readonly unknown: boolean | readonly string[]
  readonly layers: Readonly<Record<LayerKind, Levels>>
  readonly settings: Settings
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

export const textsOf = (value: Json | undefined): readonly string[] =>
  listOf(value).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

function statementsOf(layer: LayerKind, documents: Json | undefined): readonly Statement[] {
  return listOf(documents).flatMap((document) =>
    listOf(objectOf(document)['Statement']).map((statement) => ({
      layer,
      variables: objectOf(document)['Version'] === '2012-10-17',
      json: objectOf(statement),
    })),
  )
}

/** A ceiling that is left out, or `[]`, does not apply. Its documents allow together. */
function ceiling(layer: LayerKind, documents: Json | undefined): Levels {
  return listOf(documents).length === 0 ? null : [statementsOf(layer, documents)]
}

/** Each level must allow; one that is empty allows nothing. */
function levels(layer: LayerKind, documents: Json | undefined): Levels {
  return listOf(documents).length === 0 ? null : listOf(documents).map((level) => statementsOf(layer, level))
}

function givenContext(context: JsonObject): ReadonlyMap<string, readonly string[] | null> {
  return new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value === null ? null : textsOf(value)]))
}

function accountOf(resource: JsonObject): string | undefined {
  return textOf(resource['account']) || textOf(resource['arn']).split(':')[4] || undefined
}

function readSettings(ask: JsonObject, resource: string): Settings {
  const block = objectOf(ask['publicAccessBlock'])
  const acl = ask['objectOwnership'] === 'BucketOwnerEnforced' ? undefined : ask['resourceAcl']
  return {
    restricted: block['RestrictPublicBuckets'] === true && /^arn:[^:]*:s3:/.test(resource),
    withoutTags: ask['bucketAbac'] === false && /^arn:[^:]*:s3:::/.test(resource),
    ofAws: ask['keyManager'] === 'AWS',
    grants: [...aclGrants(acl, objectOf(ask['canonicalUsers']), block['IgnorePublicAcls'] === true), ...shareGrants(ask['resourceShares'], resource)],
    keyGrants: keyGrants(ask['kmsGrants']),
  }
}

export function readQuestion(document: Json): Question {
  const ask = objectOf(document)
  const resource = objectOf(ask['resource'])
  const unknown = ask['unknownContext'] ?? true
  return {
    principal: textOf(ask['principal']),
    action: textOf(ask['action']),
    resource: textOf(resource['arn']),
    account: accountOf(resource),
    given: givenContext(objectOf(ask['context'])),
    unknown: typeof unknown === 'boolean' ? unknown : textsOf(unknown).map((key) => key.toLowerCase()),
    layers: {
      IDENTITY: levels('IDENTITY', [ask['identityPolicies'] ?? []]),
      RESOURCE: levels('RESOURCE', [ask['resourcePolicy'] ?? []]),
      // Several boundaries would all have to allow: AWS has at most one.
      BOUNDARY: levels('BOUNDARY', ask['permissionsBoundary']),
      SESSION: ceiling('SESSION', ask['sessionPolicies']),
      SCP: levels('SCP', ask['serviceControlPolicies']),
      RCP: levels('RCP', ask['resourceControlPolicies']),
      ENDPOINT: ceiling('ENDPOINT', ask['endpointPolicy']),
    },
    settings: readSettings(ask, textOf(resource['arn'])),
  }
}
