import { describe, expect, test } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { folderOf } from '../sources/reading.ts'
import { accountExport, roleArn } from '../support/account.ts'
import { estateAt } from '../support/estate.ts'
import { SSO_PATH, ssoRoleArn, ssoRoleName, trustsIdentityCenter } from '../support/facts.ts'

/** What the outputs of organizations, sso-admin, identitystore and ram come to in answers. o-… → root → workloads → production → APP. */

const MANAGEMENT = '999988887777'
const APP = '111122223333'
const LEVELS = ['r-ab12', 'ou-ab12-work0001', 'ou-ab12-prod0001', APP]
const arnOf = (rest: string): string => `arn:aws:organizations::${MANAGEMENT}:${rest}`
const scpOf = (id: string): object => ({
  Id: id,
  Arn: arnOf(`policy/o-abc1234567/service_control_policy/${id}`),
  Name: id,
  Type: 'SERVICE_CONTROL_POLICY',
})
const document = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const policy = (id: string, content: string, ...targets: readonly string[]): Record<string, object> => ({
  [at('organizations', 'describe-policy', id)]: { Policy: { PolicySummary: scpOf(id), Content: content } },
  [at('organizations', 'list-targets-for-policy', id)]: { Targets: targets.map((TargetId) => ({ TargetId })) },
})
const at = (service: string, operation: string, ...subject: readonly string[]): string =>
  `${MANAGEMENT}/global/${service}/${operation}${subject.length === 0 ? '' : `/${encodeURIComponent(subject.join('/'))}`}.json`
const unit = (id: string): object => ({ OrganizationalUnits: [{ Id: id, Arn: arnOf(`ou/o-abc1234567/${id}`), Name: id }] })

const organization = (...types: readonly string[]): Record<string, object> => ({
  [at('organizations', 'list-roots')]: {
    Roots: [{ Id: 'r-ab12', Arn: arnOf('root/o-abc1234567/r-ab12'), Name: 'Root', PolicyTypes: types.map((Type) => ({ Type, Status: 'ENABLED' })) }],
  },
  [at('organizations', 'list-organizational-units-for-parent', 'r-ab12')]: unit('ou-ab12-work0001'),
  [at('organizations', 'list-organizational-units-for-parent', 'ou-ab12-work0001')]: unit('ou-ab12-prod0001'),
  [at('organizations', 'list-accounts-for-parent', 'ou-ab12-prod0001')]: {
    Accounts: [{ Id: APP, Arn: arnOf(`account/o-abc1234567/${APP}`), Name: 'app', State: 'ACTIVE' }],
  },
  [at('organizations', 'list-policies', 'SERVICE_CONTROL_POLICY')]: { Policies: [scpOf('p-full0001'), scpOf('p-nolambda')] },
  ...policy('p-full0001', document({ Effect: 'Allow', Action: '*', Resource: '*' }), ...LEVELS),
  ...policy('p-nolambda', document({ Sid: 'NoLambda', Effect: 'Deny', Action: 'lambda:*', Resource: '*' }), 'ou-ab12-work0001'),
})

const SCP = 'SERVICE_CONTROL_POLICY'
const app = accountExport({
  account: APP,
  roles: {
    ops: { policies: { all: [{ actions: '*' }] } },
    [ssoRoleName('Team_Ops')]: { path: SSO_PATH, policies: { p: [{ actions: 's3:GetObject' }] }, trust: [trustsIdentityCenter(APP)] },
  },
})
const estateOf = async (files: Readonly<Record<string, object>>): Promise<Estate> => estateAt([await folderOf({ 'app.json': app, ...files })])
const asking = (estate: Estate, action: string, target: string) =>
  checkAccess(estate, { principal: roleArn('ops', APP), action, target, account: APP })

const FUNCTION = `arn:aws:lambda:eu-west-1:${APP}:function:f`

describe('an organisation from its outputs', () => {
  test('a policy two levels up blocks, and nothing else is taken away', async () => {
    const estate = await estateOf(organization(SCP))
    const decision = asking(estate, 'lambda:InvokeFunction', FUNCTION)
    expect(decision.effect).toBe('DENY')
    expect(decision.because).toMatchObject([{ layer: 'SCP', level: 1 }])
    expect(asking(estate, 's3:ListAllMyBuckets', '*').effect).toBe('ALLOW')
  })

  test('where service control policies are not enabled, none of them blocks and none is needed', async () => {
    const estate = await estateOf(organization('TAG_POLICY'))
    expect(asking(estate, 'lambda:InvokeFunction', FUNCTION).effect).toBe('ALLOW')
  })

  test('where it was not told what a policy is attached to, nothing is certain, neither access nor its want', async () => {
    const { [at('organizations', 'list-targets-for-policy', 'p-full0001')]: _, ...files } = organization(SCP)
    expect(asking(await estateOf(files), 's3:ListAllMyBuckets', '*').effect).toBe('CONDITIONAL')
    expect(asking(await estateOf(files), 'lambda:InvokeFunction', FUNCTION).effect).toBe('DENY')
  })

  test('where it was not told what lies above a unit, access is not certain', async () => {
    const { [at('organizations', 'list-organizational-units-for-parent', 'ou-ab12-work0001')]: _, ...rest } = organization(SCP)
    const files = { ...rest, [at('organizations', 'list-parents', APP)]: { Parents: [{ Id: 'ou-ab12-prod0001', Type: 'ORGANIZATIONAL_UNIT' }] } }
    expect(asking(await estateOf(files), 'lambda:InvokeFunction', FUNCTION).effect).toBe('CONDITIONAL')
  })

  test('where no policies were collected, answers carry a caveat', async () => {
    const files = Object.entries(organization(SCP)).filter(([name]) => !/polic/.test(name))
    const decision = asking(await estateOf(Object.fromEntries(files)), 'lambda:InvokeFunction', FUNCTION)
    expect(decision.effect).toBe('ALLOW')
    expect(decision.caveats.map(({ code, source }) => `${code} ${source}`)).toContain('EXPORT_TRUNCATED aws:organizations:o-abc1234567')
  })
})

