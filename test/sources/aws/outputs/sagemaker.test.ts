import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, REGION } from './bundle.ts'

const NOTEBOOK = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/lab`
const DOMAIN = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:domain/d-abcdefghijkl`
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/service-role/${name}`
const notebook = (more: object = {}): object => ({
  NotebookInstanceArn: NOTEBOOK,
  NotebookInstanceName: 'lab',
  NotebookInstanceStatus: 'InService',
  Url: `lab.notebook.${REGION}.sagemaker.aws`,
  InstanceType: 'ml.t3.medium',
  RoleArn: role('notebook'),
  KmsKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  LastModifiedTime: 1715000000.123,
  CreationTime: 1715000000.123,
  DirectInternetAccess: 'Enabled',
  RootAccess: 'Enabled',
  ...more,
})
const domain = {
  DomainArn: DOMAIN,
  DomainId: 'd-abcdefghijkl',
  DomainName: 'research',
  Status: 'InService',
  CreationTime: 1715000000.123,
  LastModifiedTime: 1715000000.123,
  AuthMode: 'IAM',
  DefaultUserSettings: { ExecutionRole: role('studio'), SecurityGroups: [] },
  DefaultSpaceSettings: { ExecutionRole: role('space') },
  AppNetworkAccessType: 'VpcOnly',
  VpcId: 'vpc-1',
}
const outputs = {
  'sagemaker/list-notebook-instances': {
    NotebookInstances: [{ NotebookInstanceArn: NOTEBOOK, NotebookInstanceName: 'lab', NotebookInstanceStatus: 'Pending' }],
  },
  'sagemaker/list-domains': { Domains: [{ DomainArn: DOMAIN, DomainId: 'd-abcdefghijkl', DomainName: 'research', Status: 'Updating' }] },
  'sagemaker/describe-notebook-instance/lab': notebook(),
  'sagemaker/describe-domain/d-abcdefghijkl': domain,
}

describe('SageMaker', () => {
  test('notebooks have a role, a key and a way to the internet', async () => {
    const { entity, arrows, findings } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(NOTEBOOK)).toMatchObject({
      kind: 'AWS::SageMaker::NotebookInstance',
      name: 'lab',
      properties: { state: 'InService', encryptionKey: '1234abcd-12ab-34cd-56ef-1234567890ab', directInternetAccess: true },
    })
    expect(arrows).toContain(`${NOTEBOOK} CAN_AUTHENTICATE_AS ${role('notebook')}`)
  })

  test('domains have the roles of their users and of their shared spaces', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(entity(DOMAIN)).toMatchObject({
      kind: 'AWS::SageMaker::Domain',
      name: 'research',
      properties: { state: 'InService', vpc: 'vpc-1', directInternetAccess: false },
    })
    expect(arrows.filter((arrow) => arrow.startsWith(DOMAIN))).toEqual([
      `${DOMAIN} CAN_AUTHENTICATE_AS ${role('space')}`,
      `${DOMAIN} CAN_AUTHENTICATE_AS ${role('studio')}`,
    ])
  })

  test('a way to the internet that is not told is not known', async () => {
    const { entity } = await bundle({ 'sagemaker/describe-notebook-instance/lab': notebook({ DirectInternetAccess: undefined }) })
    expect(entity(NOTEBOOK)?.properties.directInternetAccess).toBeUndefined()
  })

  test('what is listed is there, whether or not it was described', async () => {
    const { entity, findings } = await bundle({
      ...outputs,
      'sagemaker/describe-notebook-instance/lab': failed('RecordNotFound'),
      'sagemaker/describe-domain/d-abcdefghijkl': failed('AccessDeniedException'),
    })
    expect(findings).toEqual(['EXPORT_TRUNCATED d-abcdefghijkl.json'])
    expect(entity(NOTEBOOK)).toMatchObject({ kind: 'AWS::SageMaker::NotebookInstance', name: 'lab' })
    expect(entity(DOMAIN)).toMatchObject({ kind: 'AWS::SageMaker::Domain', name: 'research' })
  })

  test('is the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('names what is wrong with a notebook', async () => {
    const { findings } = await bundle({ 'sagemaker/describe-notebook-instance/lab': notebook({ RoleArn: 7 }) })
    expect(findings).toEqual(['WRONG_SHAPE lab.json RoleArn'])
  })
})
