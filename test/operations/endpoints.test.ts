import { describe, expect, it } from 'vitest'
import { checkAccess } from '../../src/operations/check-access.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { accountExport } from '../support/account.ts'
import { bucket, covered, type EndpointSpec, statements, vpcEndpoint, worldOf } from '../support/facts.ts'

const REGION = 'aws:ec2/eu-west-1:111122223333'
const readOnly = statements({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' })
const files = {
  'iam.json': accountExport({
    users: {
      ada: { policies: { p: [{ actions: ['s3:*', 'sqs:*'] }] } },
      vpc: { policies: { p: [{ actions: 's3:*', if: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }] } },
    },
  }),
}
const target = 'arn:aws:s3:::data/x'
const data = bucket('data', { properties: { policyState: 'ABSENT', objectOwnership: 'BucketOwnerEnforced' } })

interface Call {
  readonly action?: string
  readonly principal?: string
  readonly whole?: boolean
}

async function called(endpoints: Readonly<Record<string, EndpointSpec>>, context: Readonly<Record<string, string>>, call: Call = {}) {
  const { action = 's3:PutObject', principal = 'ada', whole = true } = call
  const estate = await worldOf({
    files,
    facts: [data, ...Object.entries(endpoints).map(([id, spec]) => vpcEndpoint(id, spec))],
    coverage: [covered(REGION, whole)],
  })
  const given = Object.entries(context).map(([key, value]) => ({ key, values: value === '' ? [] : [value] }))
  return checkAccess(estate, { principal, action, target, context: given })
}

describe('the policy of a VPC endpoint', () => {
  it('bears on calls that are said to go through it, and is named in the evidence', async () => {
    const denied = await called({ 'vpce-1': { policy: readOnly } }, { 'aws:SourceVpce': 'vpce-1' })
    expect(denied.effect).toBe('DENY')
    expect(denied.because).toMatchObject([{ layer: 'ENDPOINT', kind: 'MISSING_ALLOW' }])
    const allowed = await called({ 'vpce-1': { policy: readOnly } }, { 'aws:SourceVpce': 'vpce-1' }, { action: 's3:GetObject' })
    expect(allowed.effect).toBe('ALLOW')
    expect(allowed.evidence.map(({ entity }) => entity.kind)).toContain('VpcEndpointPolicy')
  })

  it('bears on nothing else', async () => {
    expect((await called({ 'vpce-1': { policy: readOnly } }, {})).effect).toBe('ALLOW')
    expect((await called({ 'vpce-1': { policy: readOnly } }, { 'aws:SourceVpce': '' })).effect).toBe('ALLOW')
  })

  it('of an endpoint that is not in the snapshot is open, unless the call is denied anyway', async () => {
    const open = await called({}, { 'aws:SourceVpce': 'vpce-9' })
    expect(open.effect).toBe('CONDITIONAL')
    expect(open.conditions).toEqual(['the policy of the VPC endpoint vpce-9 (not loaded) allows it'])
    expect((await called({}, { 'aws:SourceVpce': 'vpce-9' }, { action: 'sns:Publish' })).effect).toBe('DENY')
  })

  it('follows from the VPC where that has one endpoint for the service', async () => {
    const endpoints = { 'vpce-1': { policy: readOnly }, 'vpce-2': { service: 'sqs' }, 'vpce-3': { vpc: 'vpc-2' } }
    expect((await called(endpoints, { 'aws:SourceVpc': 'vpc-1' })).effect).toBe('DENY')
    expect((await called(endpoints, { 'aws:SourceVpc': 'vpc-1' }, { action: 's3:GetObject' })).effect).toBe('ALLOW')
    expect((await called(endpoints, { 'aws:SourceVpc': 'vpc-2' })).effect).toBe('ALLOW')
  })

  it('is then known by its id too', async () => {
    expect((await called({ 'vpce-1': {} }, { 'aws:SourceVpc': 'vpc-1' }, { principal: 'vpc' })).effect).toBe('ALLOW')
    expect((await called({ 'vpce-2': {} }, { 'aws:SourceVpc': 'vpc-1' }, { principal: 'vpc' })).effect).toBe('DENY')
  })

  it.each([
    ['several endpoints', { 'vpce-1': { policy: readOnly }, 'vpce-2': { policy: readOnly } }, true],
    ['no endpoint that is known', { 'vpce-1': { vpc: 'vpc-2' } }, true],
    ['one endpoint in a listing that was cut short', { 'vpce-1': { policy: readOnly } }, false],
  ])('is open where the VPC has %s', async (_, endpoints, whole) => {
    const { effect, conditions } = await called(endpoints, { 'aws:SourceVpc': 'vpc-1' }, { whole })
    expect(effect).toBe('CONDITIONAL')
    expect(conditions).toEqual(['the policy of the VPC endpoint of vpc-1 for s3 (not loaded) allows it'])
  })

  it('takes part in no question that tells nothing of the call', async () => {
    const estate = await worldOf({ files, facts: [data, vpcEndpoint('vpce-1', { policy: readOnly })], coverage: [covered(REGION)] })
    const rows = whoCanReach(estate, { target, actions: ['s3:PutObject'] }).edges.map(({ node }) => `${node.principal.name} ${node.certainty}`)
    expect(rows).toContain('ada ALLOWED')
  })
})
