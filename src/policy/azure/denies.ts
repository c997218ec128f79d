import { and, not, or } from '../formula/formula.ts'
import { blockNames, conditionHolds, isReferenced, scopeHolds } from './applies.ts'
import type { Hit } from './grants.ts'
import { askedBy, factLeaf, type AzureFormula } from './leaves.ts'
import type { Question } from './question.ts'
import type { CompiledDenyAssignment, PrincipalReference } from './types.ts'

/**
 * Deny assignments that bear on the request.
 * https://learn.microsoft.com/azure/role-based-access-control/deny-assignments
 */
export function deniesOf(question: Question, isData: boolean): readonly Hit<CompiledDenyAssignment>[] {
  const hits: Hit<CompiledDenyAssignment>[] = []
  for (const document of question.request.policies.denyAssignments ?? []) {
    const applies = document.isEnforced && askedBy(denies(document, question, isData), 'DENY_ASSIGNMENT', document.id)
    if (applies !== false) hits.push({ document, applies })
  }
  return hits
}

function denies(document: CompiledDenyAssignment, question: Question, isData: boolean): AzureFormula {
  if (document.isUnreadable) return factLeaf('DenyUnreadable', document.id)
  const isThere = document.doNotApplyToChildScopes ? document.scope.id === question.target : scopeHolds(document.scope, question)
  if (isThere === false) return false
  const named = deniedBlocks(document, question, isData)
  if (named === false) return false
  const isMeant = and(anyOf(document.principals, question), not(anyOf(document.excludePrincipals, question)))
  return and(and(isThere, named), and(isMeant, conditionHolds(document.condition, document.id, question)))
}

function deniedBlocks(document: CompiledDenyAssignment, question: Question, isData: boolean): AzureFormula {
  let any: AzureFormula = false
  for (const [index, block] of document.permissions.entries()) {
    if (!blockNames(block, question.action, isData)) continue
    any = or(any, conditionHolds(block.condition, `${document.id}#permissions[${index}]`, question))
  }
  return any
}

function anyOf(references: readonly PrincipalReference[], question: Question): AzureFormula {
  let any: AzureFormula = false
  for (const reference of references) {
    any = or(any, isReferenced(reference, question))
    if (any === true) return true
  }
  return any
}
