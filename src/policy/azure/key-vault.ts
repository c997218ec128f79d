import { and, not, or } from '../formula/formula.ts'
import { isPrincipal } from './applies.ts'
import type { Hit } from './grants.ts'
import { askedBy, factLeaf, type AzureFormula } from './leaves.ts'
import type { Question } from './question.ts'
import type { CompiledAccessPolicy, CompiledKeyVault } from './types.ts'

const VAULT = /^.*?\/providers\/microsoft\.keyvault\/vaults\/[^/]+/
const OPERATION = /^microsoft\.keyvault\/vaults\/([a-z]+)\/(?:([a-z]+)\/)?([a-z]+)$/

/**
 * What the permissions of an access policy are called, where it is not what the operation is called; any of them is enough.
 * https://learn.microsoft.com/azure/key-vault/general/rbac-migration
 */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'secrets/getsecret/action': ['secrets/get'],
  'secrets/setsecret/action': ['secrets/set'],
  'secrets/readmetadata/action': ['secrets/list', 'secrets/get'],
  'secrets/update/action': ['secrets/set'],
  'keys/read': ['keys/get', 'keys/list'],
  'keys/write': ['keys/create'],
  'keys/wrap/action': ['keys/wrapkey'],
  'keys/unwrap/action': ['keys/unwrapkey'],
  'certificates/read': ['certificates/get', 'certificates/list'],
  'certificates/write': ['certificates/create', 'certificates/update', 'certificates/import'],
  'certificatecas/read': ['certificates/getissuers', 'certificates/listissuers'],
  'certificatecas/write': ['certificates/setissuers', 'certificates/manageissuers'],
  'certificatecas/delete': ['certificates/deleteissuers', 'certificates/manageissuers'],
  'certificatecontacts/read': ['certificates/managecontacts'],
  'certificatecontacts/write': ['certificates/managecontacts'],
  'certificatecontacts/delete': ['certificates/managecontacts'],
  'keyrotationpolicies/read': ['keys/getrotationpolicy'],
  'keyrotationpolicies/write': ['keys/setrotationpolicy'],
  'storageaccounts/read': ['storage/get', 'storage/list'],
}

/** The vault that a data action on keys, secrets or certificates is decided by. */
export function vaultOf({ action, target, plane }: Question): string | undefined {
  if (plane !== 'DATA' || !action.startsWith('microsoft.keyvault/vaults/')) return undefined
  return VAULT.exec(target)?.[0]
}

/** What roles and access policies together grant on a vault; which of them counts is the vault's setting. */
export function vaultGrants(question: Question, byRoles: AzureFormula, vault: string, policies: AzureFormula): AzureFormula {
  const settings = settingsOf(question, vault)
  if (settings?.mode === 'RBAC') return byRoles
  if (settings?.mode === 'ACCESS_POLICY') return policies
  const usesRbac = factLeaf('KeyVaultUsesRbac', vault)
  const byPolicies = settings === undefined || settings.accessPolicies.length === 0 ? factLeaf('AccessPolicyGrants', vault) : policies
  return or(and(usesRbac, byRoles), and(not(usesRbac), byPolicies))
}

/** Settings of another vault tell nothing. */
export function settingsOf({ request }: Question, vault: string): CompiledKeyVault | undefined {
  const { keyVault } = request.policies
  return keyVault?.id === vault ? keyVault : undefined
}

/** Access policies are the vault's own: they are not inherited, and hold for all that is in it. */
export function accessPoliciesOf(question: Question, vault: string): readonly Hit<CompiledAccessPolicy>[] {
  const settings = settingsOf(question, vault)
  if (settings === undefined || settings.mode === 'RBAC') return []
  return hitsOf(settings, question, permissionsFor(question.action))
}

function hitsOf({ accessPolicies }: CompiledKeyVault, question: Question, wanted: Wanted | undefined): readonly Hit<CompiledAccessPolicy>[] {
  const hits: Hit<CompiledAccessPolicy>[] = []
  for (const document of accessPolicies) {
    const isHolder = isPrincipal(document.principalId, question)
    const applies = isHolder === false ? false : and(and(isHolder, covers(document, wanted, question.action)), throughApplication(document))
    if (applies !== false) hits.push({ document, applies: askedBy(applies, 'ACCESS_POLICY', document.id) })
  }
  return hits
}

interface Wanted {
  readonly kind: string
  readonly permissions: readonly string[]
  /** Whether the table, or the operation's own name, tells the permission for certain. */
  readonly isSure: boolean
}

function covers({ permissions }: CompiledAccessPolicy, wanted: Wanted | undefined, action: string): AzureFormula {
  if (wanted === undefined) return permissions.size > 0 && factLeaf('AccessPolicyCovers', action)
  if (permissions.has(`${wanted.kind}/all`) || wanted.permissions.some((permission) => permissions.has(permission))) return true
  return !wanted.isSure && permissions.size > 0 ? factLeaf('AccessPolicyCovers', action) : false
}

/** Names that operations and permissions share. */
const SHARED: ReadonlySet<string> = new Set([
  'backup',
  'create',
  'decrypt',
  'delete',
  'encrypt',
  'import',
  'purge',
  'recover',
  'release',
  'restore',
  'rotate',
  'sign',
  'update',
  'verify',
])

function permissionsFor(action: string): Wanted | undefined {
  const [, type, name, verb] = OPERATION.exec(action) ?? []
  if (type === undefined || verb === undefined) return undefined
  const rest = name === undefined ? `${type}/${verb}` : `${type}/${name}/${verb}`
  const named = PERMISSIONS[rest]
  const kind = named?.[0]?.split('/')[0] ?? (type === 'storageaccounts' ? 'storage' : type)
  if (named !== undefined) return { kind, permissions: named, isSure: true }
  const own = name ?? verb
  return { kind, permissions: [`${kind}/${own}`], isSure: SHARED.has(own) }
}

/** Compound identity: only calls of the user through that application. */
function throughApplication({ applicationId }: CompiledAccessPolicy): AzureFormula {
  return applicationId === undefined ? true : factLeaf('ThroughApplication', applicationId)
}
