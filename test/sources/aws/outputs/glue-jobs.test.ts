import { describe, expect, test } from 'vitest'
import { ACCOUNT, bundle, loose, REGION } from './bundle.ts'

const arn = (id: string): string => `arn:aws:glue:${REGION}:${ACCOUNT}:${id}`
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const job = (more: object = {}): object => ({
  Name: 'nightly',
  Description: 'loads the orders',
  Role: role('etl'),
  CreatedOn: 1715000000.123,
  LastModifiedOn: '2024-06-06T07:08:09.123000+00:00',
  Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/nightly.py' },
  DefaultArguments: { '--db-password': 'hunter2' },
  ...more,
})
const endpoint = {
  EndpointName: 'dev',
  RoleArn: role('dev'),
  Status: 'READY',
  VpcId: 'vpc-1',
  PublicAddress: 'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com',
  CreatedTimestamp: 1715000000.123,
  LastModifiedTimestamp: 1715000000.123,
  PublicKey: 'ssh-rsa AAAA',
  Arguments: { '--token': 'hunter2' },
}

describe('Glue', () => {
  test('jobs have a role, which may be named without its ARN', async () => {
    const { entity, arrows, findings } = await bundle({ 'glue/get-jobs': { Jobs: [job(), job({ Name: 'weekly', Role: 'service-etl' })] } })
    expect(findings).toEqual([])
    expect(entity(arn('job/nightly'))).toMatchObject({
      kind: 'AWS::Glue::Job',
      name: 'nightly',
      properties: { description: 'loads the orders', createdAt: '2024-05-06T12:53:20.123Z', updatedAt: '2024-06-06T07:08:09.123Z' },
    })
    expect(arrows.filter((arrow) => arrow.includes('AUTHENTICATE'))).toEqual([
      `${arn('job/nightly')} CAN_AUTHENTICATE_AS ${role('etl')}`,
      `${arn('job/weekly')} CAN_AUTHENTICATE_AS ${role('service-etl')}`,
    ])
  })

  test('development endpoints have a role and an address', async () => {
    const { entity, arrows } = await bundle({ 'glue/get-dev-endpoints': { DevEndpoints: [endpoint] } })
    expect(entity(arn('devEndpoint/dev'))).toMatchObject({
      kind: 'AWS::Glue::DevEndpoint',
      properties: { state: 'READY', vpc: 'vpc-1', publicAddress: 'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com' },
    })
    expect(arrows).toContain(`${arn('devEndpoint/dev')} CAN_AUTHENTICATE_AS ${role('dev')}`)
  })

  test('keeps no argument', async () => {
    const { text } = await bundle({ 'glue/get-jobs': { Jobs: [job()] }, 'glue/get-dev-endpoints': { DevEndpoints: [endpoint] } })
    expect(text).not.toMatch(/hunter2|AAAA/)
  })

  test('jobs in a loose file are of the only region of their account that is known', async () => {
    const clusters = { clusterArns: [`arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop`] }
    const { entity, findings } = await loose({ 'jobs.json': { Jobs: [job()] }, 'clusters.json': clusters })
    expect(findings).toEqual([])
    expect(entity(arn('job/nightly'))).toBeDefined()
  })

  test('jobs in a loose file of no known region are a finding, not a guess', async () => {
    expect((await loose({ 'jobs.json': { Jobs: [job()] } })).findings).toEqual(['WRONG_SHAPE jobs.json'])
    const two = {
      'jobs.json': { Jobs: [job()] },
      'a.json': { clusterArns: [`arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/shop`] },
      'b.json': { clusterArns: [`arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/shop`] },
    }
    expect((await loose(two)).findings).toEqual(['WRONG_SHAPE jobs.json'])
  })

  test('jobs of other services are not taken for it', async () => {
    const { findings } = await loose({ 'a.json': { Jobs: [{ JobId: '1', Description: 'copies', Operation: 'S3PutObjectCopy' }] } })
    expect(findings).toEqual(['NOT_RECOGNISED a.json'])
  })

  test('a broken job stops no other', async () => {
    const { entity, findings } = await bundle({ 'glue/get-jobs': { Jobs: [{ Role: role('etl') }, job()] } })
    expect(findings).toEqual(['WRONG_SHAPE get-jobs.json Jobs[0].Name'])
    expect(entity(arn('job/nightly'))).toBeDefined()
  })
})
