import type { Statement } from '../statement.ts'
import { known } from '../facts.ts'
import { innerRows, textIn, type Row } from '../row.ts'
import { typeInId } from '../recognise.ts'
import { accessPolicyShape, checked, isFinding } from '../schema.ts'
import { hold, type AzureState } from '../state.ts'

/**
 * Key vaults with their access policies, which are grants of their own. A vault that decides by Azure RBAC ignores them: they stand in its document.
 * https://learn.microsoft.com/azure/key-vault/general/assign-access-policy
 */

/** One of which the settings were printed. `az keyvault list` prints none. */
export const isVault = (row: Row, id: string): boolean =>
  typeInId(id) === 'microsoft.keyvault/vaults' &&
  ['accesspolicies', 'enablerbacauthorization', 'vaulturi'].some((name) => row.get(name) !== undefined)

export function acceptVault(state: AzureState, row: Row, id: string, coverage: string): void {
  if (row.get('enablerbacauthorization') === true) return
  for (const policy of innerRows(row, 'accesspolicies')) acceptAccessPolicy(state, policy, id, coverage)
}

/** @param vault canonical id */
export function acceptAccessPolicy(state: AzureState, policy: Row, vault: string, coverage: string): void {
  const said = checked(accessPolicyShape, policy, { objectId: textIn(policy, 'objectid') })
  if (isFinding(said)) return
  const application = textIn(policy, 'applicationid')?.toLowerCase()
  const statement: Statement = {
    entity: {
      label: 'Grant',
      kind: 'KeyVaultAccessPolicy',
      id: `${vault}#accesspolicies/${said.objectId}${application === undefined ? '' : `/${application}`}`,
      name: textIn(policy, 'displayname') ?? `${vault}#accesspolicies/${said.objectId}${application === undefined ? '' : `/${application}`}`,
      provider: 'azure',
      scope: null,
      properties: known({}),
      document: JSON.stringify(policy.printed),
      origin: policy.at,
    },
    sense: JSON.stringify(policy.get('permissions') ?? null).toLowerCase(),
    at: policy.at,
    holder: { id: said.objectId, kind: 'DirectoryObject', name: textIn(policy, 'displayname') },
    where: vault,
  }
  hold(state, statement, coverage)
}
