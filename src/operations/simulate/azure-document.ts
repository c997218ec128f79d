import { attributeKey, type AttributeValue, type AzureContext, type AzurePrincipal, type AzureResource } from '../../policy/azure/index.ts'
import { transitiveGroups } from '../../policy/entra/index.ts'
import { isAbsent, isFields, readFlag, readList, readObject, readText, refuse, type Fields } from './fields.ts'

/** The document of `simulate` for Azure (docs/simulate.md), checked. Documents of Azure stay as they are: the evaluator's compiler reads them. */
export interface AzureSimulateDocument {
  readonly principal: AzurePrincipal
  readonly action: string
  readonly isDataAction: boolean | undefined
  readonly resource: AzureResource
  readonly context: AzureContext
  readonly roleDefinitions: readonly Fields[]
  readonly roleAssignments: readonly Fields[]
  readonly eligibleAssignments: readonly Fields[]
  readonly denyAssignments: readonly Fields[]
  readonly locks: readonly Fields[]
  readonly keyVault: Fields | undefined
  readonly delegations: readonly Fields[]
  readonly classicAdministrators: readonly Fields[]
  /** Fields that the document has and nothing reads. */
  readonly ignored: readonly string[]
}

const LISTS = [
  'roleDefinitions',
  'roleAssignments',
  'eligibleAssignments',
  'denyAssignments',
  'locks',
  'delegations',
  'classicAdministrators',
] as const
const FIELDS: ReadonlySet<string> = new Set([
  'principal',
  'action',
  'isDataAction',
  'resource',
  'context',
  'unknownContext',
  'memberOf',
  'keyVault',
  ...LISTS,
])

/** Fields that only documents of Azure have. */
const TOLD_BY = [
  'roleDefinitions',
  'roleAssignments',
  'eligibleAssignments',
  'denyAssignments',
  'locks',
  'keyVault',
  'delegations',
  'classicAdministrators',
]

/** By its fields, or by a resource that is an ARM id. */
export function isAzureDocument(value: unknown): value is Fields {
  if (!isFields(value)) return false
  const { resource } = value
  const id = isFields(resource) ? resource['id'] : resource
  return TOLD_BY.some((field) => field in value) || (typeof id === 'string' && id.startsWith('/'))
}

/** @throws BAD_INPUT with `details.path` where something is missing or of the wrong type */
export function readAzureDocument(document: Fields): AzureSimulateDocument {
  const listOf = (field: (typeof LISTS)[number]): readonly Fields[] => readDocuments(document[field], field)
  return {
    principal: readPrincipal(document['principal'], readMemberships(document['memberOf'])),
    action: readText(document['action'], 'action'),
    isDataAction: readFlag(document['isDataAction'], 'isDataAction'),
    resource: readResource(document['resource']),
    context: readContext(document),
    roleDefinitions: listOf('roleDefinitions'),
    roleAssignments: listOf('roleAssignments'),
    eligibleAssignments: listOf('eligibleAssignments'),
    denyAssignments: listOf('denyAssignments'),
    locks: listOf('locks'),
    keyVault: isAbsent(document['keyVault']) ? undefined : readObject(document['keyVault'], 'keyVault', 'a vault with its properties'),
    delegations: listOf('delegations'),
    classicAdministrators: listOf('classicAdministrators'),
    ignored: Object.keys(document).filter((field) => !FIELDS.has(field)),
  }
}

/** A list, a single document, or what REST answers around a list. */
function readDocuments(value: unknown, path: string): readonly Fields[] {
  if (isAbsent(value)) return []
  if (isFields(value)) return Array.isArray(value['value']) ? readDocuments(value['value'], `${path}.value`) : [value]
  return readList(value, path, (each, place) => readObject(each, place, 'an object'))
}

const KINDS = ['User', 'Group', 'ServicePrincipal', 'ManagedIdentity'] as const

/** The object id alone, or with groups and attributes. */
function readPrincipal(value: unknown, memberOf: ReadonlyMap<string, readonly string[]>): AzurePrincipal {
  const fields = isFields(value) ? value : { id: readText(value, 'principal') }
  const id = readText(fields['id'], 'principal.id')
  const given = isAbsent(fields['groups']) ? [] : readTexts(fields['groups'], 'principal.groups')
  const groups = [id, ...given].flatMap((each) => transitiveGroups(each, memberOf)).concat(given)
  const uncertain = fields['uncertainGroups']
  const kind = KINDS.find((each) => each === fields['kind'])
  if (!isAbsent(fields['kind']) && kind === undefined) throw refuse('principal.kind', `must be one of ${KINDS.join(', ')}.`)
  return {
    id,
    groups: [...new Set(groups)],
    ...(kind === undefined ? {} : { kind }),
    ...(isAbsent(uncertain) ? {} : { uncertainGroups: uncertain === 'ALL' ? uncertain : readTexts(uncertain, 'principal.uncertainGroups') }),
  }
}

/** Groups by member, where groups can be members. */
function readMemberships(value: unknown): ReadonlyMap<string, readonly string[]> {
  if (isAbsent(value)) return new Map()
  if (!isFields(value)) throw refuse('memberOf', 'must be an object of members and their groups.')
  return new Map(Object.entries(value).map(([member, groups]) => [member.toLowerCase(), readTexts(groups, `memberOf.${member}`)]))
}

function readTexts(value: unknown, path: string): readonly string[] {
  return readList(value, path, readText)
}

/** The ARM id alone, or with the management groups above it. */
function readResource(value: unknown): AzureResource {
  const fields = isFields(value) ? value : { id: readText(value, 'resource') }
  const id = readText(fields['id'], 'resource.id')
  if (!id.startsWith('/')) throw refuse('resource.id', 'must be an ARM id, which begins with "/".')
  const { ancestors } = fields
  return isAbsent(ancestors) ? { id } : { id, ancestors: readTexts(ancestors, 'resource.ancestors') }
}

function readContext(document: Fields): AzureContext {
  const { context, principal, unknownContext } = document
  if (!isAbsent(context) && !isFields(context)) throw refuse('context', 'must be an object of attributes and values.')
  const entries = new Map(readAttributes(isFields(principal) ? principal['attributes'] : undefined))
  for (const [key, value] of Object.entries(isFields(context) ? context : {})) entries.set(attributeKey(key), readValues(value, `context.${key}`))
  return { entries, unknown: readUnknown(unknownContext) }
}

/** Custom security attributes as `Set_Name`, or spelled as in conditions. */
function readAttributes(value: unknown): readonly (readonly [string, AttributeValue])[] {
  if (isAbsent(value)) return []
  if (!isFields(value)) throw refuse('principal.attributes', 'must be an object of attributes and values.')
  return Object.entries(value).map(([name, each]) => {
    const key = name.startsWith('@') ? name : `@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:${name}]`
    return [attributeKey(key), readValues(each, `principal.attributes.${name}`)]
  })
}

function readValues(value: unknown, path: string): AttributeValue {
  if (value === null) return null
  return Array.isArray(value) ? value.map((each: unknown, index) => readScalar(each, `${path}[${index}]`)) : [readScalar(value, path)]
}

function readScalar(value: unknown, path: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw refuse(path, 'must be a string, number or boolean.')
}

function readUnknown(value: unknown): boolean | readonly string[] {
  if (isAbsent(value)) return true
  if (typeof value === 'boolean') return value
  if (!Array.isArray(value)) throw refuse('unknownContext', 'must be true, false or a list of attributes.')
  return readTexts(value, 'unknownContext').map((each) => (each.endsWith('*') ? each.toLowerCase() : attributeKey(each)))
}
