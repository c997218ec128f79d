import { isIamCaller, isServiceLinkedRole } from './caller.ts'
import { parseOperator } from './conditions/operators.ts'
import { evaluateTest, type ConditionTest } from './conditions/test.ts'
import { and, leaf, not, or, type Formula } from './formula.ts'
import { allAllow, anyDenies, SILENT, verdictOf, type Verdict } from './layers.ts'
import { ownersVerdict, restrictedAccess } from './public-access.ts'
import type { Question } from './question.ts'
import { resourceVerdictOf, SILENT_RESOURCE, type ResourceVerdict } from './resource-layer.ts'
import { needsKeyPolicy, needsTrust } from './service-rules.ts'

/** What every layer says, and what follows. */
export interface Evaluation {
  readonly identity: Verdict
  readonly identityAllows: Formula
  /** Each must allow. */
  readonly boundaries: readonly Verdict[]
  readonly boundaryAllows: Formula
  readonly session: Verdict
  readonly sessionAllows: Formula
  readonly resource: ResourceVerdict
  /** Grants on a KMS key. */
  readonly keyGrants: ResourceVerdict
  readonly serviceControl: readonly Verdict[]
  readonly resourceControl: readonly Verdict[]
  readonly endpoint: Verdict
  readonly endpointAllows: Formula
  /** The call goes through a VPC endpoint with a policy. */
  readonly viaEndpoint: Formula
  readonly sameAccount: Formula
  /** S3 Block Public Access keeps the caller out of a bucket with a public policy. */
  readonly restricted: Formula
  /** The resource's policy must take part, also within the account. */
  readonly requirement: 'TRUST' | 'KEY_POLICY' | undefined
  /** Identity and resource policies together, or a grant on a key, grant it. */
  readonly granted: Formula
  readonly allowed: Formula
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
export function evaluate(question: Question): Evaluation {
  const { policies } = question.request
  const { caller } = question
  const isIam = isIamCaller(caller)
  // The root user has no policies of its own, no boundary and no session policies (S11).
  const hasPolicies = isIam && caller.kind !== 'ROOT'
  const identity = hasPolicies ? verdictOf(policies.identity, 'IDENTITY', question) : SILENT
  const boundaries = hasPolicies ? (policies.boundary ?? []).map((policy) => verdictOf([policy], 'BOUNDARY', question)) : []
  const sessionPolicies = hasPolicies ? (policies.session ?? []) : []
  const session = sessionPolicies.length > 0 ? verdictOf(sessionPolicies, 'SESSION', question) : SILENT
  const sameAccount = isSameAccount(question)
  const endpointPolicies = policies.endpoint ?? []
  const viaEndpoint = endpointPolicies.length > 0 && throughEndpoint(question)
  const endpoint = viaEndpoint === false ? SILENT : verdictOf(endpointPolicies, 'ENDPOINT', question)
  const layers = {
    identity,
    identityAllows: caller.kind === 'ROOT' ? true : identity.allow,
    boundaries,
    boundaryAllows: allAllow(boundaries),
    session,
    sessionAllows: sessionPolicies.length === 0 ? true : session.allow,
    resource: ownersVerdict(question),
    keyGrants: policies.keyGrants === undefined ? SILENT_RESOURCE : resourceVerdictOf(policies.keyGrants, question),
    serviceControl: serviceControlVerdicts(question),
    resourceControl: resourceControlVerdicts(question),
    endpoint,
    viaEndpoint,
    endpointAllows: or(not(viaEndpoint), endpoint.allow),
    sameAccount,
    restricted: restrictedAccess(question, sameAccount),
    requirement: needsTrust(question) ? ('TRUST' as const) : needsKeyPolicy(question) ? ('KEY_POLICY' as const) : undefined,
  }
  const byPolicies = isIam ? grantedToIam(layers) : grantedByResource(layers.resource)
  const granted = or(byPolicies, isIam ? grantedByKey(layers) : grantedByResource(layers.keyGrants))
  return { ...layers, granted, allowed: and(granted, notLimited(layers)) }
}

type Layers = Omit<Evaluation, 'granted' | 'allowed'>

/** Services, subjects of identity providers and anonymous callers have no identity policies (S8, S10, S43). */
function grantedByResource(resource: ResourceVerdict): Formula {
  return or(or(resource.direct, resource.anyone), or(resource.role, resource.account))
}

function grantedToIam(layers: Layers): Formula {
  const { resource, sameAccount, requirement } = layers
  const ceiling = and(layers.boundaryAllows, layers.sessionAllows)
  const byIdentity = and(layers.identityAllows, ceiling)
  const across = sameAccount === true ? false : and(byIdentity, grantedByResource(resource))
  if (sameAccount === false) return across
  // Naming the user or session itself, or everybody, is not limited by implicit denies; naming the role is, by its ceilings (S13).
  const named = or(or(resource.direct, resource.anyone), and(resource.role, ceiling))
  const within = requirement === undefined ? or(byIdentity, named) : or(named, and(resource.account, byIdentity))
  return sameAccount === true ? within : or(and(sameAccount, within), and(not(sameAccount), across))
}

/**
 * Whom a grant on a key names needs no other policy, also in another account; an account that it names delegates by policies of its own.
 * "The grantee principal can use the permissions that the grant gives them without specifying the grant, just as they would if the permissions came
 * from a key policy or IAM policy": ceilings bind as where a resource's policy grants.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function grantedByKey({ keyGrants, identityAllows, boundaryAllows, sessionAllows, sameAccount }: Layers): Formula {
  if (keyGrants === SILENT_RESOURCE) return false
  const ceiling = and(boundaryAllows, sessionAllows)
  const named = or(keyGrants.direct, keyGrants.anyone)
  const limited = or(keyGrants.role, and(keyGrants.account, identityAllows))
  return or(and(named, or(sameAccount, ceiling)), and(limited, ceiling))
}

function notLimited(layers: Layers): Formula {
  const { serviceControl, resourceControl, identity, boundaries, session, resource, endpoint, viaEndpoint } = layers
  const denied = [identity.deny, resource.deny, session.deny, anyDenies(boundaries), anyDenies(serviceControl), anyDenies(resourceControl)]
  const explicit = denied.reduce<Formula>(or, or(layers.restricted, and(viaEndpoint, endpoint.deny)))
  return and(and(allAllow(serviceControl), layers.endpointAllows), not(explicit))
}

/**
 * SCPs bind users, roles and root users of member accounts, but no service-linked roles (S20).
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
function serviceControlVerdicts(question: Question): readonly Verdict[] {
  const { caller, request } = question
  const isExempt = !isIamCaller(caller) || isServiceLinkedRole(caller) || request.principalInManagementAccount === true
  const levels = isExempt ? [] : (request.policies.serviceControl ?? [])
  return levels.map((policies, level) => verdictOf(policies, 'SCP', question, level))
}

/**
 * RCPs bind whoever calls, on resources of member accounts and services that support them (S21, S22).
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function resourceControlVerdicts(question: Question): readonly Verdict[] {
  const { caller, request, service, action, knowledge } = question
  const isExempt = isServiceLinkedRole(caller) || request.resourceInManagementAccount === true
  if (isExempt || request.awsManagedKey === true || action === 'kms:retiregrant' || !knowledge.rcpServices.has(service)) return []
  return (request.policies.resourceControl ?? []).map((policies, level) => verdictOf(policies, 'RCP', question, level))
}

function isSameAccount({ caller, resourceAccount }: Question): Formula {
  if (resourceAccount !== undefined) return caller.account === resourceAccount
  if (caller.account === undefined) return false
  return leaf({ operator: 'SameAccount', key: '', values: [caller.account] }, { kind: 'FACT', id: `account\u0001${caller.account}` })
}

const HAS_ENDPOINT = presenceOf('aws:SourceVpce')

function presenceOf(key: string): ConditionTest | undefined {
  const operator = parseOperator('Null')
  const value = { text: 'false', template: [{ text: 'false', literal: false }] }
  return operator && { ...operator, name: 'Null', writtenKey: key, key: key.toLowerCase(), values: [value] }
}

function throughEndpoint(question: Question): Formula {
  const vpc = question.valuesOf('aws:sourcevpc')
  if (vpc === null || (vpc !== undefined && vpc.length > 0)) return true
  if (HAS_ENDPOINT === undefined) return false
  return evaluateTest(HAS_ENDPOINT, question.valuesOf)
}
