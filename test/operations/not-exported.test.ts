import { describe, expect, it } from 'vitest'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, accountExport, trusts, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'
import { entity, worldOf } from '../support/facts.ts'

const object = 'arn:aws:s3:::data/a'
const bucketFor = (principal: string): object[] => [
  {
    Resource: 'arn:aws:s3:::data',
    Account: ACCOUNT,
    Policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' }],
    },
  },
]
const export1 = accountExport({ users: { a: { groups: ['lost'] } }, roles: { r: { trust: [trusts(userArn('ghost'))] } } })

describe('what was not exported', () => {
  it('leaves members of a missing group open: the group may give anything, and may deny', async () => {
    const estate = await estateOf({ 'iam.json': export1 })
    const decision = checkAccess(estate, { principal: 'a', action: 's3:GetObject', target: object })
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.conditions.join()).toContain('group/lost')
    expect(decision.caveats.map(({ code }) => code)).toContain('GROUP_MISSING')
  })

  it('does not exist where the export is whole: a policy that names it gives nobody anything', async () => {
    const estate = await estateOf({ 'iam.json': export1, 'buckets.json': bucketFor(userArn('ghost')) })
    const rows = whoCanReach(estate, { target: object, actions: ['s3:GetObject'], via: ['RESOURCE_POLICY'] }).edges.map(
      ({ node }) => node.principal.id,
    )
    expect(rows).toEqual([])
    expect(() => checkAccess(estate, { principal: userArn('ghost'), action: 's3:GetObject', target: object })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })

  it('may exist where the export is cut short', async () => {
    const estate = await estateOf({
      'iam.json': { ...export1, IsTruncated: true, Marker: 'x' },
      'buckets.json': bucketFor(userArn('ghost')),
    })
    const answer = whoCanReach(estate, { target: object, actions: ['s3:GetObject'], via: ['RESOURCE_POLICY'] })
    expect(answer.edges.map(({ node }) => [node.principal.id, node.certainty])).toEqual([[userArn('ghost'), 'CONDITIONAL']])
    expect(answer.caveats.map(({ code }) => code)).toContain('EXPORT_TRUNCATED')
  })
})

describe('an outside user that a policy somewhere names', () => {
  it('is open where another policy lets its whole account in, and listed so', async () => {
    const outside = 'arn:aws:iam::999988887777:user/partner'
    const estate = await estateOf({
      'iam.json': accountExport({ users: { a: {} }, roles: { r: { trust: [trusts(outside)] } } }),
      'buckets.json': bucketFor('999988887777'),
    })
    expect(checkAccess(estate, { principal: outside, action: 's3:GetObject', target: object }).effect).toBe('CONDITIONAL')
    const rows = whoCanReach(estate, { target: object, actions: ['s3:GetObject'], via: ['DIRECT', 'RESOURCE_POLICY'] }).edges.map(({ node }) => node)
    expect(rows.find(({ principal }) => principal.id === outside)?.certainty).toBe('CONDITIONAL')
  })
})

describe('a policy of a resource that nobody was allowed to read', () => {
  const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db-AbCdEf`
  const OTHER = '999988887777'
  const world = worldOf({
    files: {
      'iam.json': accountExport({
        users: { all: { policies: { p: [{ actions: ['secretsmanager:*', 'ec2:*'] }] } }, one: { policies: { p: [{ actions: 'ec2:*' }] } } },
      }),
      'other.json': accountExport({ account: OTHER, users: { all: { policies: { p: [{ actions: 'secretsmanager:*' }] } } } }),
    },
    facts: [entity('Resource', SECRET, { kind: 'AWS::SecretsManager::Secret', scope: ACCOUNT, properties: { policyState: 'NOT_LOADED' } })],
  })
  const check = async (principal: string) => checkAccess(await world, { principal, action: 'secretsmanager:GetSecretValue', target: SECRET })

  it('may deny to its own account, and may let another one in', async () => {
    const own = await check(userArn('all'))
    expect([own.effect, own.conditions]).toEqual(['CONDITIONAL', [expect.stringContaining(`resource policy of ${SECRET} (not loaded)`)]])
    expect((await check(userArn('all', OTHER))).effect).toBe('CONDITIONAL')
    expect((await check(userArn('one'))).effect).toBe('DENY')
    expect(own.caveats.map(({ code }) => code)).toContain('RESOURCE_POLICY_NOT_LOADED')
  })

  it('lists whoever may get in, surely nobody', async () => {
    const rows = whoCanReach(await world, { target: SECRET, actions: ['secretsmanager:GetSecretValue'] }).edges.map(({ node }) => node)
    expect(rows.map(({ principal, certainty }) => `${certainty} ${principal.id}`).toSorted()).toEqual(
      [ACCOUNT, OTHER]
        .flatMap((account) => [userArn('all', account), `arn:aws:iam::${account}:root`])
        .map((id) => `CONDITIONAL ${id}`)
        .toSorted(),
    )
  })

  it('is an exception to what is granted on all resources', async () => {
    const rows = effectivePermissions(await world, { principal: userArn('all') }).edges.map(({ node }) => node)
    const row = (action: string) => rows.find(({ actions }) => actions.some((named) => named === action || named === `${action.split(':')[0]}:*`))
    const reading = rows.find(({ actions }) => actions.includes('secretsmanager:GetSecretValue'))
    expect([reading?.certainty, reading?.conditions.join()]).toEqual(['CONDITIONAL', expect.stringContaining(SECRET)])
    expect(row('ec2:RunInstances')?.certainty).toBe('ALLOWED')
  })
})

describe('a grant on roles of any account', () => {
  it('to do something to them asks nobody whom they trust; to take them does', async () => {
    const estate = await estateOf({
      'iam.json': accountExport({
        users: { a: { policies: { p: [{ actions: ['iam:PassRole', 'sts:AssumeRole'], on: 'arn:aws:iam::*:role/app-*' }] } } },
      }),
    })
    const rows = effectivePermissions(estate, { principal: 'a' }).edges.map(({ node }) => `${node.certainty} ${node.actions.join()}`)
    expect(rows.toSorted()).toEqual(['ALLOWED iam:PassRole', 'CONDITIONAL sts:AssumeRole'])
  })
})

describe('a key of which neither the policy nor the asking identity was loaded', () => {
  it('is open to it: an unknown policy may name anybody, and two unknowns are no denial', async () => {
    const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-4333-8444-555555555555`
    const outsider = 'arn:aws:iam::999988887777:role/partner'
    const estate = await estateOf({ 'iam.json': accountExport({ roles: { r: { trust: [trusts(outsider)] } } }) })
    const { effect, conditions } = checkAccess(estate, { principal: outsider, action: 'kms:Decrypt', target: key })
    expect(effect).toBe('CONDITIONAL')
    expect(conditions).toEqual([expect.stringContaining('identity policies of'), expect.stringContaining('key policy of')])
    const rows = whoCanReach(estate, { target: key, actions: ['kms:Decrypt'] }).edges.map(({ node }) => `${node.principal.id} ${node.certainty}`)
    expect(rows).toContain(`${outsider} CONDITIONAL`)
    expect(checkAccess(estate, { principal: userArn('nobody', '999988887777'), action: 'kms:Decrypt', target: key }).effect).toBe('CONDITIONAL')
  })
})
