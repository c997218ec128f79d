import { describe, expect, it } from 'vitest'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, accountExport, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

const MANAGEMENT = '999999999999'
const FULL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const scp = (name: string, Content: object): object => ({
  Id: `p-${name}`,
  Arn: `arn:aws:organizations::${MANAGEMENT}:policy/o-abcdefghij/service_control_policy/p-${name}`,
  Name: name,
  Type: 'SERVICE_CONTROL_POLICY',
  AwsManaged: false,
  Content,
})
const accountIn = (id: string, ...policies: readonly object[]): object => ({
  Id: id,
  Arn: `arn:aws:organizations::${MANAGEMENT}:account/o-abcdefghij/${id}`,
  Name: id,
  Type: 'Account',
  Policies: policies,
})
const tree = (children: readonly object[], ...policies: readonly object[]): object => ({
  Id: 'r-abcd',
  Arn: `arn:aws:organizations::${MANAGEMENT}:root/o-abcdefghij/r-abcd`,
  Name: 'Root',
  Policies: policies,
  Children: children,
})
const members = accountExport({
  users: { u0: { groups: ['g'] }, u1: { groups: ['g'] } },
  groups: { g: { policies: { p: [{ actions: 's3:GetObject' }] } } },
})
const target = 'arn:aws:s3:::data/a'
const deny = (condition?: object): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Guard', Effect: 'Deny', Action: 's3:*', Resource: '*', ...(condition === undefined ? {} : { Condition: condition }) }],
})

const estateWith = (organization: object) => estateOf({ 'iam.json': members, 'organization.json': organization })
const whoCan = (estate: Awaited<ReturnType<typeof estateOf>>): string[] =>
  whoCanReach(estate, { target, account: ACCOUNT, actions: ['s3:GetObject'], via: ['DIRECT', 'GROUP'] }).edges.map(
    ({ node }) => `${node.principal.name} ${node.certainty}`,
  )

describe('an SCP', () => {
  it('of the root stops everybody in the accounts below, root users too, and is named', async () => {
    const estate = await estateWith(tree([accountIn(ACCOUNT, scp('full', FULL))], scp('full', FULL), scp('guard', deny())))
    expect(whoCan(estate)).toEqual([])
    const { effect, because } = checkAccess(estate, { principal: 'u0', action: 's3:GetObject', target, account: ACCOUNT })
    expect(effect).toBe('DENY')
    expect(because).toContainEqual(
      expect.objectContaining({ layer: 'SCP', kind: 'EXPLICIT_DENY', statement: 'Guard', policy: expect.stringContaining('p-guard') }),
    )
  })

  it('that asks who is calling tells apart people whom nothing else tells apart', async () => {
    const estate = await estateWith(
      tree([accountIn(ACCOUNT, scp('full', FULL), scp('guard', deny({ ArnEquals: { 'aws:PrincipalArn': userArn('u1') } })))], scp('full', FULL)),
    )
    expect(whoCan(estate)).toEqual([expect.stringMatching(/^root/), 'u0 ALLOWED'])
  })

  it('that must allow and does not, at any level, denies', async () => {
    const onlyEc2 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] }
    const estate = await estateWith(tree([accountIn(ACCOUNT, scp('ec2', onlyEc2))], scp('full', FULL)))
    expect(whoCan(estate)).toEqual([])
    expect(effectivePermissions(estate, { principal: 'u0' }).totalCount).toBe(0)
  })

  it('on a condition of the call makes the answer conditional', async () => {
    const estate = await estateWith(
      tree(
        [accountIn(ACCOUNT, scp('full', FULL), scp('guard', deny({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })))],
        scp('full', FULL),
      ),
    )
    expect(whoCan(estate)).toEqual([expect.stringMatching(/^root.* CONDITIONAL$/), 'u0 CONDITIONAL', 'u1 CONDITIONAL'])
  })

  it('does not bind the management account', async () => {
    const estate = await estateOf({
      'iam.json': accountExport({ account: MANAGEMENT, users: { boss: { policies: { p: [{ actions: 's3:*' }] } } } }),
      'organization.json': tree([accountIn(MANAGEMENT, scp('full', FULL))], scp('full', FULL), scp('guard', deny())),
    })
    expect(checkAccess(estate, { principal: 'boss', action: 's3:GetObject', target, account: MANAGEMENT }).effect).toBe('ALLOW')
  })

  it('of an account outside the loaded organisation is a caveat that names the account', async () => {
    const estate = await estateWith(tree([accountIn(MANAGEMENT, scp('full', FULL))], scp('full', FULL)))
    const { caveats } = checkAccess(estate, { principal: 'u0', action: 's3:GetObject', target, account: ACCOUNT })
    expect(caveats.find(({ code }) => code === 'SCP_NOT_LOADED')?.message).toContain(ACCOUNT)
  })

  it('loaded means that no caveat says otherwise', async () => {
    const estate = await estateWith(tree([accountIn(ACCOUNT, scp('full', FULL))], scp('full', FULL)))
    expect(checkAccess(estate, { principal: 'u0', action: 's3:GetObject', target, account: ACCOUNT }).caveats.map(({ code }) => code)).not.toContain(
      'SCP_NOT_LOADED',
    )
  })
})

describe('two organisations, of which one has no service control policies', () => {
  it('keep theirs apart: an organisation that has none denies nothing', async () => {
    const OTHER = '888888888888'
    const elsewhere = {
      Id: 'r-efgh',
      Arn: 'arn:aws:organizations::777777777777:root/o-klmnopqrst/r-efgh',
      Name: 'Root',
      Policies: [],
      Children: [{ Id: OTHER, Arn: `arn:aws:organizations::777777777777:account/o-klmnopqrst/${OTHER}`, Name: OTHER, Policies: [] }],
    }
    const estate = await estateOf({
      'iam.json': members,
      'other.json': accountExport({ account: OTHER, users: { u2: { policies: { p: [{ actions: 's3:GetObject' }] } } } }),
      'organization.json': tree([accountIn(ACCOUNT, scp('full', FULL))], scp('full', FULL), scp('guard', deny())),
      'elsewhere.json': elsewhere,
    })
    const effectOf = (principal: string, account: string): string =>
      checkAccess(estate, { principal, action: 's3:GetObject', target, account }).effect
    expect([effectOf(userArn('u0'), ACCOUNT), effectOf(userArn('u2', OTHER), OTHER)]).toEqual(['DENY', 'ALLOW'])
  })
})
