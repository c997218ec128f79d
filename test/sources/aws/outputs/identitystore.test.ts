import { describe, expect, test } from 'vitest'
import { ACCOUNT, bundle, loose } from './bundle.ts'

/** The identity store of IAM Identity Center, as `aws identitystore …` prints it. */

const STORE = 'd-9067642ac7'
const ANN = '90676420a1-11111111-2222-4333-8444-555555555555'
const BOB = '90676420a1-22222222-2222-4333-8444-555555555555'
const ADMINS = '90676420a1-99999999-8888-4777-8666-555555555555'

const ann = {
  UserName: 'ann',
  UserId: ANN,
  ExternalIds: [{ Issuer: 'https://scim.aws.com/oKtaexample', Id: '00u1abcd' }],
  Name: { FamilyName: 'Lee', GivenName: 'Ann' },
  DisplayName: 'Ann Lee',
  Emails: [{ Value: 'a.lee@example.org' }, { Value: 'ann@example.com', Type: 'work', Primary: true }],
  UserStatus: 'ENABLED',
  IdentityStoreId: STORE,
  CreatedAt: '2024-01-02T03:04:05+00:00',
}
const bob = { UserName: 'bob', UserId: BOB, UserStatus: 'DISABLED', IdentityStoreId: STORE }
const admins = {
  GroupId: ADMINS,
  DisplayName: 'Admins',
  Description: 'May do all',
  ExternalIds: [{ Issuer: 'okta', Id: '00g1' }],
  IdentityStoreId: STORE,
}
const membership = { IdentityStoreId: STORE, MembershipId: 'm-1', GroupId: ADMINS, MemberId: { UserId: ANN } }

const collected = {
  [`global/identitystore/list-users/${STORE}`]: { Users: [ann, bob] },
  [`global/identitystore/list-groups/${STORE}`]: { Groups: [admins] },
  [`global/identitystore/list-group-memberships/${ADMINS}`]: { GroupMemberships: [membership] },
}

describe('outputs of identitystore', () => {
  test('are people and groups, by all that they go by, and who is in which', async () => {
    const facts = await bundle(collected)
    expect(facts.findings).toEqual([])
    expect(facts.coverage).toEqual([`aws:identitystore:${ACCOUNT} complete`])
    expect(facts.entity(ANN)).toMatchObject({
      label: 'Principal',
      kind: 'IdentityCenterUser',
      name: 'ann',
      scope: STORE,
      properties: {
        nature: 'HUMAN',
        aliases: ['Ann Lee', 'a.lee@example.org', 'ann', 'ann@example.com'],
        email: 'ann@example.com',
        state: 'ENABLED',
        externalIds: ['https://scim.aws.com/oKtaexample=00u1abcd'],
        createdAt: '2024-01-02T03:04:05.000Z',
      },
    })
    expect(facts.entity(BOB)?.properties).toEqual({ nature: 'HUMAN', aliases: ['bob'], state: 'DISABLED' })
    expect(facts.entity(ADMINS)).toMatchObject({
      kind: 'IdentityCenterGroup',
      name: 'Admins',
      scope: STORE,
      properties: { nature: 'GROUP', description: 'May do all', externalIds: ['okta=00g1'] },
    })
    expect(facts.entity(STORE)).toMatchObject({ kind: 'AwsIdentityStore', coverage: [] })
    expect(facts.arrows).toEqual(
      [`${ANN} MEMBER_OF ${ADMINS}`, `${STORE} CONTAINS ${ADMINS}`, `${STORE} CONTAINS ${ANN}`, `${STORE} CONTAINS ${BOB}`].sort(),
    )
  })

  test('say the same where nothing says what they are', async () => {
    const files = Object.fromEntries(Object.values(collected).map((output, index) => [`${index}.json`, output]))
    const caller = { UserId: 'AIDAEXAMPLE', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` }
    expect((await loose({ ...files, 'caller.json': caller })).facts).toEqual((await bundle(collected)).facts)
  })

  test('the subject tells the store, the group or the member that rows leave out', async () => {
    const { IdentityStoreId: _, ...anywhere } = bob
    const facts = await bundle({
      [`global/identitystore/list-users/${STORE}`]: { Users: [anywhere] },
      [`global/identitystore/list-group-memberships/${ADMINS}`]: { GroupMemberships: [{ MemberId: { UserId: ANN } }] },
      [`global/identitystore/list-group-memberships-for-member/${BOB}`]: { GroupMemberships: [{ GroupId: ADMINS }] },
    })
    expect(facts.findings).toEqual([])
    expect(facts.arrows).toEqual([`${ANN} MEMBER_OF ${ADMINS}`, `${BOB} MEMBER_OF ${ADMINS}`, `${STORE} CONTAINS ${BOB}`].sort())
  })

  test('a group whose members were not listed is a gap, unless the groups of every user were', async () => {
    const { [`global/identitystore/list-group-memberships/${ADMINS}`]: _, ...rest } = collected
    const facts = await bundle(rest)
    expect(facts.findings).toEqual([`EXPORT_TRUNCATED ${STORE}.json`])
    expect(facts.coverage).toEqual([`aws:identitystore:${ACCOUNT} incomplete`])
    const ofMembers = {
      [`global/identitystore/list-group-memberships-for-member/${ANN}`]: { GroupMemberships: [membership] },
      [`global/identitystore/list-group-memberships-for-member/${BOB}`]: { GroupMemberships: [] },
    }
    expect(await bundle({ ...rest, ...ofMembers })).toMatchObject({ findings: [], facts: (await bundle(collected)).facts })
  })

  test('a group that has no members has none', async () => {
    const empty = { ...collected, [`global/identitystore/list-group-memberships/${ADMINS}`]: { GroupMemberships: [] } }
    expect(await bundle(empty)).toMatchObject({ findings: [], coverage: [`aws:identitystore:${ACCOUNT} complete`] })
  })

  test('broken rows lose no others', async () => {
    const facts = await bundle({
      ...collected,
      [`global/identitystore/list-users/${STORE}`]: { Users: [{ UserName: 'nobody' }, ann] },
      [`global/identitystore/list-group-memberships/${ADMINS}`]: { GroupMemberships: [{ GroupId: ADMINS }, membership] },
    })
    expect(facts.findings).toEqual([`WRONG_SHAPE ${ADMINS}.json GroupMemberships[0]`, `WRONG_SHAPE ${STORE}.json Users[0].UserId`])
    expect(facts.arrows).toContain(`${ANN} MEMBER_OF ${ADMINS}`)
  })
})
