import type { Layer, Reason } from '../../domain/decision.ts'
import { isIamCaller } from './caller.ts'
import type { Evaluation } from './evaluation.ts'
import { not, type Formula } from './formula.ts'
import { reasonOf, type Hit } from './layers.ts'
import type { Naming } from './principal-element.ts'
import type { Question } from './question.ts'
import type { ReasonCode } from './reasons.ts'

/** Statements that deny, by layer. */
function deniesOf(evaluation: Evaluation): readonly Hit[] {
  const { identity, boundaries, session, resource, keyGrants, serviceControl, resourceControl, endpoint } = evaluation
  const verdicts = [identity, ...boundaries, session, resource, keyGrants, ...serviceControl, ...resourceControl]
  return [...verdicts.flatMap((verdict) => verdict.denies), ...(evaluation.viaEndpoint === false ? [] : endpoint.denies)]
}

/** Why it is allowed: the statements that grant it, and one of each ceiling that lets it pass. */
export function becauseAllowed(evaluation: Evaluation, question: Question): readonly Reason[] {
  const reasons: Reason[] = []
  const { identity, boundaries, session, resource, keyGrants, serviceControl, endpoint } = evaluation
  if (question.caller.kind === 'ROOT' && isIdentityOfUse(evaluation)) reasons.push({ layer: 'IDENTITY', kind: 'ALLOW', code: 'ROOT_HAS_ALL' })
  if (isIdentityOfUse(evaluation)) reasons.push(...allowing(identity.allows))
  if (isResourceOfUse(evaluation, question)) reasons.push(...allowing(resource.allows))
  reasons.push(...allowing(keyGrants.allows))
  for (const verdict of [...boundaries, session, ...serviceControl]) reasons.push(...allowing(verdict.allows).slice(0, 1))
  if (evaluation.viaEndpoint !== false) reasons.push(...allowing(endpoint.allows).slice(0, 1))
  return reasons
}

function allowing(hits: readonly Hit[]): readonly Reason[] {
  return hits.map((hit) => reasonOf(hit, 'STATEMENT_ALLOWS'))
}

/** The identity side could not be left out, or does it alone. */
function isIdentityOfUse({ identityAllows, boundaryAllows, sessionAllows }: Evaluation): boolean {
  return identityAllows !== false && boundaryAllows !== false && sessionAllows !== false
}

function isResourceOfUse({ sameAccount, requirement, resource }: Evaluation, { caller }: Question): boolean {
  if (sameAccount !== true || requirement !== undefined || !isIamCaller(caller)) return true
  return resource.direct !== false || resource.anyone !== false || resource.role !== false
}

/** Why it is denied: every explicit deny, and every layer that alone denies. */
export function becauseDenied(evaluation: Evaluation, question: Question): readonly Reason[] {
  const certain = deniedWhere(evaluation, question, (formula) => formula === false)
  // No layer denies for certain, but none of what could be true together allows.
  return certain.length > 0 ? certain : deniedWhere(evaluation, question, (formula) => formula !== true)
}

function deniedWhere(evaluation: Evaluation, question: Question, lacks: (allow: Formula) => boolean): readonly Reason[] {
  const denies = deniesOf(evaluation).filter((hit) => lacks(hit.formula === true ? false : hit.formula === false ? true : hit.formula))
  const reasons = denies.map((hit) => reasonOf(hit, 'STATEMENT_DENIES'))
  for (const [level, verdict] of evaluation.serviceControl.entries()) {
    if (lacks(verdict.allow)) reasons.push({ ...missing('SCP', 'NO_SCP_ALLOW'), level })
  }
  if (evaluation.viaEndpoint !== false && lacks(evaluation.endpointAllows)) reasons.push(missing('ENDPOINT', 'NO_ENDPOINT_ALLOW'))
  if (lacks(not(evaluation.restricted))) reasons.push(restrictedReason(question))
  if (lacks(evaluation.granted)) reasons.push(...notGranted(evaluation, question, lacks), ...evaluation.resource.ignored.map(ignoredReason))
  return reasons
}

/** S3 Block Public Access shuts out, whatever allows it. */
function restrictedReason({ request }: Question): Reason {
  const policy = request.policies.resource?.id
  return { layer: 'SERVICE', kind: 'EXPLICIT_DENY', code: 'PUBLIC_ACCESS_BLOCKED', ...(policy === undefined ? {} : { policy }) }
}

/** A grant that would allow it, but that S3 Block Public Access leaves out. */
function ignoredReason(hit: Hit): Reason {
  return { ...reasonOf(hit, 'STATEMENT_ALLOWS'), layer: 'SERVICE', kind: 'MISSING_ALLOW', code: 'PUBLIC_ACCESS_BLOCKED' }
}

function notGranted(evaluation: Evaluation, question: Question, lacks: (allow: Formula) => boolean): readonly Reason[] {
  const { resource, keyGrants, sameAccount, requirement, identityAllows } = evaluation
  const has = (way: keyof Naming): boolean => !lacks(resource[way]) || !lacks(keyGrants[way])
  const byName = has('direct') || has('anyone')
  const isNamed = byName || has('role') || has('account')
  const reasons: Reason[] = []
  if (!isIamCaller(question.caller)) return isNamed ? [] : [withoutResource(requirement)]
  const isAcross = sameAccount !== true
  const isByKey = !lacks(keyGrants.direct) || !lacks(keyGrants.anyone) || !lacks(keyGrants.role)
  const needsIdentity = isAcross ? !isByKey : !byName && !has('role')
  if (lacks(identityAllows) && needsIdentity && (requirement === undefined || isAcross || isNamed)) {
    reasons.push(missing('IDENTITY', 'NO_IDENTITY_ALLOW'))
  }
  if (isAcross || !byName) reasons.push(...missingCeilings(evaluation, question, lacks))
  if ((isAcross || requirement !== undefined) && !isNamed) reasons.push(withoutResource(requirement))
  return reasons
}

function missingCeilings(evaluation: Evaluation, question: Question, lacks: (allow: Formula) => boolean): readonly Reason[] {
  const reasons: Reason[] = []
  if (question.caller.kind === 'ROOT') return reasons
  for (const [index, verdict] of evaluation.boundaries.entries()) {
    const policy = question.request.policies.boundary?.[index]?.id
    if (lacks(verdict.allow)) reasons.push({ ...missing('BOUNDARY', 'NO_BOUNDARY_ALLOW'), ...(policy === undefined ? {} : { policy }) })
  }
  if (lacks(evaluation.sessionAllows)) reasons.push(missing('SESSION', 'NO_SESSION_ALLOW'))
  return reasons
}

function withoutResource(requirement: Evaluation['requirement']): Reason {
  return missing('RESOURCE', requirement === 'TRUST' ? 'NO_TRUST' : requirement === 'KEY_POLICY' ? 'NO_KEY_POLICY_ALLOW' : 'NO_RESOURCE_ALLOW')
}

function missing(layer: Layer, code: ReasonCode): Reason {
  return { layer, kind: 'MISSING_ALLOW', code }
}

/** What may allow it and what may deny it. */
export function becauseConditional(evaluation: Evaluation, question: Question): readonly Reason[] {
  const restricted = evaluation.restricted === false ? [] : [restrictedReason(question)]
  return [...becauseAllowed(evaluation, question), ...deniesOf(evaluation).map((hit) => reasonOf(hit, 'STATEMENT_DENIES')), ...restricted]
}
