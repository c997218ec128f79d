import type { AzureActor } from '../../estate/azure/actors.ts'
import type { Estate } from '../../estate/estate.ts'
import { planeOf } from '../../policy/azure/index.ts'
import type { RowCollector } from './rows.ts'
import { conditionsOf } from './wording.ts'

/** What access policies of key vaults let an actor do with their data. */
export function addVaultRows(estate: Estate, actor: AzureActor, collector: RowCollector): void {
  const { azure } = estate
  const mine = new Set([actor.entity.id.toLowerCase(), ...azure.groupsOf(actor), ...azure.uncertainGroups(actor)])
  for (const vault of azure.documents.keyVaults.values()) {
    if (vault.mode === 'RBAC' || !vault.accessPolicies.some(({ principalId }) => mine.has(principalId))) continue
    const target = azure.target(vault.id)
    for (const action of azure.catalogue.matching('microsoft.keyvault/vaults/*')) {
      if (planeOf(action.toLowerCase()) !== 'DATA') continue
      const decision = azure.decide(actor, action, target, { isDataAction: true })
      collector.add(action, { subject: { entity: target.entity, arm: target }, decision, conditions: conditionsOf(decision), isData: true })
    }
  }
}
