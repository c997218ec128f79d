import { and, not, or } from '../formula/formula.ts'
import { toExpression } from '../formula/expression.ts'
import { becauseAllowed, becauseConditional, becauseDenied } from './because.ts'
import { delegationsOf } from './delegations.ts'
import { deniesOf } from './denies.ts'
import { anyApplies, grantsOf, type Hit } from './grants.ts'
import { accessPoliciesOf, settingsOf, vaultGrants, vaultOf } from './key-vault.ts'
import { factLeaf, type AzureFormula } from './leaves.ts'
import { locksOf } from './locks.ts'
import { makeQuestion, type Question } from './question.ts'
import { reduce } from './residual/reduce.ts'
import type {
  AzureDecision,
  AzureFault,
  AzureRequest,
  CompiledAccessPolicy,
  CompiledAssignment,
  CompiledDelegation,
  CompiledDenyAssignment,
  CompiledKeyVault,
  CompiledLock,
} from './types.ts'

/** What bears on a request, and what follows. */
export interface Evaluation {
  readonly grants: readonly Hit<CompiledAssignment>[]
  readonly eligible: readonly Hit<CompiledAssignment>[]
  readonly accessPolicies: readonly Hit<CompiledAccessPolicy>[]
  readonly delegations: readonly Hit<CompiledDelegation>[]
  readonly eligibleDelegations: readonly Hit<CompiledDelegation>[]
  readonly denies: readonly Hit<CompiledDenyAssignment>[]
  readonly locks: readonly CompiledLock[]
  /** By roles and access policies. */
  readonly granted: AzureFormula
  readonly delegated: AzureFormula
  readonly denied: AzureFormula
  /** The vault whose own setting decides who may do it. */
  readonly vault: string | undefined
  readonly vaultMode: CompiledKeyVault['mode'] | undefined
  readonly allowed: AzureFormula
}

/** Decides one request. Pure; reads no clock. */
export function decideExactly(request: AzureRequest): AzureDecision {
  const question = makeQuestion(request)
  const { evaluation, allowed } = conclude(question)
  const faults = faultsOf(request)
  const activatable = [...evaluation.eligible, ...evaluation.eligibleDelegations].map((hit) => hit.document.id)
  if (allowed === true) return { effect: 'ALLOW', because: becauseAllowed(evaluation), faults, activatable }
  if (allowed === false) return { effect: 'DENY', because: becauseDenied(evaluation, question), faults, activatable }
  const conditions = toExpression(allowed, (leaf) => ({ layer: 'ROLE_ASSIGNMENT', ...leaf.shown }))
  return { effect: 'CONDITIONAL', because: becauseConditional(evaluation), conditions, faults, activatable }
}

interface Conclusion {
  readonly evaluation: Evaluation
  readonly allowed: AzureFormula
}

function conclude(question: Question): Conclusion {
  const evaluation = evaluate(question, question.plane === 'DATA')
  const allowed = reduce(evaluation.allowed)
  if (question.plane !== 'UNKNOWN' || allowed === true) return { evaluation, allowed }
  const asData = evaluate({ ...question, plane: 'DATA' }, true)
  const allowedAsData = reduce(asData.allowed)
  if (allowedAsData === false) return { evaluation, allowed }
  const isData = factLeaf('DataAction', question.action)
  const either = reduce(or(and(not(isData), allowed), and(isData, allowedAsData)))
  return { evaluation: { ...asData, grants: [...evaluation.grants, ...asData.grants] }, allowed: either }
}

/** https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource */
function evaluate(question: Question, isData: boolean): Evaluation {
  const hits = grantsOf(question, isData)
  const grants = hits.filter(({ document }) => !document.isEligible)
  const delegationHits = isData ? [] : delegationsOf(question)
  const delegations = delegationHits.filter(({ document }) => !document.isEligible)
  const denies = deniesOf(question, isData)
  const locks = isData ? [] : locksOf(question)
  const vault = vaultOf(question)
  const accessPolicies = vault === undefined ? [] : accessPoliciesOf(question, vault)
  const byRoles = anyApplies(grants)
  const granted = vault === undefined ? byRoles : vaultGrants(question, byRoles, vault, anyApplies(accessPolicies))
  const delegated = anyApplies(delegations)
  const denied = anyApplies(denies)
  return {
    grants,
    eligible: hits.filter(({ document }) => document.isEligible),
    accessPolicies,
    delegations,
    eligibleDelegations: delegationHits.filter(({ document }) => document.isEligible),
    denies,
    locks,
    granted,
    delegated,
    denied,
    vault,
    vaultMode: vault === undefined ? undefined : (settingsOf(question, vault)?.mode ?? 'UNKNOWN'),
    allowed: and(isKnown(question), and(not(denied), or(locks.length === 0 && granted, delegated))),
  }
}

/** Nothing is certain of a principal that no directory export has. */
function isKnown({ principal }: Question): AzureFormula {
  return principal.isInDirectory || factLeaf('PrincipalNotLoaded', principal.id)
}

const NO_FAULTS: readonly AzureFault[] = []

function faultsOf({ policies }: AzureRequest): readonly AzureFault[] {
  let faults: AzureFault[] | undefined
  for (const { faults: own, role } of policies.assignments) {
    if (own.length > 0) faults = [...(faults ?? []), ...own]
    if (role !== undefined && role.faults.length > 0) faults = [...(faults ?? []), ...role.faults]
  }
  for (const { faults: own } of policies.denyAssignments ?? []) if (own.length > 0) faults = [...(faults ?? []), ...own]
  return faults === undefined ? NO_FAULTS : [...new Set(faults)]
}