const INSTANCE = 'arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6'
const SET = 'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-0123456789abcdef'
const STORE = 'd-9067642ac7'
const identityCenter = {
  [at('sso-admin', 'list-instances')]: { Instances: [{ InstanceArn: INSTANCE, IdentityStoreId: STORE, OwnerAccountId: MANAGEMENT }] },
  [at('sso-admin', 'list-permission-sets', INSTANCE)]: { PermissionSets: [SET] },
  [at('sso-admin', 'describe-permission-set', SET)]: { PermissionSet: { Name: 'Team_Ops', PermissionSetArn: SET } },
  [at('sso-admin', 'list-accounts-for-provisioned-permission-set', SET)]: { AccountIds: [APP] },
  [at('sso-admin', 'list-account-assignments', SET, APP)]: {
    AccountAssignments: [{ AccountId: APP, PermissionSetArn: SET, PrincipalType: 'GROUP', PrincipalId: 'group-1' }],
  },
  [at('identitystore', 'list-users', STORE)]: {
    Users: [
      { UserId: 'user-1', UserName: 'ann', IdentityStoreId: STORE, UserStatus: 'ENABLED' },
      { UserId: 'user-2', UserName: 'bob', IdentityStoreId: STORE, UserStatus: 'DISABLED' },
      { UserId: 'user-3', UserName: 'cyd', IdentityStoreId: STORE, UserStatus: 'ENABLED' },
    ],
  },
  [at('identitystore', 'list-groups', STORE)]: { Groups: [{ GroupId: 'group-1', DisplayName: 'Team', IdentityStoreId: STORE }] },
  [at('identitystore', 'list-group-memberships', 'group-1')]: {
    GroupMemberships: ['user-1', 'user-2'].map((UserId) => ({ GroupId: 'group-1', MemberId: { UserId } })),
  },
}

test('people of Identity Center reach what the roles of their groups do, unless they are disabled', async () => {
  const estate = await estateOf(identityCenter)
  const reached = whoCanReach(estate, { target: 'arn:aws:s3:::data/a', actions: ['s3:GetObject'], account: APP })
  const people = reached.edges.map(({ node }) => node).filter(({ principal }) => principal.kind === 'IdentityCenterUser')
  expect(people.map(({ principal, via, certainty }) => [principal.name, via, certainty])).toEqual([['ann', 'FEDERATION', 'ALLOWED']])
  const signIn = checkAccess(estate, { principal: 'ann', action: 'sts:AssumeRoleWithSAML', target: ssoRoleArn('Team_Ops', APP) })
  expect(signIn.effect).toBe('ALLOW')
})

const OWNER = '444455556666'
const SHARE = `arn:aws:ram:eu-west-1:${OWNER}:resource-share/7ab63972`
const TABLE = `arn:aws:glue:eu-west-1:${OWNER}:database/sales`
const PERMISSION = 'arn:aws:ram::aws:permission/AWSRAMPermissionGlueDatabase'
const row = { arn: PERMISSION, version: '1', resourceType: 'glue:Database' }
const ramAt = (operation: string, subject: string): string => `${OWNER}/eu-west-1/ram/${operation}/${encodeURIComponent(subject)}.json`
const shared = {
  [ramAt('get-resource-shares', 'SELF')]: { resourceShares: [{ resourceShareArn: SHARE, name: 'sales', status: 'ACTIVE' }] },
  [ramAt('list-resources', 'SELF')]: { resources: [{ arn: TABLE, type: 'glue:Database', resourceShareArn: SHARE }] },
  [ramAt('list-principals', 'SELF')]: { principals: [{ id: APP, resourceShareArn: SHARE }] },
  [ramAt('list-resource-share-permissions', SHARE)]: { permissions: [row] },
  [ramAt('get-permission', PERMISSION)]: { permission: { ...row, permission: '{"Effect":"Allow","Action":["glue:GetDatabase"]}' } },
}

describe('a resource share from its outputs', () => {
  test('lets in whom it names for what its permission allows', async () => {
    const estate = await estateOf(shared)
    expect(asking(estate, 'glue:GetDatabase', TABLE).effect).toBe('ALLOW')
    expect(asking(estate, 'glue:DeleteDatabase', TABLE).effect).toBe('DENY')
  })

  test('leaves open what it allows where the permission was not collected', async () => {
    const { [ramAt('get-permission', PERMISSION)]: _, ...files } = shared
    expect(asking(await estateOf(files), 'glue:GetDatabase', TABLE).effect).toBe('CONDITIONAL')
  })
})
