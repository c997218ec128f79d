import { and } from '../formula/formula.ts'
import { isPrincipal, scopeHolds } from './applies.ts'
import { evaluateCondition } from './condition/evaluate.ts'
import { roleGrants, type Hit } from './grants.ts'
import { askedBy, factLeaf, type AzureFormula } from './leaves.ts'
import type { Question } from './question.ts'
import { OWNER, USER_ACCESS_ADMINISTRATOR } from './roles.ts'
import type { CompiledDelegation } from './types.ts'

/**
 * Lighthouse: what principals of a managing tenant may do. Never Owner, custom roles or data actions; User Access Administrator only to give
 * the listed roles to managed identities.
 * https://learn.microsoft.com/azure/lighthouse/concepts/tenants-users-roles
 */
export function delegationsOf(question: Question): readonly Hit<CompiledDelegation>[] {
  const hits: Hit<CompiledDelegation>[] = []
  for (const document of question.request.policies.delegations ?? []) {
    const isHolder = isPrincipal(document.principalId, question)
    const applies = isHolder === false ? false : and(and(isHolder, scopeHolds(document.scope, question)), delegates(document, question))
    if (applies !== false) hits.push({ document, applies: askedBy(applies, 'DELEGATION', document.id) })
  }
  return hits
}

function delegates(document: CompiledDelegation, question: Question): AzureFormula {
  const { role, roleId } = document
  if (roleId === OWNER || role?.isCustom === true) return false
  if (roleId === USER_ACCESS_ADMINISTRATOR) return givesListedRole(document, question)
  return roleGrants(role, roleId, question, false).applies
}

const WRITE_ASSIGNMENT = 'microsoft.authorization/roleassignments/write'

function givesListedRole({ condition }: CompiledDelegation, question: Question): AzureFormula {
  if (question.action !== WRITE_ASSIGNMENT || condition?.condition === undefined) return false
  return and(evaluateCondition(condition.condition, question), isForManagedIdentity(question))
}

/** A role of the list, to a service principal. */
export function limitOfDelegation(delegatedRoleIds: readonly string[]): string {
  return (
    `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${delegatedRoleIds.join(', ')}}` +
    " AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'"
  )
}

/** The attribute tells service principals; that it is a managed identity must be given. */
function isForManagedIdentity({ context }: Question): AzureFormula {
  const given = context.entries.get('@request[microsoft.authorization/roleassignments:principaltype]')
  if (given?.some((type) => type.toLowerCase() === 'managedidentity') === true) return true
  return factLeaf('ManagedIdentityTarget', '@Request[Microsoft.Authorization/roleAssignments:PrincipalId]')
}
