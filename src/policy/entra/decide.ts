import type { Reason } from '../../domain/decision.ts'
import { toExpression } from '../formula/expression.ts'
import { factMeanings } from '../formula/facts.ts'
import { and, or } from '../formula/formula.ts'
import { simplify } from '../formula/simplify.ts'
import { assignmentGrants, ownerGrants, permissionGrants } from './grants.ts'
import { fact, factId, type EntraFormula } from './leaves.ts'
import { parseOperation, type DirectoryOperation } from './operations.ts'
import { isSensitive } from './sensitive.ts'
import type { EntraDecision, EntraRequest } from './types.ts'

interface Grant {
  readonly reason: Reason
  readonly applies: EntraFormula
}

/** Decides whether the principal may do something to an object of the directory. Pure; reads no clock. */
export function decideDirectory(request: EntraRequest): EntraDecision {
  const asked = parseOperation(request.action)
  const active = [...roleGrantsOf(request, asked, false), ...otherGrantsOf(request, asked)]
  const eligible = roleGrantsOf(request, asked, true)
  const activatable = eligible.flatMap(({ reason }) => reason.policy ?? [])
  if (request.principal.accountEnabled === false) {
    return { effect: 'DENY', because: [{ layer: 'DIRECTORY_ROLE', kind: 'EXPLICIT_DENY', code: 'ACCOUNT_BLOCKED' }], activatable: [] }
  }
  const granted = active.reduce<EntraFormula>((any, { applies }) => or(any, applies), false)
  const allowed = reduce(and(granted, withinDelegation(request, asked)))
  if (allowed === true) return { effect: 'ALLOW', because: active.filter(({ applies }) => reduce(applies) === true).map(reasonOf), activatable }
  if (allowed === false) return { effect: 'DENY', because: missing(request, eligible, granted), activatable }
  return { effect: 'CONDITIONAL', because: active.map(reasonOf), conditions: toExpression(allowed, (leaf) => leaf), activatable }
}

function reasonOf({ reason }: Grant): Reason {
  return reason
}

function reduce(formula: EntraFormula): EntraFormula {
  return typeof formula === 'boolean' ? formula : simplify(formula, factMeanings(factId))
}

function roleGrantsOf(request: EntraRequest, asked: DirectoryOperation, isEligible: boolean): readonly Grant[] {
  return request.policies.roleAssignments.flatMap((assignment): readonly Grant[] => {
    const applies = assignment.isEligible === isEligible && assignmentGrants(assignment, request, asked)
    if (applies === false) return []
    const statement = assignment.role?.name ?? assignment.roleId
    const kind = isEligible ? 'MISSING_ALLOW' : 'ALLOW'
    return [
      {
        applies,
        reason: { layer: 'DIRECTORY_ROLE', kind, code: isEligible ? 'ELIGIBLE_ONLY' : 'DIRECTORY_ROLE_GRANTS', policy: assignment.id, statement },
      },
    ]
  })
}

function otherGrantsOf(request: EntraRequest, asked: DirectoryOperation): readonly Grant[] {
  const owner = ownerGrants(request, asked)
  const byOwnership: readonly Grant[] =
    owner === false ? [] : [{ applies: owner, reason: { layer: 'DIRECTORY_ROLE', kind: 'ALLOW', code: 'OWNER', policy: request.target.id } }]
  const byPermission = (request.policies.applicationPermissions ?? []).flatMap((name): readonly Grant[] => {
    const applies = permissionGrants(name, request, asked, isSensitive(request))
    return applies === undefined || applies === false
      ? []
      : [{ applies, reason: { layer: 'APP_PERMISSION', kind: 'ALLOW', code: 'APPLICATION_PERMISSION', policy: name } }]
  })
  return [...byOwnership, ...byPermission]
}

/** Delegated permissions never give more than the user has. */
function withinDelegation(request: EntraRequest, asked: DirectoryOperation): EntraFormula {
  const { delegatedScopes } = request.policies
  if (delegatedScopes === undefined) return true
  let any: EntraFormula = false
  for (const name of delegatedScopes) any = or(any, permissionGrants(name, request, asked, false) ?? scopeFact(name))
  return any
}

/** Scopes that only sign somebody in or read. */
function scopeFact(name: string): EntraFormula {
  return /^(?:openid|profile|email|offline_access)$|\.read(?:basic)?(?:\.|$)/i.test(name) ? false : fact('DelegatedScope', name)
}

function missing({ policies }: EntraRequest, eligible: readonly Grant[], granted: EntraFormula): readonly Reason[] {
  if (granted !== false && policies.delegatedScopes !== undefined)
    return [{ layer: 'APP_PERMISSION', kind: 'MISSING_ALLOW', code: 'BEYOND_DELEGATION' }]
  return [...eligible.map(reasonOf), { layer: 'DIRECTORY_ROLE', kind: 'MISSING_ALLOW', code: 'NO_DIRECTORY_ROLE' }]
}
