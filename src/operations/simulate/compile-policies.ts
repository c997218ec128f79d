import { actionKnowledge } from '../../policy/aws/actions/index.ts'
import {
  createCompiler,
  documentOfBucketAcl,
  documentOfKmsGrant,
  documentOfResourceShare,
  type AwsPolicySet,
  type CompiledPolicy,
  type PolicyType,
} from '../../policy/aws/index.ts'
import type { NamedPolicy, SimulateDocument } from './read-document.ts'

type Compile = (policies: readonly NamedPolicy[], type: PolicyType) => readonly CompiledPolicy[]

export function compilePolicies(asked: SimulateDocument): AwsPolicySet {
  const compiler = createCompiler(actionKnowledge)
  const compile: Compile = (policies, type) => policies.map((policy) => compiler.compile(policy.document, policy.id, type))
  const [resource] = asked.resourcePolicy === undefined ? [] : compile([asked.resourcePolicy], isOfRole(asked) ? 'TRUST' : 'RESOURCE')
  return {
    identity: compile(asked.identityPolicies, 'IDENTITY'),
    boundary: compile(asked.permissionsBoundary, 'BOUNDARY'),
    session: compile(asked.sessionPolicies, 'SESSION'),
    ...(resource === undefined ? {} : { resource }),
    resourceGrants: compile(resourceGrants(asked), 'RESOURCE'),
    keyGrants: compile(keyGrants(asked), 'RESOURCE'),
    serviceControl: asked.serviceControlPolicies.map((level) => compile(level, 'SCP')),
    resourceControl: asked.resourceControlPolicies.map((level) => compile(level, 'RCP')),
    endpoint: compile(asked.endpointPolicy, 'ENDPOINT'),
  }
}

/** The policy of a role is its trust policy. */
function isOfRole({ resource }: SimulateDocument): boolean {
  const [, , service, , , ...rest] = resource.arn.split(':')
  return service === 'iam' && rest.join(':').startsWith('role/')
}

function resourceGrants({ settings, resource }: SimulateDocument): readonly NamedPolicy[] {
  const { acl, canonicalUsers, resourceShares } = settings
  const [bucketArn = ''] = resource.arn.split('/')
  const accountOfCanonicalUser = (id: string): string | undefined => canonicalUsers.get(id)
  return [
    // IgnorePublicAcls is left to the evaluator, which can then name the grant that it takes away.
    ...(acl === undefined ? [] : [{ id: 'resourceAcl', document: documentOfBucketAcl(acl, { bucketArn, accountOfCanonicalUser }) }]),
    ...resourceShares.map(({ resourceArn = resource.arn, permissions, principals }, index) => ({
      id: `resourceShares[${index}]`,
      document: documentOfResourceShare({ resourceArn, permissions, principals }),
    })),
  ]
}

function keyGrants({ settings }: SimulateDocument): readonly NamedPolicy[] {
  return settings.kmsGrants.map((grant, index) => ({ id: `kmsGrants[${index}]`, document: documentOfKmsGrant(grant) }))
}
