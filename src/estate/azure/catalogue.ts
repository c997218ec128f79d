import { planeOf, typeOfId, type CompiledRole } from '../../policy/azure/index.ts'
import { DATA_OPERATIONS } from '../../policy/azure/actions/data-operations.ts'
import { SECRET_OPERATIONS } from '../../policy/azure/actions/secrets.ts'
import { compileActionPattern } from '../../policy/microsoft/action-pattern.ts'
import type { AzureTarget } from './target.ts'

/**
 * Operations that are known by name: those that the loaded role definitions, or the tables of the evaluator, name one by one. Azure has no list that
 * comes with an export, so that there may be others.
 */
export interface AzureCatalogue {
  /** As they are spelled; each once, sorted. */
  readonly operations: readonly string[]
  /** Namespaces of providers: `Microsoft.Storage`. */
  readonly namespaces: readonly string[]
  /** Operations on a target or what lies within it, of its own type. */
  applicable(target: AzureTarget): readonly string[]
  /** Operations that a pattern matches. */
  matching(pattern: string): readonly string[]
  /** How the catalogue spells an operation. */
  spelled(operation: string): string
}

/** Operations that can be asked of every scope and resource. */
const EVERYWHERE = [
  'Microsoft.Authorization/roleAssignments/read',
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleAssignments/delete',
  'Microsoft.Authorization/locks/read',
  'Microsoft.Authorization/locks/write',
  'Microsoft.Authorization/locks/delete',
]
const OF_SCOPES = [
  'Microsoft.Authorization/roleDefinitions/read',
  'Microsoft.Authorization/roleDefinitions/write',
  'Microsoft.Authorization/roleDefinitions/delete',
  'Microsoft.Resources/deployments/read',
  'Microsoft.Resources/deployments/write',
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Resources/subscriptions/resourceGroups/write',
  'Microsoft.Resources/subscriptions/resourceGroups/delete',
  'Microsoft.Management/managementGroups/read',
  'Microsoft.Management/managementGroups/write',
  'Microsoft.Management/managementGroups/delete',
]

