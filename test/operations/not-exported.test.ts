import { describe, expect, it } from 'vitest'
import { checkAccess } from '../../src/operations/check-access.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, accountExport, trusts, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

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
