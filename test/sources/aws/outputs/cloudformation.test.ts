import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, loose, REGION } from './bundle.ts'

const arn = (id: string): string => `arn:aws:cloudformation:${REGION}:${ACCOUNT}:${id}`
const STACK = arn('stack/shop/e5e4f6b0-2d8a-11ef-9f0b-0a1b2c3d4e5f')
const NESTED = arn('stack/shop-data-1ABC/f6f4f6b0-2d8a-11ef-9f0b-0a1b2c3d4e5f')
const SET = arn('stackset/baseline:022f04d1-3f2b-4bd5-b8c2-example11111')
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const stack = (more: object = {}): object => ({
  StackId: STACK,
  StackName: 'shop',
  Description: 'the shop',
  Parameters: [{ ParameterKey: 'DbPassword', ParameterValue: 'hunter2' }],
  CreationTime: '2024-05-06T07:08:09.123000+00:00',
  LastUpdatedTime: '2024-06-06T07:08:09.123000+00:00',
  StackStatus: 'UPDATE_COMPLETE',
  Outputs: [{ OutputKey: 'AdminToken', OutputValue: 'hunter2' }],
  RoleARN: role('deploy'),
  Tags: [{ Key: 'team', Value: 'shop' }],
  ...more,
})
const summary = {
  StackSetName: 'baseline',
  StackSetId: 'baseline:022f04d1-3f2b-4bd5-b8c2-example11111',
  Status: 'ACTIVE',
  PermissionModel: 'SELF_MANAGED',
}
const stackSet = {
  StackSet: {
    ...summary,
    StackSetARN: SET,
    Description: 'what every account has',
    TemplateBody: 'Resources: {}',
    Parameters: [{ ParameterKey: 'Token', ParameterValue: 'hunter2' }],
    Tags: [],
    AdministrationRoleARN: role('AWSCloudFormationStackSetAdministrationRole'),
    ExecutionRoleName: 'AWSCloudFormationStackSetExecutionRole',
  },
}
const outputs = {
  'cloudformation/describe-stacks': {
    Stacks: [stack(), stack({ StackId: NESTED, StackName: 'shop-data-1ABC', ParentId: STACK, RootId: STACK, RoleARN: undefined })],
  },
  'cloudformation/list-stack-sets': { Summaries: [summary] },
  'cloudformation/describe-stack-set/baseline': stackSet,
}

describe('CloudFormation', () => {
  test('stacks have a role, a state, dates and tags', async () => {
    const { entity, arrows, findings } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(STACK)).toMatchObject({
      kind: 'AWS::CloudFormation::Stack',
      name: 'shop',
      properties: {
        state: 'UPDATE_COMPLETE',
        description: 'the shop',
        createdAt: '2024-05-06T07:08:09.123Z',
        updatedAt: '2024-06-06T07:08:09.123Z',
        tags: ['team=shop'],
      },
    })
    expect(arrows).toContain(`${STACK} CAN_AUTHENTICATE_AS ${role('deploy')}`)
  })

  test('nested stacks lie in their parents', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(entity(NESTED)?.name).toBe('shop-data-1ABC')
    expect(arrows.filter((arrow) => arrow.endsWith(` CONTAINS ${NESTED}`))).toEqual([`${STACK} CONTAINS ${NESTED}`])
  })

  test('stacks that were deleted are gone', async () => {
    const { entity } = await bundle({ 'cloudformation/describe-stacks': { Stacks: [stack({ StackStatus: 'DELETE_COMPLETE' })] } })
    expect(entity(STACK)).toBeUndefined()
  })

  test('stack sets have a role here and the name of one in each account', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(entity(SET)).toMatchObject({
      kind: 'AWS::CloudFormation::StackSet',
      name: 'baseline',
      properties: { state: 'ACTIVE', description: 'what every account has', executionRole: 'AWSCloudFormationStackSetExecutionRole', tags: [] },
    })
    expect(arrows).toContain(`${SET} CAN_AUTHENTICATE_AS ${role('AWSCloudFormationStackSetAdministrationRole')}`)
  })

  test('keeps no parameter, no output and no template', async () => {
    expect((await bundle(outputs)).text).not.toMatch(/hunter2|AdminToken|Resources: /)
  })

  test('is the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('instances of stack sets and stacks of other services are not taken for it', async () => {
    const { findings } = await loose({
      'a.json': { Summaries: [{ StackSetId: 'baseline:1', Region: REGION, Account: ACCOUNT, Status: 'CURRENT' }] },
      'b.json': { Stacks: [{ StackId: '7e2a', Name: 'legacy', Arn: `arn:aws:opsworks:${REGION}:${ACCOUNT}:stack/7e2a` }] },
    })
    expect(findings).toEqual(['NOT_RECOGNISED a.json', 'NOT_RECOGNISED b.json'])
  })

  test('a broken stack stops no other', async () => {
    const { entity, findings } = await bundle({ 'cloudformation/describe-stacks': { Stacks: [{ StackName: 'odd' }, stack()] } })
    expect(findings).toEqual(['WRONG_SHAPE describe-stacks.json Stacks[0].StackId'])
    expect(entity(STACK)).toBeDefined()
  })
})
