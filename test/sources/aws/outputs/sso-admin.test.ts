import { describe, expect, test } from 'vitest'
import { ACCOUNT, bundle, failed, loose } from './bundle.ts'

/** IAM Identity Center, as `aws sso-admin …` prints it. */

const INSTANCE = 'arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6'
const STORE = 'd-9067642ac7'
const ADMIN = 'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-0123456789abcdef'
const AUDIT = 'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-fedcba9876543210'
const ANN = '90676420a1-11111111-2222-4333-8444-555555555555'
const ADMINS = '90676420a1-99999999-8888-4777-8666-555555555555'
const SHOP = '444455556666'
const INLINE = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}'

const assignment = (set: string, account: string, type: string, id: string): object => ({
  AccountId: account,
  PermissionSetArn: set,
  PrincipalType: type,
  PrincipalId: id,
})
const at = (operation: string, ...subject: readonly string[]): string =>
  `global/sso-admin/${operation}${subject.length === 0 ? '' : `/${encodeURIComponent(subject.join('/'))}`}`
const instances = {
  Instances: [{ InstanceArn: INSTANCE, IdentityStoreId: STORE, OwnerAccountId: ACCOUNT, CreatedDate: 1700000000.5, Status: 'ACTIVE' }],
}
const described = (arn: string, name: string): object => ({
  PermissionSet: {
    Name: name,
    PermissionSetArn: arn,
    Description: 'For the team',
    CreatedDate: '2024-01-02T03:04:05+00:00',
    SessionDuration: 'PT1H30M',
  },
})

/** As the live collection writes it: one permission set with all that it can have, and one with nothing. */
const collected = {
  [at('list-instances')]: instances,
  [at('list-permission-sets', INSTANCE)]: { PermissionSets: [ADMIN, AUDIT] },
  [at('describe-permission-set', ADMIN)]: described(ADMIN, 'Team_Admin'),
  [at('describe-permission-set', AUDIT)]: described(AUDIT, 'Audit'),
  [at('list-managed-policies-in-permission-set', ADMIN)]: {
    AttachedManagedPolicies: [{ Name: 'ReadOnlyAccess', Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
  },
  [at('list-managed-policies-in-permission-set', AUDIT)]: { AttachedManagedPolicies: [] },
  [at('list-customer-managed-policy-references-in-permission-set', ADMIN)]: {
    CustomerManagedPolicyReferences: [{ Name: 'Deploy', Path: '/team/' }, { Name: 'Base' }],
  },
  [at('get-inline-policy-for-permission-set', ADMIN)]: { InlinePolicy: INLINE },
  [at('get-inline-policy-for-permission-set', AUDIT)]: { InlinePolicy: '' },
  [at('get-permissions-boundary-for-permission-set', ADMIN)]: {
    PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'Limit', Path: '/' } },
  },
  [at('get-permissions-boundary-for-permission-set', AUDIT)]: failed('ResourceNotFoundException'),
  [at('list-accounts-for-provisioned-permission-set', ADMIN)]: { AccountIds: [SHOP, ACCOUNT] },
  [at('list-accounts-for-provisioned-permission-set', AUDIT)]: { AccountIds: [] },
  [at('list-account-assignments', ADMIN, SHOP)]: {
    AccountAssignments: [assignment(ADMIN, SHOP, 'USER', ANN), assignment(ADMIN, SHOP, 'GROUP', ADMINS)],
  },
  [at('list-account-assignments', ADMIN, ACCOUNT)]: { AccountAssignments: [] },
}

const without = (...places: readonly string[]): Record<string, object> =>
  Object.fromEntries(Object.entries(collected).filter(([name]) => !places.includes(name)))

