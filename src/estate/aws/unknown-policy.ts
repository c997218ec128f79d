import type { ConditionLeaf, Layer } from '../../domain/decision.ts'
import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'
import { decide } from '../../policy/aws/index.ts'
import type { AwsDecision, AwsRequest, CompiledPolicy, PolicyCompiler, StatementProgram } from '../../policy/aws/types.ts'
import { appliesTo } from './request.ts'
import { type Actor, isNamedOnly } from './actors.ts'
import type { Passage } from './endpoints.ts'
import type { AwsTarget } from './target.ts'

/**
 * Policies that must exist but were not loaded: the trust policy of a role, the policy of a KMS key, the identity policies of an outside user or
 * role; and policies of resources that nobody was allowed to read. Whoever is let in but for such a policy may or may not get in: CONDITIONAL, with the policy named.
 */
interface UnknownPolicy {
  readonly id: string
  readonly layer: Layer
  /** What the decision assumes in its place: that it lets the caller in. */
  readonly assumed: (request: AwsRequest) => AwsRequest
  /** It may name anybody, of whom nothing need be known. */
  readonly mayNameAnybody?: boolean
}

/** Decides, and leaves open what policies that were not loaded would say. */
export function decideWithUnknown(request: AwsRequest, unknown: readonly UnknownPolicy[], knowledge: ActionKnowledge): AwsDecision {
  if (unknown.length === 0) return decide(request, knowledge)
  const assumed = decide(
    unknown.reduce((asked, policy) => policy.assumed(asked), request),
    knowledge,
  )
  if (assumed.effect === 'DENY' || isAllowedByRule(assumed)) return assumed
  // Where the target's policy was loaded and lets no outsider in, nothing is left open: the caveat says what was not loaded.
  const isOpen = unknown.some(({ mayNameAnybody }) => mayNameAnybody === true) || isLetInByTarget(assumed, unknown)
  if (unknown.some(({ layer }) => layer === 'IDENTITY') && !isOpen) return decide(request, knowledge)
  const open = unknown.map(({ id, layer }): ConditionLeaf => ({ operator: 'PolicyNotLoaded', key: id, values: [], layer, policy: id }))
  const conditions = assumed.conditions === undefined ? open : [...open, assumed.conditions]
  const ids = new Set(unknown.map(({ id }) => id))
  const [only] = conditions
  return {
    ...assumed,
    effect: 'CONDITIONAL',
    because: assumed.because.filter(({ policy }) => policy === undefined || !ids.has(policy)),
    ...(only === undefined ? {} : { conditions: conditions.length === 1 ? only : { and: conditions } }),
  }
}

/** A rule of AWS that no policy can change. */
const isAllowedByRule = ({ because }: AwsDecision): boolean => because.some(({ layer, kind }) => layer === 'SERVICE' && kind === 'ALLOW')

const isLetInByTarget = ({ because }: AwsDecision, unknown: readonly UnknownPolicy[]): boolean =>
  because.some(({ layer, kind, policy }) => layer === 'RESOURCE' && kind === 'ALLOW' && unknown.every(({ id }) => id !== policy))

export interface UnknownPolicies {
  of(actor: Actor, action: string, target: AwsTarget): readonly UnknownPolicy[]
  ofEndpoint(passage: Passage): readonly UnknownPolicy[]
  /** Statements by which a policy that was not loaded tells the actions that it may be about from all others. */
  programsOf(target: AwsTarget): readonly StatementProgram[]
}

export function createUnknownPolicies(compiler: PolicyCompiler, knowledge: ActionKnowledge): UnknownPolicies {
  const admitting = admittingPolicies(compiler)
  return {
    of: (actor, action, target) => [
      ...(isOutsideIdentity(actor) ? [unknownIdentity(compiler, actor)] : []),
      ...(needsUnknownPolicy(target, action, knowledge) && actor.account !== null
        ? [unknownTargetPolicy(admitting, actor.account, target, action)]
        : []),
    ],
    programsOf(target) {
      if (!target.policyUnknown) return []
      const [, , service = ''] = target.arn.split(':')
      const statement = { Effect: 'Deny', Principal: '*', Action: `${service}:*`, Resource: target.arn }
      const { statements } = compiler.compile({ Version: '2012-10-17', Statement: [statement] }, target.arn, 'RESOURCE')
      return statements.map(({ program }) => program)
    },
    ofEndpoint: ({ unknownPolicy: id }) => (id === undefined ? [] : [unknownEndpointPolicy(compiler, id)]),
  }
}

