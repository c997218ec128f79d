import { describe, expect, it } from 'vitest'
import { requestContext } from '../../src/api/context.ts'
import { inProcessApi } from '../../src/api/execute.ts'
import { SHOW } from '../../src/cli/documents.ts'
import { detailsText } from '../../src/cli/views/details.ts'
import { readCrownJewels } from '../../src/operations/crown-jewels.ts'
import { ACCOUNT, accountExport, roleArn, userArn } from '../support/account.ts'
import { accountScope, assignment, bucket, edge, entity, ssoUser, statements, vpcEndpoint, worldOf } from '../support/facts.ts'

const INSTANCE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-1`
const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/app`
const ada = ssoUser('11111111-aaaa', 'ada')
const anybody = statements({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' })

const ask = async (document: string, id: string): Promise<Record<string, unknown>> => {
  const estate = await worldOf({
    files: { 'iam.json': accountExport({ users: { bob: {} }, roles: { app: {} } }) },
    facts: [
      [
        entity('Resource', INSTANCE, {
          kind: 'AWS::EC2::Instance',
          properties: { internetExposure: ['tcp/22 from 0.0.0.0/0'], tags: ['criticality=high'] },
        }),
        entity('Resource', PROFILE, { kind: 'AWS::IAM::InstanceProfile' }),
        edge('CAN_AUTHENTICATE_AS', { label: 'Resource', id: INSTANCE }, { label: 'Resource', id: PROFILE }),
        edge('CAN_AUTHENTICATE_AS', { label: 'Resource', id: PROFILE }, { label: 'Principal', id: roleArn('app') }),
      ],
      [bucket('data', { document: anybody }), bucket('plain')],
      entity('Principal', userArn('bob'), { kind: 'AwsUser', properties: { usage: ['s3:GetObject 2026-10-01T00:00:00.000Z', 'sqs never'] } }),
      vpcEndpoint('vpce-1', { policy: statements() }),
      [accountScope(ACCOUNT), ada],
      assignment(ada, 'Read', ACCOUNT),
    ],
  })
  const context = requestContext({
    estate: () => estate,
    store: () => expect.fail('asks no store'),
    crownJewels: readCrownJewels({ PERMISCOPE_CROWN_JEWELS: 'criticality=high' }),
  })
  const { data, errors } = await inProcessApi()(document, { id }, context)
  expect(errors).toBeUndefined()
  const [value] = Object.values(data ?? {})
  return typeof value === 'object' && value !== null ? { ...value } : expect.fail('nothing found')
}

describe('the API, and show', () => {
  it('tell as whom an instance acts through its profile, how it is exposed and what it is', async () => {
    const instance = await ask(SHOW.resource, INSTANCE)
    expect(instance).toMatchObject({
      canAuthenticateAs: [{ id: roleArn('app') }],
      exposure: { public: null, internet: ['tcp/22 from 0.0.0.0/0'] },
      sensitivity: ['CROWN_JEWEL'],
    })
    expect(detailsText(instance)).toContain('exposure:\n  internet: tcp/22 from 0.0.0.0/0\n')
  })

  it('tell what of a bucket is public', async () => {
    const data = await ask(SHOW.resource, 'arn:aws:s3:::data')
    expect(data).toMatchObject({ exposure: { public: 'ALLOWED', publicActions: ['s3:GetObject'] }, sensitivity: ['DATA_STORE'] })
    expect(detailsText(data)).toContain('exposure:\n  public: ALLOWED\n  publicActions: s3:GetObject\n')
    expect(detailsText(await ask(SHOW.resource, 'arn:aws:s3:::plain'))).not.toContain('exposure:')
  })

  it('tell what a principal used and when', async () => {
    const bob = await ask(SHOW.principal, userArn('bob'))
    expect(bob['usage']).toEqual([
      { action: 's3:GetObject', lastUsed: '2026-10-01T00:00:00.000Z' },
      { action: 'sqs', lastUsed: null },
    ])
    expect(detailsText(bob)).toContain('usage:\n  s3:GetObject  2026-10-01T00:00:00.000Z\n  sqs  never\n')
  })

  it('tell what a user of Identity Center is assigned, and where', async () => {
    const user = await ask(SHOW.principal, 'ada')
    expect(user['grants']).toMatchObject([{ role: { name: 'Read' }, at: [{ id: ACCOUNT }] }])
    expect(detailsText(user)).toMatch(/grants:\n.*→ AwsPermissionSet {2}Read .* in AwsAccount .*111122223333/)
  })

  it('tell what limits an endpoint', async () => {
    const endpoint = await ask(SHOW.resource, `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc-endpoint/vpce-1`)
    expect(endpoint['limitedBy']).toMatchObject([{ kind: 'VpcEndpointPolicy' }])
  })
})
