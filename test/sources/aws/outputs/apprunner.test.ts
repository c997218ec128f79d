import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'

const SERVICE = `arn:aws:apprunner:${REGION}:${ACCOUNT}:service/web/8fe1e10304f84fd2b0df550fe98a71fa`
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const service = (more: object = {}): object => ({
  Service: {
    ServiceName: 'web',
    ServiceId: '8fe1e10304f84fd2b0df550fe98a71fa',
    ServiceArn: SERVICE,
    ServiceUrl: 'psbqam834h.eu-west-1.awsapprunner.com',
    CreatedAt: 1715000000.123,
    UpdatedAt: 1715000000.123,
    Status: 'RUNNING',
    SourceConfiguration: {
      ImageRepository: {
        ImageIdentifier: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/web:latest`,
        ImageConfiguration: {
          RuntimeEnvironmentVariables: { DB_PASSWORD: 'hunter2' },
          RuntimeEnvironmentSecrets: { API_KEY: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:api` },
          Port: '8080',
        },
        ImageRepositoryType: 'ECR',
      },
      AuthenticationConfiguration: { AccessRoleArn: role('pull') },
    },
    InstanceConfiguration: { Cpu: '1024', Memory: '2048', InstanceRoleArn: role('web') },
    EncryptionConfiguration: { KmsKey: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` },
    NetworkConfiguration: { EgressConfiguration: { EgressType: 'DEFAULT' }, IngressConfiguration: { IsPubliclyAccessible: true } },
    ...more,
  },
})
const outputs = {
  'apprunner/list-services': {
    ServiceSummaryList: [{ ServiceName: 'web', ServiceArn: SERVICE, Status: 'OPERATION_IN_PROGRESS', CreatedAt: 1715000000.123 }],
  },
  'apprunner/describe-service/web': service(),
}

describe('App Runner services', () => {
  test('have their instance role; the role that pulls the image is another', async () => {
    const { entity, arrows, findings, text } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(SERVICE)).toMatchObject({
      kind: 'AWS::AppRunner::Service',
      name: 'web',
      properties: {
        state: 'RUNNING',
        encryptionKey: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`,
        environmentKeys: ['API_KEY', 'DB_PASSWORD'],
        executionRole: role('pull'),
        internetExposure: ['tcp/443 from 0.0.0.0/0'],
      },
    })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${SERVICE}`, `${SERVICE} CAN_AUTHENTICATE_AS ${role('web')}`])
    expect(text).not.toContain('hunter2')
  })

  test('are exposed to nobody where they are private, and where nothing is said it is not known', async () => {
    const exposure = async (NetworkConfiguration: object) =>
      (await bundle({ 'apprunner/describe-service/web': service({ NetworkConfiguration }) })).entity(SERVICE)?.properties.internetExposure
    expect(await exposure({ IngressConfiguration: { IsPubliclyAccessible: false } })).toEqual([])
    expect(await exposure({})).toBeUndefined()
  })

  test('that are listed are there, whether or not they were described', async () => {
    const refused = await bundle({ ...outputs, 'apprunner/describe-service/web': failed('AccessDeniedException') })
    expect(refused.entity(SERVICE)).toMatchObject({ kind: 'AWS::AppRunner::Service', name: 'web', properties: {} })
    expect(refused.coverage).toEqual([`aws:apprunner/${REGION}:${ACCOUNT} incomplete`])
    const gone = await bundle({ 'apprunner/describe-service/web': failed('ResourceNotFoundException') })
    expect(gone).toMatchObject({ findings: [], coverage: [`aws:apprunner/${REGION}:${ACCOUNT} complete`] })
  })

  test('are the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('are not services of others', async () => {
    const { entity } = await loose({ 'a.json': { Service: { Id: 'srv-1', Arn: `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:service/srv-1` } } })
    expect(entity(`arn:aws:servicediscovery:${REGION}:${ACCOUNT}:service/srv-1`)).toBeUndefined()
  })

  test('that are broken are named', async () => {
    const { findings } = await bundle({ 'apprunner/describe-service/web': service({ InstanceConfiguration: { InstanceRoleArn: 7 } }) })
    expect(findings).toEqual(['WRONG_SHAPE web.json Service.InstanceConfiguration.InstanceRoleArn'])
  })
})