describe('outputs of sso-admin', () => {
  test('are the instance, its permission sets with their policies, and who is assigned them where', async () => {
    const facts = await bundle(collected)
    expect(facts.findings).toEqual([])
    expect(facts.coverage).toEqual([`aws:sso:${ACCOUNT} complete`])
    expect(facts.entity(STORE)).toMatchObject({
      label: 'Scope',
      kind: 'AwsIdentityStore',
      scope: ACCOUNT,
      properties: { aliases: [INSTANCE], state: 'ACTIVE', createdAt: '2023-11-14T22:13:20.500Z' },
    })
    expect(facts.entity(ADMIN)).toMatchObject({
      label: 'Role',
      kind: 'AwsPermissionSet',
      name: 'Team_Admin',
      scope: STORE,
      document: INLINE,
      origin: { place: 'InlinePolicy' },
      properties: {
        description: 'For the team',
        maxSessionSeconds: 5400,
        createdAt: '2024-01-02T03:04:05.000Z',
        managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        customerManagedPolicies: ['/Base', '/team/Deploy'],
        permissionsBoundary: '/Limit',
      },
    })
    expect(facts.entity(AUDIT)).toMatchObject({ name: 'Audit', document: null, properties: { managedPolicies: [] } })
    expect(facts.entity(`${ADMIN}->${SHOP}/${ANN}`)).toMatchObject({
      label: 'Grant',
      kind: 'AwsAccountAssignment',
      name: `Team_Admin in ${SHOP}`,
      scope: SHOP,
      document: null,
    })
    const grants = [ANN, ADMINS].map((id) => ({ id, grant: `${ADMIN}->${SHOP}/${id}` }))
    expect(facts.arrows).toEqual(
      [
        `${ACCOUNT} CONTAINS ${STORE}`,
        `${STORE} CONTAINS ${ADMIN}`,
        `${STORE} CONTAINS ${AUDIT}`,
        ...grants.flatMap(({ id, grant }) => [`${id} HOLDS ${grant}`, `${grant} GIVES ${ADMIN}`, `${grant} AT ${SHOP}`]),
      ].sort(),
    )
  })

  test('name users, groups and accounts that no file lists; those are known by their ids alone', async () => {
    const facts = await bundle(collected)
    expect(facts.entity(ANN)).toMatchObject({ kind: 'IdentityCenterUser', name: ANN, scope: null, properties: { nature: 'HUMAN' }, coverage: [] })
    expect(facts.entity(ADMINS)).toMatchObject({ kind: 'IdentityCenterGroup', properties: { nature: 'GROUP' }, coverage: [] })
    expect(facts.entity(SHOP)).toMatchObject({ kind: 'AwsAccount', coverage: [] })
  })

  test('are recognised where nothing says what they are, if they name what they are about', async () => {
    const facts = await loose({
      'who.json': { UserId: 'AIDAEXAMPLE', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` },
      'a.json': instances,
      'b.json': { permissionSets: [ADMIN] },
      'c.json': described(ADMIN, 'Team_Admin'),
      'd.json': { accountAssignments: [{ accountId: SHOP, permissionSetArn: ADMIN, principalType: 'USER', principalId: ANN }] },
    })
    expect(facts.findings).toEqual([])
    expect(facts.entity(ADMIN)).toMatchObject({ name: 'Team_Admin', scope: STORE })
    expect(facts.arrows).toEqual(expect.arrayContaining([`${ANN} HOLDS ${ADMIN}->${SHOP}/${ANN}`, `${STORE} CONTAINS ${ADMIN}`]))
  })

  test('pages of policies are one list', async () => {
    const first = { AttachedManagedPolicies: [{ Name: 'B', Arn: 'arn:aws:iam::aws:policy/B' }], NextToken: 'more' }
    const place = at('list-managed-policies-in-permission-set', ADMIN)
    const facts = await bundle({
      ...collected,
      [place]: first,
      [`${place}.0002`]: { AttachedManagedPolicies: [{ Name: 'A', Arn: 'arn:aws:iam::aws:policy/A' }] },
    })
    expect(facts.findings).toEqual([])
    expect(facts.entity(ADMIN)?.properties.managedPolicies).toEqual(['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'])
  })

  test('assignments may be listed by principal, whom the subject names where the rows do not', async () => {
    const facts = await bundle({
      ...without(at('list-account-assignments', ADMIN, SHOP), at('list-account-assignments', ADMIN, ACCOUNT)),
      [at('list-account-assignments-for-principal', 'USER', ANN)]: { AccountAssignments: [{ AccountId: SHOP, PermissionSetArn: ADMIN }] },
      [at('list-account-assignments-for-principal', ADMINS)]: { AccountAssignments: [assignment(ADMIN, SHOP, 'GROUP', ADMINS)] },
    })
    expect(facts).toMatchObject({ findings: [], arrows: (await bundle(collected)).arrows })
  })

  test('broken rows lose no others', async () => {
    const facts = await bundle({
      ...collected,
      [at('list-account-assignments', ADMIN, SHOP)]: {
        AccountAssignments: [
          { AccountId: 'x', PermissionSetArn: ADMIN },
          assignment(ADMIN, SHOP, 'ROBOT', ANN),
          assignment(ADMIN, SHOP, 'USER', ANN),
        ],
      },
    })
    expect(facts.findings.map((finding) => finding.replace(/\S+\.json/, 'FILE'))).toEqual([
      'WRONG_SHAPE FILE AccountAssignments[0].AccountId',
      'WRONG_SHAPE FILE AccountAssignments[1]',
    ])
    expect(facts.arrows).toContain(`${ANN} HOLDS ${ADMIN}->${SHOP}/${ANN}`)
    expect(facts.coverage).toEqual([`aws:sso:${ACCOUNT} incomplete`])
  })
})

describe('what outputs of sso-admin lack', () => {
  test.each([
    ['assignments where a permission set is provisioned', at('list-account-assignments', ADMIN, ACCOUNT)],
    ['where a permission set is provisioned, with its assignments', at('list-accounts-for-provisioned-permission-set', AUDIT)],
    ['the description of a permission set, so that its role is not known', at('describe-permission-set', ADMIN)],
  ])('%s', async (_, place) => {
    const facts = await bundle(without(place))
    expect(facts.findings).toHaveLength(1)
    expect(facts.findings[0]).toMatch(/^EXPORT_TRUNCATED /)
    expect(facts.coverage).toEqual([`aws:sso:${ACCOUNT} incomplete`])
  })

  test('what was refused is a gap', async () => {
    const facts = await bundle({ ...collected, [at('list-account-assignments', ADMIN, ACCOUNT)]: failed('AccessDeniedException') })
    expect(facts.findings.every((finding) => finding.startsWith('EXPORT_TRUNCATED'))).toBe(true)
    expect(facts.coverage).toEqual([`aws:sso:${ACCOUNT} incomplete`])
  })

  test('a delegated administrator is not shown the assignments in the management account', async () => {
    const facts = await bundle({
      ...collected,
      [at('list-instances')]: { Instances: [{ InstanceArn: INSTANCE, IdentityStoreId: STORE, OwnerAccountId: '999988887777' }] },
    })
    expect(facts.findings).toHaveLength(1)
    expect(facts.text).toContain('999988887777')
    expect(facts.coverage).toEqual([`aws:sso:${ACCOUNT} incomplete`])
  })

  test('an account without Identity Center lacks nothing', async () => {
    expect(await bundle({ [at('list-instances')]: { Instances: [] } })).toMatchObject({ findings: [], coverage: [`aws:sso:${ACCOUNT} complete`] })
  })
})
