import { describe, expect, test } from 'vitest'
import { simulate } from '../../../src/operations/simulate.ts'
import type { Case } from '../../reference/aws-cases.ts'
import {
  ALICE,
  APP,
  APP_SESSION,
  FEDERATED,
  KEY,
  OURS,
  ROOT,
  THEIRS,
  admin,
  allow,
  ask,
  aws,
  deny,
  elsewhere,
  everyone,
  hold,
  policy,
} from '../../reference/aws-cases.ts'
import type { Json, JsonObject } from '../../reference/aws-question.ts'

/** S44 (grants on KMS keys, RAM shares) and what of S22 is about keys that AWS manages. */

const EVE = `arn:aws:iam::${THEIRS}:user/eve`
const READER = `arn:aws:iam::${THEIRS}:role/reader`
const READER_SESSION = `arn:aws:sts::${THEIRS}:assumed-role/reader/s1`
const decrypts = { Action: 'kms:Decrypt' }

const grant = (GranteePrincipal: string, changes: JsonObject = {}): JsonObject => ({
  KeyId: KEY,
  GrantId: 'abc',
  GranteePrincipal,
  Operations: ['Decrypt'],
  ...changes,
})
const use = (changes: JsonObject): JsonObject => ask({ action: 'kms:Decrypt', resource: { arn: KEY }, ...changes })
const granted = (grantee: string, changes: JsonObject = {}): JsonObject => use({ kmsGrants: [grant(grantee)], ...changes })
const identityDeny: readonly Json[] = [policy(deny(decrypts))]

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
const grants: readonly Case[] = [
  { name: 'S44 a grant allows on its own', ask: granted(ALICE), effect: 'ALLOW', because: [{ layer: 'RESOURCE', kind: 'ALLOW' }] },
  { name: 'S44 without it nothing does', ask: use({}), effect: 'DENY' },
  {
    name: 'S44 whatever the key policy leaves out',
    ask: granted(ALICE, { resourcePolicy: policy(allow({ ...aws(THEIRS), Action: 'kms:*' })) }),
    effect: 'ALLOW',
  },
  { name: 'S44 another user is not the grantee', ask: granted(`arn:aws:iam::${OURS}:user/bob`), effect: 'DENY' },
  { name: 'S44 another operation is not granted', ask: granted(ALICE, { action: 'kms:Encrypt' }), effect: 'DENY' },
  { name: 'S44 another key is not granted', ask: granted(ALICE, { resource: { arn: KEY.replace('1234', '5678') } }), effect: 'DENY' },
  { name: 'S44 a grant to a role serves its sessions', ask: granted(APP, { principal: APP_SESSION }), effect: 'ALLOW' },
  { name: 'S44 a grant to one session serves it', ask: granted(APP_SESSION, { principal: APP_SESSION }), effect: 'ALLOW' },
  { name: 'S44 a grant to one session serves no other', ask: granted(`${APP_SESSION}x`, { principal: APP_SESSION }), effect: 'DENY' },
  { name: 'S44 whether the session of a role is that one is not known', ask: granted(APP_SESSION, { principal: APP }), effect: 'CONDITIONAL' },
  { name: 'S44 a grant to a federated user', ask: granted(FEDERATED, { principal: FEDERATED }), effect: 'ALLOW' },
  {
    name: 'S44 a grant to a service in a Region',
    ask: granted('dynamodb.eu-west-1.amazonaws.com', { principal: 'dynamodb.amazonaws.com' }),
    effect: 'ALLOW',
  },
  { name: 'S44 a grant to the account is one to its root user', ask: granted(ROOT, { principal: ROOT }), effect: 'ALLOW' },
  { name: 'S44 and delegates to its identities', ask: granted(ROOT, { identityPolicies: admin }), effect: 'ALLOW' },
  { name: 'S44 who need policies then', ask: granted(ROOT), effect: 'DENY' },

  // "The grantee principal can be in the same account as the KMS key or a different account."
  { name: 'S44 a grantee of another account needs no identity policy', ask: granted(EVE, { principal: EVE }), effect: 'ALLOW' },
  { name: 'S44 nor does a role of another account', ask: granted(READER, { principal: READER_SESSION }), effect: 'ALLOW' },
  { name: 'S44 another account as grantee delegates', ask: granted(THEIRS, { principal: EVE, identityPolicies: admin }), effect: 'ALLOW' },
  { name: 'S44 only to whom its policies allow it', ask: granted(THEIRS, { principal: EVE, identityPolicies: [elsewhere] }), effect: 'DENY' },

  {
    name: 'S44 a deny of the identity binds',
    ask: granted(ALICE, { identityPolicies: identityDeny }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'EXPLICIT_DENY' }],
  },
  {
    name: 'S44 a deny of the identity binds in another account',
    ask: granted(EVE, { principal: EVE, identityPolicies: identityDeny }),
    effect: 'DENY',
  },
  { name: 'S44 a deny of the key policy binds', ask: granted(ALICE, { resourcePolicy: policy(deny({ ...everyone, ...decrypts })) }), effect: 'DENY' },
  {
    name: 'S44 an SCP’s deny binds',
    ask: granted(ALICE, { serviceControlPolicies: [[...admin, policy(deny(decrypts))]] }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'EXPLICIT_DENY' }],
  },
  {
    name: 'S44 an SCP level without an allow binds',
    ask: granted(ALICE, { serviceControlPolicies: [admin, [elsewhere]] }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'MISSING_ALLOW' }],
  },
  { name: 'S44 an SCP of the grantee’s account binds', ask: granted(EVE, { principal: EVE, serviceControlPolicies: [[elsewhere]] }), effect: 'DENY' },
  {
    name: 'S44 an RCP binds',
    ask: granted(EVE, { principal: EVE, resourceControlPolicies: [[policy(deny({ ...everyone, Action: 'kms:*' }))]] }),
    effect: 'DENY',
    because: [{ layer: 'RCP', kind: 'EXPLICIT_DENY' }],
  },
  { name: 'S44 a boundary does not limit a grant to the user itself', ask: granted(ALICE, { permissionsBoundary: [elsewhere] }), effect: 'ALLOW' },
  {
    name: 'S44 a boundary limits a grant to the role',
    ask: granted(APP, { principal: APP_SESSION, permissionsBoundary: [elsewhere] }),
    effect: 'DENY',
    because: [{ layer: 'BOUNDARY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S44 a session policy limits a grant to the role',
    ask: granted(APP, { principal: APP_SESSION, sessionPolicies: [elsewhere] }),
    effect: 'DENY',
    because: [{ layer: 'SESSION', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S44 a boundary limits a grantee of another account',
    ask: granted(EVE, { principal: EVE, permissionsBoundary: [elsewhere] }),
    effect: 'DENY',
  },
]

const withContext = (Constraints: JsonObject, context: JsonObject, unknownContext: Json = false): JsonObject =>
  use({ kmsGrants: [grant(ALICE, { Constraints })], context, unknownContext })
const finance = { 'kms:EncryptionContext:Department': 'Finance', 'kms:EncryptionContextKeys': 'Department' }

/** https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-constraints */
const constraints: readonly Case[] = [
  {
    name: 'S44 the encryption context holds the pair',
    ask: withContext({ EncryptionContextSubset: { Department: 'Finance' } }, finance),
    effect: 'ALLOW',
  },
  { name: 'S44 the pair has another value', ask: withContext({ EncryptionContextSubset: { Department: 'IT' } }, finance), effect: 'DENY' },
  { name: 'S44 there is no encryption context', ask: withContext({ EncryptionContextSubset: { Department: 'Finance' } }, {}), effect: 'DENY' },
  {
    name: 'S44 the encryption context is not known',
    ask: withContext({ EncryptionContextSubset: { Department: 'Finance' } }, {}, true),
    effect: 'CONDITIONAL',
  },
  { name: 'S44 values are literal', ask: withContext({ EncryptionContextSubset: { Department: 'F*' } }, finance), effect: 'DENY' },
  {
    name: 'S44 a subset may be of more pairs',
    ask: withContext({ EncryptionContextSubset: { Department: 'Finance' } }, { ...finance, 'kms:EncryptionContextKeys': ['Department', 'Purpose'] }),
    effect: 'ALLOW',
  },
  {
    name: 'S44 an exact context may not',
    ask: withContext({ EncryptionContextEquals: { Department: 'Finance' } }, { ...finance, 'kms:EncryptionContextKeys': ['Department', 'Purpose'] }),
    effect: 'DENY',
  },
  { name: 'S44 an exact context', ask: withContext({ EncryptionContextEquals: { Department: 'Finance' } }, finance), effect: 'ALLOW' },
  {
    name: 'S44 operations without encryption context are not constrained',
    ask: use({
      action: 'kms:DescribeKey',
      kmsGrants: [grant(ALICE, { Operations: ['DescribeKey'], Constraints: { EncryptionContextSubset: { a: 'b' } } })],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S44 the retiring principal retires the grant',
    ask: use({ action: 'kms:RetireGrant', kmsGrants: [grant(EVE, { RetiringPrincipal: ALICE })] }),
    effect: 'ALLOW',
  },
  { name: 'S44 and does nothing else', ask: use({ kmsGrants: [grant(EVE, { RetiringPrincipal: ALICE })] }), effect: 'DENY' },
  { name: 'S44 the grantee retires it only where it says so', ask: granted(ALICE, { action: 'kms:RetireGrant' }), effect: 'DENY' },
  {
    name: 'S44 the account that made the grant may retire it',
    ask: use({ action: 'kms:RetireGrant', identityPolicies: admin, kmsGrants: [grant(EVE, { IssuingAccount: ROOT })] }),
    effect: 'ALLOW',
  },
  {
    name: 'S44 who may create grants by a grant passes on only what it gives',
    ask: use({ action: 'kms:CreateGrant', unknownContext: true, kmsGrants: [grant(ALICE, { Operations: ['Decrypt', 'CreateGrant'] })] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S44 that it does not give can not be passed on',
    ask: use({
      action: 'kms:CreateGrant',
      context: { 'kms:GrantOperations': ['Encrypt'] },
      kmsGrants: [grant(ALICE, { Operations: ['Decrypt', 'CreateGrant'] })],
    }),
    effect: 'DENY',
  },
]

const denyAll: Json = [[policy(deny({ ...everyone, Action: 'kms:*' }))]]
const managed = (changes: JsonObject): JsonObject =>
  use({ resourcePolicy: policy(allow({ ...aws(ROOT), Action: 'kms:*' })), identityPolicies: admin, resourceControlPolicies: denyAll, ...changes })

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html: "RCPs can't restrict AWS managed keys" */
const managers: readonly Case[] = [
  { name: 'S22 an RCP binds a key that customers manage', ask: managed({ keyManager: 'CUSTOMER' }), effect: 'DENY' },
  { name: 'S22 and one of which nothing is said', ask: managed({}), effect: 'DENY' },
  { name: 'S22 a key that AWS manages escapes', ask: managed({ keyManager: 'AWS' }), effect: 'ALLOW' },
]

const SUBNET = `arn:aws:ec2:eu-west-1:${OURS}:subnet/subnet-1`
const share = (...principals: readonly string[]): JsonObject => ({ permissions: [['ec2:CreateTags']], principals })
const shared = (changes: JsonObject): JsonObject =>
  ask({
    principal: EVE,
    identityPolicies: admin,
    action: 'ec2:CreateTags',
    resource: { arn: SUBNET, account: OURS },
    resourceShares: [share(THEIRS)],
    ...changes,
  })
const ORGANIZATION = 'arn:aws:organizations::777788889999:organization/o-1'
const UNIT = 'arn:aws:organizations::777788889999:ou/o-1/ou-1-a'

/** https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html */
const shares: readonly Case[] = [
  { name: 'S44 a share lets another account in', ask: shared({}), effect: 'ALLOW' },
  { name: 'S44 without it nothing does', ask: shared({ resourceShares: [] }), effect: 'DENY' },
  { name: 'S44 the account then delegates', ask: shared({ identityPolicies: [] }), effect: 'DENY' },
  { name: 'S44 a share is with whom it names', ask: shared({ resourceShares: [share(OURS)] }), effect: 'DENY' },
  {
    name: 'S44 of what its permissions name',
    ask: shared({ resourceShares: [{ ...share(THEIRS), permissions: [['ec2:DeleteTags']] }] }),
    effect: 'DENY',
  },
  { name: 'S44 with one user', ask: shared({ resourceShares: [share(EVE)] }), effect: 'ALLOW' },
  {
    name: 'S44 with an organization',
    ask: shared({ resourceShares: [share(ORGANIZATION)], context: { 'aws:PrincipalOrgID': 'o-1' } }),
    effect: 'ALLOW',
  },
  { name: 'S44 not with another', ask: shared({ resourceShares: [share(ORGANIZATION)], context: { 'aws:PrincipalOrgID': 'o-2' } }), effect: 'DENY' },
  {
    name: 'S44 whose organization may not be known',
    ask: shared({ resourceShares: [share(ORGANIZATION)], unknownContext: true }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S44 with a unit',
    ask: shared({ resourceShares: [share(UNIT)], context: { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1-a/' } }),
    effect: 'ALLOW',
  },
  {
    name: 'S44 with units below it',
    ask: shared({ resourceShares: [share(UNIT)], context: { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1-a/ou-1-b/' } }),
    effect: 'ALLOW',
  },
  {
    name: 'S44 not with units beside it',
    ask: shared({ resourceShares: [share(UNIT)], context: { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1-ab/' } }),
    effect: 'DENY',
  },
  {
    name: 'S44 a deny of the resource’s policy overrides a share',
    ask: shared({ resourcePolicy: policy(deny({ ...everyone, Action: 'ec2:*' })) }),
    effect: 'DENY',
  },
]

hold('grants on KMS keys', grants)
hold('constraints of grants', constraints)
hold('keys that AWS manages', managers)
hold('shares', shares)

describe('the condition of a grant', () => {
  test('is spelled out with the statement that asks', () => {
    const answer = simulate(withContext({ EncryptionContextSubset: { Department: 'Finance' } }, {}, true))
    expect(answer.conditions).toEqual(['kms:EncryptionContext:Department is Finance (StringEquals)'])
    expect(answer.expression).toMatchObject({ policy: 'kmsGrants[0]', statement: 'Operations' })
  })

  test('asks a service for whom it calls', () => {
    const source = 'arn:aws:dynamodb:eu-west-1:111122223333:table/a'
    const asked = use({
      principal: 'dynamodb.amazonaws.com',
      kmsGrants: [{ KeyId: KEY, GranteeServicePrincipal: 'dynamodb.amazonaws.com', Operations: ['Decrypt'], Constraints: { SourceArn: source } }],
    })
    expect(simulate(asked).effect).toBe('DENY')
    expect(simulate({ ...asked, context: { 'aws:SourceArn': source } }).effect).toBe('ALLOW')
    expect(simulate({ ...asked, unknownContext: true }).effect).toBe('CONDITIONAL')
  })
})