function unknownEndpointPolicy(compiler: PolicyCompiler, id: string): UnknownPolicy {
  const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }
  const policy = compiler.compile(anything, id, 'ENDPOINT')
  return { id, layer: 'ENDPOINT', assumed: (request) => ({ ...request, policies: { ...request.policies, endpoint: [policy] } }) }
}

/** Services, federated subjects, whole accounts and the public have no identity policies that could decide. */
const isOutsideIdentity = ({ entity }: Actor): boolean => isNamedOnly(entity)

function unknownIdentity(compiler: PolicyCompiler, { entity }: Actor): UnknownPolicy {
  const id = `identity policies of ${entity.id}`
  const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  return {
    id,
    layer: 'IDENTITY',
    assumed: (request) => ({ ...request, policies: { ...request.policies, identity: [compiler.compile(anything, id, 'IDENTITY')] } }),
  }
}

/** The caller's account, which then decides by its own identity policies. */
function unknownTargetPolicy(admitting: Admitting, account: string, target: AwsTarget, action: string): UnknownPolicy {
  const sort = sortOf(target, action)
  const { called, of } = SORTS[sort]
  const id = `${called} of ${target.arn === '*' ? of : target.arn}`
  const policy = { ...admitting(account, sort === 'TRUST' ? 'TRUST' : 'RESOURCE'), id }
  const assumed = (request: AwsRequest): AwsRequest => ({ ...request, policies: { ...request.policies, resource: policy } })
  return { id, layer: 'RESOURCE', assumed, mayNameAnybody: mayNameAnybody(target, action) }
}

/**
 * The policy of one key or resource may name outsiders of whom nothing is known. Of trust policies that were not loaded it is not assumed:
 * everybody outside might then become everybody else.
 */
const mayNameAnybody = (target: AwsTarget, action: string): boolean => target.arn !== '*' && sortOf(target, action) !== 'TRUST'

/** A policy that lets an account in; all that do differ in nothing but their names. */
type Admitting = (account: string, type: 'TRUST' | 'RESOURCE') => CompiledPolicy

function admittingPolicies(compiler: PolicyCompiler): Admitting {
  const known = new Map<string, CompiledPolicy>()
  return (account, type) => {
    const admits = { Effect: 'Allow', Principal: { AWS: account }, Action: '*' }
    const statement = type === 'TRUST' ? { ...admits, Action: 'sts:*' } : { ...admits, Resource: '*' }
    const policy = known.get(`${type} ${account}`) ?? compiler.compile({ Version: '2012-10-17', Statement: [statement] }, account, type)
    known.set(`${type} ${account}`, policy)
    return policy
  }
}

const SORTS = {
  KEY: { called: 'key policy', of: 'each key' },
  TRUST: { called: 'trust policy', of: 'each role' },
  RESOURCE: { called: 'resource policy', of: 'each resource' },
} as const

function sortOf({ arn }: AwsTarget, action: string): keyof typeof SORTS {
  if (/^kms:/i.test(action)) return 'KEY'
  return arn === '*' || /^arn:[^:]*:iam:/.test(arn) ? 'TRUST' : 'RESOURCE'
}

/** Whether a policy that was not loaded decides about the action and may name anybody. */
export const mayAdmitOutsiders = (target: AwsTarget, action: string, knowledge: ActionKnowledge): boolean =>
  needsUnknownPolicy(target, action, knowledge) && mayNameAnybody(target, action)

/** Whether the target's own policy decides about the action and was not loaded; asked of all resources, each has one of its own. */
export function needsUnknownPolicy(target: AwsTarget, action: string, knowledge: ActionKnowledge): boolean {
  if (target.arn === '*') return takesGuarded(action, knowledge)
  if (!target.policyUnknown) return false
  return target.arn.includes(':kms:') ? /^kms:/i.test(action) : appliesTo(target, action)
}

/** Actions on roles and keys that their own policies must admit. */
function takesGuarded(action: string, knowledge: ActionKnowledge): boolean {
  if (!/^(kms|sts):/i.test(action)) return false
  const id = knowledge.idOf(action)
  return id !== -1 && knowledge.resourceTypesOf(id).some((type) => type === 'kms:key' || type.endsWith(':role'))
}
