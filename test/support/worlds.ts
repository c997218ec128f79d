import fc from 'fast-check'
import type { GraphFact } from '../../src/domain/facts.ts'
import type { Estate } from '../../src/estate/estate.ts'
import { ACCOUNT, type AccountSpec, type Allow, accountExport, type PrincipalSpec, roleArn, trusts, userArn } from './account.ts'
import {
  accountScope,
  aclOf,
  assignment,
  bucket,
  covered,
  entity,
  key,
  kmsGrant,
  share,
  SSO_PATH,
  ssoGroup,
  ssoRoleName,
  ssoUser,
  statements,
  trustsIdentityCenter,
  worldOf,
} from './facts.ts'

/** Generated worlds of two accounts: identities, policies on resources, ACLs, grants, shares, an SCP and Identity Center. */

export const OTHER = '444455556666'

const allow: fc.Arbitrary<Allow> = fc.record(
  {
    actions: fc.constantFrom('s3:*', 's3:GetObject', 's3:Put*', '*', 'sqs:SendMessage', 'sts:AssumeRole', 'sts:*', 'kms:*', 'glue:Get*'),
    on: fc.constantFrom('*', 'arn:aws:s3:::ours/*', 'arn:aws:s3:::*', `arn:aws:iam::${ACCOUNT}:role/r0`, 'arn:aws:s3:::ours/${aws:username}*'),
    if: fc.constantFrom(
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
      { StringEquals: { 'aws:ResourceTag/team': 'red' } },
      { StringNotEquals: { 'aws:PrincipalAccount': OTHER } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    ),
    effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Allow' as const, 'Deny' as const),
  },
  { requiredKeys: ['actions'] },
)
const policies = fc.dictionary(fc.constantFrom('p', 'q'), fc.array(allow, { minLength: 1, maxLength: 2 }), { maxKeys: 2 })
const tags = fc.constantFrom({}, { team: 'red' }, { team: 'blue' })
const boundary = fc.constantFrom(undefined, undefined, 'limit')
const account = fc.constantFrom(ACCOUNT, OTHER)
const names = (letter: string): fc.Arbitrary<string> => fc.constantFrom(0, 1, 2).map((number) => `${letter}${number}`)
const trust = fc.array(
  fc.oneof(
    account.map((id) => trusts(id)),
    names('u').map((name) => trusts(userArn(name))),
    names('r').map((name) => trusts(roleArn(name))),
    fc.constant(trusts(ACCOUNT, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    fc.constant(trusts('ec2.amazonaws.com')),
  ),
  { minLength: 1, maxLength: 2 },
)
const defined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value
const user = fc.record({ policies, tags, boundary, groups: fc.subarray(['g0', 'g1']) }).map(defined) as fc.Arbitrary<PrincipalSpec>
const role = fc.record({ policies, tags, boundary, trust }).map(defined) as fc.Arbitrary<PrincipalSpec>
/** What Identity Center makes of an assignment; now and then one of the account's own is only named so, or the role is not there. */
const ssoRole = (id: string): fc.Arbitrary<Record<string, PrincipalSpec>> =>
  fc.oneof(
    fc.constant({}),
    fc
      .record({ policies, path: fc.constantFrom(SSO_PATH, SSO_PATH, '/'), trust: fc.constantFrom([trustsIdentityCenter(id)], [trusts(ACCOUNT)]) })
      .map((spec) => ({ [ssoRoleName('Read_Only')]: spec })),
  )
const accountSpec = (id: string): fc.Arbitrary<AccountSpec> =>
  fc.record({
    account: fc.constant(id),
    users: fc.dictionary(names('u'), user, { maxKeys: 3 }),
    roles: fc.tuple(fc.dictionary(names('r'), role, { maxKeys: 3 }), ssoRole(id)).map(([own, sso]) => ({ ...own, ...sso })),
    groups: fc.record({ g0: fc.record({ policies }), g1: fc.record({ policies }) }),
    managed: fc.record({ limit: fc.array(allow, { minLength: 1, maxLength: 2 }) }),
  })

const resourceStatement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.oneof(
      fc.constant('*'),
      account.map((id) => ({ AWS: id })),
      names('u').map((name) => ({ AWS: userArn(name) })),
      names('r').map((name) => ({ AWS: roleArn(name, OTHER) })),
      fc.constant({ Service: 'sns.amazonaws.com' }),
    ),
    Action: fc.constantFrom('s3:*', 's3:GetObject'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::ours/*', 'arn:aws:s3:::theirs/*'),
    Condition: fc.constantFrom({ Bool: { 'aws:SecureTransport': 'true' } }, { StringEquals: { 'aws:PrincipalTag/team': 'red' } }),
  },
  { requiredKeys: ['Effect', 'Principal', 'Action', 'Resource'] },
)
const bucketPolicies = fc.array(
  fc.record({
    bucket: fc.constantFrom('ours', 'theirs'),
    statements: fc.array(resourceStatement, { minLength: 1, maxLength: 2 }),
  }),
  { maxLength: 2 },
)
const guardrail = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 's3:*', 's3:PutObject', 'sts:AssumeRole'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::ours/*'),
    Condition: fc.constantFrom(
      { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/r0', 'arn:aws:iam::*:user/u1'] } },
      { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    ),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
)
/** Statements of an SCP on the one account; undefined: no organisation was loaded. */
const organization = fc.option(fc.array(guardrail, { maxLength: 2 }), { nil: undefined })

const known = fc.constantFrom(undefined, true, false)
const CANONICAL = { [ACCOUNT]: 'a'.repeat(64), [OTHER]: 'b'.repeat(64) } as const
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers'
const aclGrant = fc.record({
  to: fc.constantFrom({ id: CANONICAL[ACCOUNT] }, { id: CANONICAL[OTHER] }, { uri: ALL_USERS }),
  permission: fc.constantFrom('READ', 'WRITE', 'FULL_CONTROL'),
})
const bucketSettings = fc.record({
  restrictPublicBuckets: known,
  ignorePublicAcls: known,
  abacEnabled: known,
  team: fc.constantFrom('red', 'blue'),
  acl: fc.array(aclGrant, { maxLength: 2 }),
})
const keySettings = fc.record({
  policy: fc.constantFrom(undefined, { AWS: ACCOUNT }, { AWS: userArn('u0') }, { AWS: OTHER }),
  grantee: fc.constantFrom(undefined, userArn('u1'), roleArn('r1', OTHER), 'sns.amazonaws.com', `arn:aws:iam::${OTHER}:root`),
})
const shared = fc.constantFrom(undefined, OTHER, userArn('u1', OTHER), 'arn:aws:organizations::999999999999:organization/o-abcdefghij')
/** `user` and `group` → accounts in which they are assigned Read_Only. */
const assignments = fc.record({
  disabled: fc.boolean(),
  user: fc.subarray([ACCOUNT, OTHER]),
  group: fc.subarray([ACCOUNT, OTHER]),
})
export const worlds = fc.record({
  ours: accountSpec(ACCOUNT),
  theirs: accountSpec(OTHER),
  bucketPolicies,
  organization,
  buckets: fc.record({ ours: fc.option(bucketSettings, { nil: undefined }), theirs: fc.option(bucketSettings, { nil: undefined }) }),
  key: keySettings,
  shared,
  assignments,
})
export type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never

const FULL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

function organizationTree(scp: readonly unknown[]): object {
  const managed = (name: string, Content: object): object => ({
    Id: `p-${name}`,
    Arn: `arn:aws:organizations::999999999999:policy/o-abcdefghij/service_control_policy/p-${name}`,
    Name: name,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: false,
    Content,
  })
  const member = (id: string, Policies: readonly object[]): object => ({
    Id: id,
    Arn: `arn:aws:organizations::999999999999:account/o-abcdefghij/${id}`,
    Name: id,
    Type: 'Account',
    Policies,
  })
  const own = scp.length === 0 ? [] : [managed('own', { Version: '2012-10-17', Statement: scp })]
  return {
    Id: 'r-abcd',
    Arn: 'arn:aws:organizations::999999999999:root/o-abcdefghij/r-abcd',
    Name: 'Root',
    Policies: [managed('full', FULL)],
    Children: [member(ACCOUNT, [managed('full', FULL), ...own]), member(OTHER, [managed('full', FULL)])],
  }
}

export function buildWorld(spec: World): Promise<Estate> {
  const { ours, theirs, bucketPolicies: policiesOfBuckets, organization: scp } = spec
  const unique = new Map(policiesOfBuckets.map((one) => [one.bucket, one]))
  const resources = [...unique.values()].map(({ bucket: name, statements: list }) => ({
    Resource: `arn:aws:s3:::${name}`,
    Policy: { Version: '2012-10-17', Statement: list },
    Account: name === 'ours' ? ACCOUNT : OTHER,
  }))
  return worldOf({
    files: {
      'ours.json': accountExport(ours),
      'theirs.json': accountExport(theirs),
      ...(resources.length === 0 ? {} : { 'buckets.json': resources }),
      ...(scp === undefined ? {} : { 'organization.json': organizationTree(scp) }),
    },
    facts: [
      accountScope(ACCOUNT, { canonicalUserId: CANONICAL[ACCOUNT] }),
      accountScope(OTHER, { canonicalUserId: CANONICAL[OTHER] }),
      ...bucketFacts(spec),
      keyFacts(spec),
      shareFacts(spec),
      identityCenterFacts(spec),
    ],
    coverage: [covered('aws:sso:999999999999')],
  })
}

function bucketFacts({ buckets }: World): GraphFact[][] {
  return (['ours', 'theirs'] as const).flatMap((name) => {
    const settings = buckets[name]
    if (settings === undefined) return []
    const { team, acl, ...flags } = settings
    const stated = bucket(name, { scope: name === 'ours' ? ACCOUNT : OTHER, properties: { ...defined(flags), tags: [`team=${team}`] } as object })
    return [
      [
        stated,
        ...(acl.length === 0
          ? []
          : aclOf(
              stated,
              acl.map(({ to, permission }) => ({ ...to, permission })),
            )),
      ],
    ]
  })
}

function keyFacts({ key: { policy, grantee } }: World): GraphFact[] {
  const document = policy === undefined ? null : statements({ Effect: 'Allow', Principal: policy, Action: 'kms:*', Resource: '*' })
  const stated = key('k', { document })
  return [stated, ...(grantee === undefined ? [] : kmsGrant(stated, grantee, ['Decrypt', 'Encrypt']))]
}

function shareFacts({ shared: principal }: World): GraphFact[] {
  const database = entity('Resource', `arn:aws:glue:eu-west-1:${ACCOUNT}:database/sales`, { kind: 'AWS::Glue::Database' })
  return [database, ...(principal === undefined ? [] : share(database, [['glue:GetDatabase']], [principal]))]
}

function identityCenterFacts({ assignments: { disabled, user: own, group } }: World): GraphFact[] {
  const ada = ssoUser('11111111-aaaa', 'ada', { state: disabled ? 'DISABLED' : 'ENABLED' })
  const ben = ssoUser('22222222-bbbb', 'ben')
  const team = ssoGroup('99999999-gggg', 'team', [ada, ben])
  return [ada, ben, ...team, ...own.flatMap((id) => assignment(ada, 'Read_Only', id)), ...group.flatMap((id) => assignment(team[0], 'Read_Only', id))]
}
