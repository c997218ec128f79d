import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, REGION } from './bundle.ts'

const DEFINITION = `arn:aws:batch:${REGION}:${ACCOUNT}:job-definition/render:7`
const ENVIRONMENT = `arn:aws:batch:${REGION}:${ACCOUNT}:compute-environment/spot`
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const container = {
  image: 'busybox',
  jobRoleArn: role('render'),
  executionRoleArn: role('agent'),
  environment: [{ name: 'TOKEN', value: 'hunter2' }],
  secrets: [{ name: 'API_KEY', valueFrom: '/shop/api' }],
}
const definition = (more: object = {}): object => ({
  jobDefinitionName: 'render',
  jobDefinitionArn: DEFINITION,
  revision: 7,
  status: 'ACTIVE',
  type: 'container',
  parameters: { password: 'hunter2' },
  containerProperties: container,
  tags: { team: 'film' },
  ...more,
})
const environment = {
  computeEnvironmentName: 'spot',
  computeEnvironmentArn: ENVIRONMENT,
  type: 'MANAGED',
  state: 'ENABLED',
  status: 'VALID',
  computeResources: { type: 'SPOT', maxvCpus: 64, instanceRole: `arn:aws:iam::${ACCOUNT}:instance-profile/ecsInstanceRole`, tags: {} },
  serviceRole: role('service-role/AWSBatchServiceRole'),
  tags: {},
}
const outputs = {
  'batch/describe-job-definitions': { jobDefinitions: [definition()] },
  'batch/describe-compute-environments': { computeEnvironments: [environment] },
}
const rolesOf = async (more: object): Promise<readonly string[]> => {
  const { arrows } = await bundle({ 'batch/describe-job-definitions': { jobDefinitions: [definition(more)] } })
  return arrows.filter((arrow) => arrow.includes(' CAN_AUTHENTICATE_AS ')).map((arrow) => arrow.slice(arrow.lastIndexOf('/') + 1))
}

describe('Batch', () => {
  test('job definitions have the role of the job and that of the agent, told apart', async () => {
    const { entity, arrows, findings, text } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(DEFINITION)).toMatchObject({
      kind: 'AWS::Batch::JobDefinition',
      name: 'render:7',
      properties: { state: 'ACTIVE', executionRole: role('agent'), environmentKeys: ['API_KEY', 'TOKEN'], tags: ['team=film'] },
    })
    expect(arrows).toEqual(
      expect.arrayContaining([`${DEFINITION} CAN_AUTHENTICATE_AS ${role('render')}`, `${DEFINITION} CAN_AUTHENTICATE_AS ${role('agent')}`]),
    )
    expect(text).not.toContain('hunter2')
  })

  test('job definitions of several nodes and of ECS tasks have roles too', async () => {
    const nodes = { nodeProperties: { numNodes: 2, mainNode: 0, nodeRangeProperties: [{ targetNodes: '0:1', container }] } }
    expect(await rolesOf({ containerProperties: undefined, ...nodes })).toEqual(['agent', 'render'])
    const task = { taskRoleArn: role('task'), executionRoleArn: role('agent'), containers: [{ name: 'a', environment: [{ name: 'A', value: 'b' }] }] }
    expect(await rolesOf({ containerProperties: undefined, ecsProperties: { taskProperties: [task] } })).toEqual(['agent', 'task'])
  })

  test('from a job definition that is not active nothing can be started', async () => {
    expect(await rolesOf({ status: 'INACTIVE' })).toEqual([])
  })

  test('compute environments have the profile of their machines and a service role', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(entity(ENVIRONMENT)).toMatchObject({ kind: 'AWS::Batch::ComputeEnvironment', name: 'spot', properties: { state: 'ENABLED', tags: [] } })
    expect(arrows.filter((arrow) => arrow.startsWith(ENVIRONMENT))).toEqual([
      `${ENVIRONMENT} CAN_AUTHENTICATE_AS arn:aws:iam::${ACCOUNT}:instance-profile/ecsInstanceRole`,
      `${ENVIRONMENT} CAN_AUTHENTICATE_AS ${role('service-role/AWSBatchServiceRole')}`,
    ])
  })

  test('is the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('a broken definition stops no other', async () => {
    const { entity, findings } = await bundle({
      'batch/describe-job-definitions': { jobDefinitions: [definition({ jobDefinitionArn: 7 }), definition()] },
    })
    expect(findings).toEqual(['WRONG_SHAPE describe-job-definitions.json JobDefinitions[0].JobDefinitionArn'])
    expect(entity(DEFINITION)).toBeDefined()
  })
})
