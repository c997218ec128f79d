import { isDirectoryAction } from '../../estate/azure/directory.ts'
import type { AzureTarget } from '../../estate/azure/target.ts'
import { vaultIn } from '../../estate/azure/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { blockNames, planeOf, typeOfId, type CompiledRole } from '../../policy/azure/index.ts'
import type { CompiledPermission } from '../../policy/azure/types.ts'
import type { Subject } from './resolve.ts'

/** Actions that nothing tells apart on a target, and one of them to ask about. */
export interface ActionGroup {
  readonly sample: string
  readonly actions: readonly string[]
}

/**
 * Groups the actions of one question so that those are asked once of which the same permission blocks, deny assignments and locks speak. Where anything
 * has a condition, which may look at the action, each is asked.
 */
export function groupActions(estate: Estate, { arm }: Subject, actions: readonly string[]): readonly ActionGroup[] {
  const speaking = arm === undefined ? undefined : speakersOn(estate, arm)
  if (arm === undefined || speaking === undefined) return actions.map(alone)
  const groups = new Map<string, { readonly sample: string; readonly actions: string[] }>()
  for (const action of actions) {
    const key = signatureOf(action, arm, speaking)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { sample: action, actions: [action] })
    else known.actions.push(action)
  }
  return [...groups.values()]
}

const alone = (action: string): ActionGroup => ({ sample: action, actions: [action] })

/** Blocks of roles that are held here, and of deny assignments; undefined where one of them has a condition. */
function speakersOn({ azure }: Estate, target: AzureTarget): readonly CompiledPermission[] | undefined {
  const { denyAssignments } = azure.bearing(target)
  const roles = new Set<CompiledRole>()
  for (const { at } of target.scopes)
    for (const { assignments, delegations } of at.held.values()) {
      if (assignments.some(({ condition }) => condition !== undefined) || delegations.length > 0) return undefined
      for (const { role } of assignments) if (role !== undefined) roles.add(role)
    }
  if (denyAssignments.some(({ condition, isUnreadable }) => condition !== undefined || isUnreadable)) return undefined
  const blocks = [...[...roles].flatMap(({ permissions }) => permissions), ...denyAssignments.flatMap(({ permissions }) => permissions)]
  return blocks.some(({ condition }) => condition !== undefined) ? undefined : blocks
}

function signatureOf(action: string, target: AzureTarget, blocks: readonly CompiledPermission[]): string {
  const lower = action.toLowerCase()
  if (isDirectoryAction(lower) || lower.includes('*') || mayAskVault(lower, target)) return action
  const named = blocks.map((block) => `${blockNames(block, lower, false) ? 1 : 0}${blockNames(block, lower, true) ? 1 : 0}`).join('')
  return `${planeOf(lower)} ${lockClass(lower, target)} ${named}`
}

/** What a vault's own access policies let somebody do is told by no role. */
const mayAskVault = (lower: string, { id, keyVault }: AzureTarget): boolean =>
  vaultIn(id) !== undefined && lower.startsWith('microsoft.keyvault/vaults/') && planeOf(lower) !== 'CONTROL' && keyVault?.mode !== 'RBAC'

/** Locks tell reads, deletions, and the taking off of locks from all else. */
function lockClass(lower: string, { locks, id }: AzureTarget): string {
  if (locks.length === 0) return ''
  if (lower.endsWith('/read') || lower.startsWith('microsoft.authorization/locks/')) return 'open'
  if (!lower.endsWith('/delete')) return 'change'
  return lower === `${typeOfId(id) ?? ''}/delete` ? 'delete-it' : 'delete'
}
