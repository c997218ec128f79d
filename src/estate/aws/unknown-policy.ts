import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'
import { decide } from '../../policy/aws/index.ts'
import type { AwsDecision, AwsRequest, PolicyCompiler } from '../../policy/aws/types.ts'
import { appliesTo } from './request.ts'
import type { AwsTarget } from './target.ts'

/**
 * Roles and KMS keys always have a policy, and nobody gets in without it. Where it was not loaded, an identity that is allowed on its own side
 * may or may not get in: CONDITIONAL, with the missing policy named.
 */
export function needsUnknownPolicy(target: AwsTarget, action: string): boolean {
  if (!target.policyUnknown) return false
  return /:kms:/.test(target.arn) ? /^kms:/i.test(action) : appliesTo(target, action)
}

/** Decides as if the policy that was not loaded let the caller's account in. */
export function assumeKeyPolicyOrTrust(request: AwsRequest, compiler: PolicyCompiler, knowledge: ActionKnowledge): AwsDecision {
  const account = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(request.principal)?.[1]
  // Services, federated subjects and the public have no side of their own that could allow.
  if (account === undefined) return decide(request, knowledge)
  const isKey = /:kms:/.test(request.resource.arn)
  const policy = `${isKey ? 'key policy' : 'trust policy'} of ${request.resource.arn}`
  const admitting = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: isKey ? 'kms:*' : 'sts:*', ...(isKey ? { Resource: '*' } : {}) }],
  }
  const assumed = decide(
    { ...request, policies: { ...request.policies, resource: compiler.compile(admitting, policy, isKey ? 'RESOURCE' : 'TRUST') } },
    knowledge,
  )
  if (assumed.effect === 'DENY') return assumed
  const open = { operator: 'PolicyNotLoaded', key: request.resource.arn, values: [], layer: 'RESOURCE', policy } as const
  return {
    ...assumed,
    effect: 'CONDITIONAL',
    because: assumed.because.filter((reason) => reason.policy !== policy),
    conditions: assumed.conditions === undefined ? open : { and: [open, assumed.conditions] },
  }
}