/** What is asked about most, spelled as people do, where no role definition was loaded. */
const WELL_KNOWN = [
  ...['read', 'write', 'delete', 'listKeys/action', 'regenerateKey/action'].map((verb) => `Microsoft.Storage/storageAccounts/${verb}`),
  ...['read', 'write', 'delete', 'add/action'].map((verb) => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${verb}`),
  ...['read', 'write', 'delete', 'accessPolicies/write'].map((verb) => `Microsoft.KeyVault/vaults/${verb}`),
  ...[
    'secrets/getSecret/action',
    'secrets/setSecret/action',
    'secrets/readMetadata/action',
    'secrets/update/action',
    'secrets/delete',
    'secrets/purge/action',
    'secrets/recover/action',
    'secrets/backup/action',
    'secrets/restore/action',
    'keys/read',
    'keys/update/action',
    'keys/create/action',
    'keys/import/action',
    'keys/delete',
    'keys/purge/action',
    'keys/recover/action',
    'keys/backup/action',
    'keys/restore/action',
    'keys/encrypt/action',
    'keys/decrypt/action',
    'keys/wrap/action',
    'keys/unwrap/action',
    'keys/sign/action',
    'keys/verify/action',
    'keys/release/action',
    'keys/rotate/action',
    'certificates/read',
    'certificates/create/action',
    'certificates/import/action',
    'certificates/update/action',
    'certificates/delete',
    'certificates/purge/action',
  ].map((name) => `Microsoft.KeyVault/vaults/${name}`),
]

export function createCatalogue(roles: readonly CompiledRole[]): AzureCatalogue {
  let built: ReadonlyMap<string, string> | undefined
  const spellings = () => (built ??= collect(roles))
  let sorted: readonly string[] | undefined
  const operations = () => (sorted ??= [...spellings().values()].sort())
  const ofTypes = new Map<string, readonly string[]>()
  return {
    get operations() {
      return operations()
    },
    get namespaces() {
      return namespacesOf(operations(), roles)
    },
    applicable(target) {
      const key = `${target.entity.kind} ${typeOfTarget(target) ?? ''}`
      const known = ofTypes.get(key) ?? applicable(operations(), target, spellings())
      ofTypes.set(key, known)
      return known
    },
    matching(pattern) {
      const { matches } = compileActionPattern(pattern)
      return operations().filter((operation) => matches(operation.toLowerCase()))
    },
    spelled: (operation) => spellings().get(operation.trim().toLowerCase()) ?? operation.trim(),
  }
}

/** By lower-cased name. Of several spellings the same one is taken, whatever the order of roles: one with capital letters. */
function collect(roles: readonly CompiledRole[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = (operation: string): void => {
    const key = operation.toLowerCase()
    const known = found.get(key)
    if (!operation.includes('*') && (known === undefined || operation < known)) found.set(key, operation)
  }
  for (const operation of [...EVERYWHERE, ...OF_SCOPES, ...WELL_KNOWN]) add(operation)
  for (const { permissions } of roles)
    for (const block of permissions)
      for (const list of [block.actions, block.notActions, block.dataActions, block.notDataActions]) for (const { text } of list) add(text)
  for (const { operation } of SECRET_OPERATIONS) add(operation)
  for (const [provider, patterns] of Object.entries(DATA_OPERATIONS)) for (const pattern of patterns) add(`${provider}/${pattern}`)
  return found
}

function namespacesOf(operations: readonly string[], roles: readonly CompiledRole[]): readonly string[] {
  const patterns = roles
    .flatMap(({ permissions }) => permissions.flatMap(({ actions, dataActions }) => [...actions, ...dataActions]))
    .map(({ text }) => text)
  const found = new Map<string, string>()
  for (const text of [...operations, ...patterns]) {
    const namespace = text.slice(0, Math.max(0, text.indexOf('/')))
    const known = found.get(namespace.toLowerCase())
    if (namespace !== '' && !namespace.includes('*') && (known === undefined || namespace < known)) found.set(namespace.toLowerCase(), namespace)
  }
  return [...found.values()].sort()
}

/** The path of a blob has slashes of its own. */
const typeOfTarget = ({ id }: AzureTarget): string | undefined => typeOfId(id.replace(/\/blobs\/.*$/, '/blobs/path'))

const VERBS = ['read', 'write', 'delete']

function applicable(operations: readonly string[], target: AzureTarget, spellings: ReadonlyMap<string, string>): readonly string[] {
  const type = typeOfTarget(target)
  const isScope = target.entity.label === 'Scope'
  const own = type === undefined ? [] : operations.filter((operation) => operation.toLowerCase().startsWith(`${type}/`))
  const generic = type === undefined || isScope ? [] : VERBS.map((verb) => genericOf(target, type, verb, spellings))
  return [...new Set([...own, ...generic, ...EVERYWHERE, ...(isScope ? OF_SCOPES : [])])]
    .filter((operation) => !isOfOtherScope(target, operation))
    .sort()
}

/** Every type can be read, written and deleted; what is only data is not. */
function genericOf({ entity }: AzureTarget, type: string, verb: string, spellings: ReadonlyMap<string, string>): string {
  const operation = `${type}/${verb}`
  const spelled = entity.kind.toLowerCase() === type ? `${entity.kind}/${verb}` : operation
  return spellings.get(operation) ?? (planeOf(operation) === 'DATA' ? operation : spelled)
}

/** What only subscriptions and resource groups have is not asked of a management group, and the other way round. */
function isOfOtherScope({ entity }: AzureTarget, operation: string): boolean {
  const isOfGroups = /^microsoft\.management\/managementgroups\//i.test(operation)
  const isInSubscription = entity.kind === 'Subscription' || entity.kind === 'ResourceGroup'
  return isOfGroups && isInSubscription
}
