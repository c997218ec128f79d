import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'

const arn = (id: string): string => `arn:aws:ecs:${REGION}:${ACCOUNT}:${id}`
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const CLUSTER = arn('cluster/shop')
const SERVICE = arn('service/shop/web')
const TASK = arn('task/shop/0cc43cdb3bee4407986ca3c8ea1a9dc0')
const DEFINITION = arn('task-definition/web:3')

const definition = (more: object = {}): object => ({
  taskDefinition: {
    taskDefinitionArn: DEFINITION,
    family: 'web',
    revision: 3,
    status: 'ACTIVE',
    taskRoleArn: role('web'),
    executionRoleArn: role('agent'),
    containerDefinitions: [
      {
        name: 'app',
        image: 'nginx',
        environment: [{ name: 'DB_PASSWORD', value: 'hunter2' }],
        secrets: [{ name: 'API_KEY', valueFrom: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:api` }],
      },
      { name: 'sidecar', environment: [{ name: 'DB_PASSWORD', value: 'hunter2' }] },
    ],
    registeredAt: '2024-05-06T07:08:09.123000+00:00',
    ...more,
  },
  tags: [{ key: 'team', value: 'shop' }],
})
const services = (more: object = {}): object => ({
  services: [
    {
      serviceArn: SERVICE,
      serviceName: 'web',
      clusterArn: CLUSTER,
      status: 'ACTIVE',
      taskDefinition: DEFINITION,
      deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: DEFINITION }],
      createdAt: 1715000000.123,
      enableExecuteCommand: true,
      tags: [],
      ...more,
    },
  ],
  failures: [],
})
const tasks = (more: object = {}): object => ({
  tasks: [
    {
      taskArn: TASK,
      clusterArn: CLUSTER,
      taskDefinitionArn: DEFINITION,
      lastStatus: 'RUNNING',
      createdAt: '2024-05-06T07:08:09.123000+00:00',
      enableExecuteCommand: false,
      overrides: { containerOverrides: [{ name: 'app' }], inferenceAcceleratorOverrides: [] },
      ...more,
    },
  ],
  failures: [],
})
const outputs = {
  'ecs/list-clusters': { clusterArns: [CLUSTER] },
  'ecs/list-services/shop': { serviceArns: [SERVICE] },
  'ecs/list-tasks/shop': { taskArns: [TASK] },
  'ecs/list-task-definitions': { taskDefinitionArns: [DEFINITION] },
  'ecs/describe-clusters': {
    clusters: [
      {
        clusterArn: CLUSTER,
        clusterName: 'shop',
        status: 'ACTIVE',
        configuration: { managedStorageConfiguration: { kmsKeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` } },
        tags: [],
      },
    ],
    failures: [],
  },
  'ecs/describe-services/shop': services(),
  'ecs/describe-tasks/shop': tasks(),
  'ecs/describe-task-definition/web%3A3': definition(),
}
const credentials = (arrows: readonly string[]): readonly string[] => arrows.filter((arrow) => arrow.includes(' CAN_AUTHENTICATE_AS '))

describe('ECS', () => {
  test('containers have the task role; the execution role is the agent’s and stays with the definition', async () => {
    const { entity, arrows, findings } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(credentials(arrows)).toEqual([
      `${SERVICE} CAN_AUTHENTICATE_AS ${role('web')}`,
      `${DEFINITION} CAN_AUTHENTICATE_AS ${role('agent')}`,
      `${DEFINITION} CAN_AUTHENTICATE_AS ${role('web')}`,
      `${TASK} CAN_AUTHENTICATE_AS ${role('web')}`,
    ])
    expect(entity(DEFINITION)).toMatchObject({
      kind: 'AWS::ECS::TaskDefinition',
      name: 'web:3',
      properties: { state: 'ACTIVE', executionRole: role('agent'), environmentKeys: ['API_KEY', 'DB_PASSWORD'], tags: ['team=shop'] },
    })
  })

  test('clusters contain services and tasks', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(arrows.filter((arrow) => arrow.includes(' CONTAINS '))).toEqual([
      `${ACCOUNT} CONTAINS ${CLUSTER}`,
      `${ACCOUNT} CONTAINS ${DEFINITION}`,
      `${CLUSTER} CONTAINS ${SERVICE}`,
      `${CLUSTER} CONTAINS ${TASK}`,
    ])
    expect(entity(CLUSTER)).toMatchObject({
      kind: 'AWS::ECS::Cluster',
      name: 'shop',
      properties: { state: 'ACTIVE', encryptionKey: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` },
    })
    expect(entity(SERVICE)).toMatchObject({
      kind: 'AWS::ECS::Service',
      name: 'web',
      properties: { state: 'ACTIVE', createdAt: '2024-05-06T12:53:20.123Z', startedFrom: DEFINITION, executeCommandEnabled: true },
    })
    expect(entity(TASK)).toMatchObject({
      kind: 'AWS::ECS::Task',
      properties: { state: 'RUNNING', startedFrom: DEFINITION, executeCommandEnabled: false, executionRole: role('agent') },
    })
  })

  test('tags that were not asked for are not known', async () => {
    expect((await bundle(outputs)).entity(CLUSTER)?.properties.tags).toBeUndefined()
  })

  test('a task that was started with another role has that one', async () => {
    const { arrows, findings } = await bundle({ 'ecs/describe-tasks/shop': tasks({ overrides: { taskRoleArn: role('debug') } }) })
    expect(findings).toEqual([])
    expect(credentials(arrows)).toEqual([`${TASK} CAN_AUTHENTICATE_AS ${role('debug')}`])
  })

  test('a role may be named without its ARN', async () => {
    const { arrows } = await bundle({ 'ecs/describe-task-definition/web%3A3': definition({ taskRoleArn: 'web', executionRoleArn: undefined }) })
    expect(credentials(arrows)).toEqual([`${DEFINITION} CAN_AUTHENTICATE_AS ${role('web')}`])
  })

  test('what stopped carries no credentials', async () => {
    const { arrows } = await bundle({
      ...outputs,
      'ecs/describe-tasks/shop': tasks({ lastStatus: 'STOPPED' }),
      'ecs/describe-services/shop': services({ status: 'INACTIVE' }),
    })
    expect(credentials(arrows).filter((arrow) => !arrow.startsWith(DEFINITION))).toEqual([])
  })

  test('while a service is being deployed it has the roles of both definitions', async () => {
    const old = arn('task-definition/web:2')
    const { arrows } = await bundle({
      ...outputs,
      'ecs/describe-task-definition/web%3A2': definition({ taskDefinitionArn: old, taskRoleArn: role('former') }),
      'ecs/describe-services/shop': services({ deployments: [{ taskDefinition: DEFINITION }, { taskDefinition: old }] }),
    })
    expect(credentials(arrows)).toEqual(
      expect.arrayContaining([`${SERVICE} CAN_AUTHENTICATE_AS ${role('former')}`, `${SERVICE} CAN_AUTHENTICATE_AS ${role('web')}`]),
    )
  })

  test('a definition that was not collected leaves a role unknown, and that is said', async () => {
    const { findings, coverage } = await bundle({ 'ecs/describe-services/shop': services(), 'ecs/describe-tasks/shop': tasks() })
    expect(findings).toEqual(['EXPORT_TRUNCATED shop.json', 'EXPORT_TRUNCATED shop.json'])
    expect(coverage).toEqual([`aws:ecs/${REGION}:${ACCOUNT} incomplete`])
  })

  test('what AWS failed to describe is a gap, unless it is gone', async () => {
    const failures = [
      { arn: arn('service/shop/gone'), reason: 'MISSING' },
      { arn: arn('service/shop/odd'), reason: 'ACCESS_DENIED' },
    ]
    const { findings } = await bundle({ ...outputs, 'ecs/describe-services/shop': { ...services(), failures } })
    expect(findings).toEqual(['EXPORT_TRUNCATED shop.json Failures[1]'])
  })

  test('what is listed is there, whether or not it was described', async () => {
    const { entity, arrows, findings } = await bundle({
      'ecs/list-services/shop': { serviceArns: [SERVICE, arn('service/old')] },
      'ecs/list-tasks/shop': { taskArns: [TASK] },
      'ecs/list-task-definitions': { taskDefinitionArns: [DEFINITION] },
      'ecs/describe-task-definition/web%3A3': failed('ClientException'),
      'ecs/describe-tasks/gone': failed('ClusterNotFoundException'),
    })
    expect(findings).toEqual([])
    expect(entity(DEFINITION)?.name).toBe('web:3')
    expect(arrows).toEqual([
      `${ACCOUNT} CONTAINS ${CLUSTER}`,
      `${ACCOUNT} CONTAINS ${DEFINITION}`,
      `${CLUSTER} CONTAINS ${SERVICE}`,
      `${CLUSTER} CONTAINS ${TASK}`,
    ])
  })

  test('no value of an environment variable is kept', async () => {
    const { text } = await bundle(outputs)
    expect(text).not.toContain('hunter2')
  })

  test('is the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('a broken row stops no other', async () => {
    const { services: rows } = services() as { services: object[] }
    const { entity, findings } = await bundle({
      ...outputs,
      'ecs/describe-services/shop': { services: [{ serviceName: 'odd' }, ...rows], failures: [] },
    })
    expect(findings).toEqual(['WRONG_SHAPE shop.json Services[0].ServiceArn'])
    expect(entity(SERVICE)).toBeDefined()
  })

  test('services of App Runner and clusters of other services are not taken for it', async () => {
    const { entity } = await loose({ 'a.json': { clusters: [{ clusterArn: `arn:aws:kafka:${REGION}:${ACCOUNT}:cluster/shop/1` }] } })
    expect(entity(`arn:aws:kafka:${REGION}:${ACCOUNT}:cluster/shop/1`)).toBeUndefined()
  })
})
