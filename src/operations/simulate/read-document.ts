import { isAccountId, principalOf, type AwsContext, type ContextValue } from '../../policy/aws/index.ts'
import { isAbsent, isFields, readObject, readText, refuse, type Fields } from './fields.ts'
import { readSettings, SETTING_FIELDS, type ResourceSettings } from './read-settings.ts'

/** The document of `simulate` (docs/simulate.md), checked and with its policies named by place. */
export interface SimulateDocument {
  readonly principal: string
  readonly action: string
  readonly resource: { readonly arn: string; readonly account?: string }
  readonly context: AwsContext
  readonly identityPolicies: readonly NamedPolicy[]
  readonly permissionsBoundary: readonly NamedPolicy[]
  readonly sessionPolicies: readonly NamedPolicy[]
  readonly resourcePolicy: NamedPolicy | undefined
  readonly serviceControlPolicies: readonly (readonly NamedPolicy[])[]
  readonly resourceControlPolicies: readonly (readonly NamedPolicy[])[]
  readonly endpointPolicy: readonly NamedPolicy[]
  readonly settings: ResourceSettings
  /** Fields that the document has and nothing reads. */
  readonly ignored: readonly string[]
}

/** A policy with its place in the document as its id. */
export interface NamedPolicy {
  readonly id: string
  readonly document: Fields
}

const FIELDS: ReadonlySet<string> = new Set([
  'principal',
  'action',
  'resource',
  'context',
  'unknownContext',
  'identityPolicies',
  'permissionsBoundary',
  'sessionPolicies',
  'resourcePolicy',
  'serviceControlPolicies',
  'resourceControlPolicies',
  'endpointPolicy',
  ...SETTING_FIELDS,
])

/** @throws BAD_INPUT with `details.path` where something is missing or of the wrong type */
export function readDocument(value: unknown): SimulateDocument {
  if (!isFields(value)) throw refuse('', 'The document must be a JSON object.')
  return {
    principal: readPrincipal(value['principal']),
    action: readText(value['action'], 'action'),
    resource: readResource(value['resource']),
    context: { entries: readContext(value['context']), unknown: readUnknown(value['unknownContext']) },
    identityPolicies: readPolicies(value, 'identityPolicies'),
    permissionsBoundary: readPolicies(value, 'permissionsBoundary'),
    sessionPolicies: readPolicies(value, 'sessionPolicies'),
    resourcePolicy: isAbsent(value['resourcePolicy']) ? undefined : readPolicy(value['resourcePolicy'], 'resourcePolicy'),
    serviceControlPolicies: readLevels(value, 'serviceControlPolicies'),
    resourceControlPolicies: readLevels(value, 'resourceControlPolicies'),
    endpointPolicy: readPolicies(value, 'endpointPolicy'),
    settings: readSettings(value),
    ignored: Object.keys(value).filter((field) => !FIELDS.has(field)),
  }
}

function readPrincipal(value: unknown): string {
  const text = readText(value, 'principal')
  if (principalOf(text) === undefined)
    throw refuse('principal', 'is neither an ARN of a principal, a service, a subject of an identity provider nor "*".')
  return text
}

/** The object with ARN and account, or the ARN alone. */
function readResource(value: unknown): SimulateDocument['resource'] {
  if (isAbsent(value)) throw refuse('resource', 'is missing.')
  if (typeof value === 'string') return { arn: readText(value, 'resource') }
  if (!isFields(value)) throw refuse('resource', 'must be an object with arn and account.')
  const arn = readText(value['arn'], 'resource.arn')
  const { account } = value
  if (isAbsent(account)) return { arn }
  if (typeof account !== 'string' || !isAccountId(account)) throw refuse('resource.account', 'must be a string of 12 digits.')
  return { arn, account }
}

function readContext(value: unknown): ReadonlyMap<string, ContextValue> {
  if (isAbsent(value)) return new Map()
  if (!isFields(value)) throw refuse('context', 'must be an object of keys and values.')
  return new Map(Object.entries(value).map(([key, each]) => [key.toLowerCase(), readValues(each, `context.${key}`)]))
}

function readValues(value: unknown, path: string): ContextValue {
  if (value === null) return null
  if (!Array.isArray(value)) return [readScalar(value, path)]
  return value.map((each: unknown, index) => readScalar(each, `${path}[${index}]`))
}

function readScalar(value: unknown, path: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw refuse(path, 'must be a string, number or boolean.')
}

function readUnknown(value: unknown): boolean | readonly string[] {
  if (isAbsent(value)) return true
  if (typeof value === 'boolean') return value
  if (!Array.isArray(value)) throw refuse('unknownContext', 'must be true, false or a list of keys.')
  return value.map((each: unknown, index) => readText(each, `unknownContext[${index}]`).toLowerCase())
}

/** A list of policies; a single one stands for a list of it. */
function readPolicies(document: Fields, field: string): readonly NamedPolicy[] {
  const value = document[field]
  if (isAbsent(value)) return []
  if (!Array.isArray(value)) return [readPolicy(value, field)]
  return value.map((each: unknown, index) => readPolicy(each, `${field}[${index}]`))
}

function readLevels(document: Fields, field: string): readonly (readonly NamedPolicy[])[] {
  const value = document[field]
  if (isAbsent(value)) return []
  if (!Array.isArray(value)) throw refuse(field, 'must be a list of levels, each a list of policies, root first.')
  return value.map((level: unknown, index) => {
    const path = `${field}[${index}]`
    if (!Array.isArray(level)) throw refuse(path, 'must be a list of policies: one level of the organisation.')
    return level.map((each: unknown, place) => readPolicy(each, `${path}[${place}]`))
  })
}

/** A policy is an object, or JSON text of one, percent-encoded or not, as IAM prints it. */
function readPolicy(value: unknown, path: string): NamedPolicy {
  return { id: path, document: readObject(value, path, 'a policy document') }
}
