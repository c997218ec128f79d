import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, REGION } from './bundle.ts'

const GROUP = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:930d940e-891e-4781-a11a-7b0acd480f03:autoScalingGroupName/web`
const CONFIGURATION = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:launchConfiguration:98d3b196-4cf9-4e88-8ca1-8547c24ced8b:launchConfigurationName/web-1`
const TEMPLATE = `arn:aws:ec2:${REGION}:${ACCOUNT}:launch-template/lt-0a4872e2c396d941c`
const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/web`

const group = (more: object): object => ({
  AutoScalingGroups: [
    {
      AutoScalingGroupName: 'web',
      AutoScalingGroupARN: GROUP,
      MinSize: 1,
      MaxSize: 5,
      Instances: [],
      CreatedTime: '2024-05-06T07:08:09.123000+00:00',
      Tags: [{ ResourceId: 'web', ResourceType: 'auto-scaling-group', Key: 'team', Value: 'shop', PropagateAtLaunch: true }],
      ...more,
    },
  ],
})
const configurations = {
  LaunchConfigurations: [
    {
      LaunchConfigurationName: 'web-1',
      LaunchConfigurationARN: CONFIGURATION,
      ImageId: 'ami-1',
      UserData: 'ZXhwb3J0IFRPS0VOPWh1bnRlcjI=',
      IamInstanceProfile: 'web',
      CreatedTime: '2024-05-06T07:08:09.123000+00:00',
      MetadataOptions: { HttpTokens: 'required' },
    },
  ],
}
const GROUPS = 'autoscaling/describe-auto-scaling-groups'
const CONFIGURATIONS = 'autoscaling/describe-launch-configurations'

describe('Auto Scaling groups', () => {
  test('have the profile of their launch configuration', async () => {
    const { entity, arrows, findings, text } = await bundle({
      [GROUPS]: group({ LaunchConfigurationName: 'web-1' }),
      [CONFIGURATIONS]: configurations,
    })
    expect(findings).toEqual([])
    expect(entity(GROUP)).toMatchObject({
      kind: 'AWS::AutoScaling::AutoScalingGroup',
      name: 'web',
      properties: { createdAt: '2024-05-06T07:08:09.123Z', startedFrom: 'web-1', tags: ['team=shop'] },
    })
    expect(entity(CONFIGURATION)).toMatchObject({
      kind: 'AWS::AutoScaling::LaunchConfiguration',
      name: 'web-1',
      properties: { metadataTokens: 'required' },
    })
    expect(arrows).toEqual(
      [
        `${ACCOUNT} CONTAINS ${GROUP}`,
        `${ACCOUNT} CONTAINS ${CONFIGURATION}`,
        `${GROUP} CAN_AUTHENTICATE_AS ${PROFILE}`,
        `${CONFIGURATION} CAN_AUTHENTICATE_AS ${PROFILE}`,
      ].sort(),
    )
    expect(text).not.toContain('ZXhwb3J0')
  })

  test('of a launch configuration that was not collected have a profile that is not known, and that is said', async () => {
    const { arrows, findings, coverage } = await bundle({ [GROUPS]: group({ LaunchConfigurationName: 'web-1' }) })
    expect(findings).toEqual(['EXPORT_TRUNCATED describe-auto-scaling-groups.json'])
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${GROUP}`])
    expect(coverage).toEqual([`aws:autoscaling/${REGION}:${ACCOUNT} incomplete`])
  })

  test('have what their launch templates give, also those of a mixed policy', async () => {
    const specification = { LaunchTemplateId: 'lt-0a4872e2c396d941c', LaunchTemplateName: 'workers', Version: '3' }
    const other = { LaunchTemplateId: 'lt-other', LaunchTemplateName: 'arm', Version: '$Latest' }
    const plain = await bundle({ [GROUPS]: group({ LaunchTemplate: specification }) })
    expect(plain.entity(GROUP)?.properties.startedFrom).toBe('lt-0a4872e2c396d941c:3')
    expect(plain.entity(TEMPLATE)).toMatchObject({ kind: 'AWS::EC2::LaunchTemplate', name: 'workers' })
    expect(plain.arrows).toContain(`${GROUP} CAN_AUTHENTICATE_AS ${TEMPLATE}`)
    const overrides = [{ InstanceType: 'c7g.large', LaunchTemplateSpecification: other }, { InstanceType: 'c7i.large' }]
    const mixed = await bundle({
      [GROUPS]: group({ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: specification, Overrides: overrides } } }),
    })
    expect(mixed.arrows.filter((arrow) => arrow.includes('CAN_AUTHENTICATE_AS'))).toEqual([
      `${GROUP} CAN_AUTHENTICATE_AS ${TEMPLATE}`,
      `${GROUP} CAN_AUTHENTICATE_AS arn:aws:ec2:${REGION}:${ACCOUNT}:launch-template/lt-other`,
    ])
  })

  test('are the same from loose files', async () => {
    const { placed, free } = await bothRoads({ [GROUPS]: group({ LaunchConfigurationName: 'web-1' }), [CONFIGURATIONS]: configurations })
    expect(free).toEqual(placed)
  })

  test('of which one is broken are read all the same', async () => {
    const { AutoScalingGroups: rows } = group({}) as { AutoScalingGroups: object[] }
    const { entity, findings } = await bundle({ [GROUPS]: { AutoScalingGroups: [{ AutoScalingGroupName: 'odd' }, ...rows] } })
    expect(findings).toEqual(['WRONG_SHAPE describe-auto-scaling-groups.json AutoScalingGroups[0].AutoScalingGroupARN'])
    expect(entity(GROUP)).toBeDefined()
  })
})
