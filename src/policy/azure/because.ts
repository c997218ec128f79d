import type { Layer, Reason } from '../../domain/decision.ts'
import { or } from '../formula/formula.ts'
import { isPrincipal, scopeHolds } from './applies.ts'
import type { Evaluation } from './decide-exactly.ts'
import type { Hit } from './grants.ts'
import type { AzureFormula } from './leaves.ts'
import type { Question } from './question.ts'
import type { ReasonCode } from './reasons.ts'
import { reduce } from './residual/reduce.ts'
import type { CompiledAssignment, CompiledLock } from './types.ts'

/** Why it is allowed: everything that grants it for certain. */
export function becauseAllowed(evaluation: Evaluation): readonly Reason[] {
  const certain = grantingReasons(evaluation, (hit) => reduce(hit.applies) === true)
  // Grants that are each uncertain can together be certain.
  return certain.length > 0 ? certain : grantingReasons(evaluation, () => true)
}

/** Why it is denied: everything that alone denies, and what would grant it but for something that can change. */
export function becauseDenied(evaluation: Evaluation, question: Question): readonly Reason[] {
  const { eligible, eligibleDelegations, granted, delegated } = evaluation
  const grants = reduce(or(granted, delegated))
  const reasons = deniedBy(evaluation, grants)
  reasons.push(...evaluation.locks.map(lockReason))
  if (grants === true) return reasons
  reasons.push(...eligible.map((hit) => assignmentReason(hit, 'ELIGIBLE_ONLY', 'MISSING_ALLOW')))
  reasons.push(...eligibleDelegations.map((hit) => documentReason('DELEGATION', 'MISSING_ALLOW', 'ELIGIBLE_ONLY', hit.document.id)))
  reasons.push(...classicReasons(question))
  reasons.push(notGranted(evaluation, question))
  return reasons
}

/** What may grant it, what may deny it. */
export function becauseConditional(evaluation: Evaluation): readonly Reason[] {
  return [...grantingReasons(evaluation, () => true), ...denying(evaluation, () => true)]
}

function grantingReasons(evaluation: Evaluation, isMeant: (hit: Hit<unknown>) => boolean): Reason[] {
  const { grants, accessPolicies, delegations, locks, vault } = evaluation
  const isOpen = locks.length === 0
  return [
    ...(isOpen && rolesCount(evaluation) ? grants.filter(isMeant).map((hit) => assignmentReason(hit, 'ROLE_GRANTS', 'ALLOW')) : []),
    ...(vault === undefined
      ? []
      : accessPolicies.filter(isMeant).map((hit) => documentReason('ACCESS_POLICY', 'ALLOW', 'ACCESS_POLICY_GRANTS', hit.document.id))),
    ...delegations.filter(isMeant).map((hit) => documentReason('DELEGATION', 'ALLOW', 'DELEGATION_GRANTS', hit.document.id)),
  ]
}

function rolesCount({ vaultMode }: Evaluation): boolean {
  return vaultMode !== 'ACCESS_POLICY'
}

/** Those that deny for certain; those that perhaps do only where nothing else explains the denial. */
function deniedBy(evaluation: Evaluation, grants: AzureFormula): Reason[] {
  const certain = denying(evaluation, (hit) => reduce(hit.applies) === true)
  const isExplained = certain.length > 0 || (grants === false && reduce(evaluation.denied) !== true)
  return isExplained ? certain : denying(evaluation, () => true)
}

function denying({ denies }: Evaluation, isMeant: (hit: Hit<unknown>) => boolean): Reason[] {
  return denies.filter(isMeant).map(({ document }) => documentReason('DENY_ASSIGNMENT', 'EXPLICIT_DENY', 'DENY_ASSIGNMENT_DENIES', document.id))
}

function lockReason({ id, level }: CompiledLock): Reason {
  return documentReason('LOCK', 'EXPLICIT_DENY', level === 'ReadOnly' ? 'LOCKED_READ_ONLY' : 'LOCKED_AGAINST_DELETION', id)
}

function classicReasons(question: Question): readonly Reason[] {
  const classic = question.request.policies.classicAdministrators ?? []
  return classic
    .filter(({ principalId, scope }) => isPrincipal(principalId, question) === true && scopeHolds(scope, question) === true)
    .map(({ id }) => documentReason('CLASSIC_ADMINISTRATOR', 'MISSING_ALLOW', 'CLASSIC_IS_RETIRED', id))
}

function notGranted({ vaultMode, grants }: Evaluation, { plane }: Question): Reason {
  if (vaultMode === 'ACCESS_POLICY') {
    const code = grants.length > 0 ? 'ROLES_DO_NOT_COUNT' : 'NO_ACCESS_POLICY'
    return { layer: 'ACCESS_POLICY', kind: 'MISSING_ALLOW', code }
  }
  return { layer: 'ROLE_ASSIGNMENT', kind: 'MISSING_ALLOW', code: plane === 'DATA' ? 'NO_DATA_ROLE' : 'NO_ROLE' }
}

function assignmentReason({ document, part }: Hit<CompiledAssignment>, code: ReasonCode, kind: Reason['kind']): Reason {
  const name = document.role?.name ?? document.roleId
  return { ...documentReason('ROLE_ASSIGNMENT', kind, code, document.id), statement: part === undefined ? name : `${name} ${part}` }
}

function documentReason(layer: Layer, kind: Reason['kind'], code: ReasonCode, policy: string): Reason {
  return { layer, kind, code, policy }
}
