import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'
import { arn, around, INSTANCE, instance, instances, PROFILE } from './ec2-network.ts'

describe('instances', () => {
  test('have a state, a name, a network, an address, tags and a profile', async () => {
    const { entity, arrows, findings, coverage } = await bundle(around())
    expect(findings).toEqual([])
    expect(entity(INSTANCE)).toMatchObject({
      label: 'Resource',
      kind: 'AWS::EC2::Instance',
      name: 'web-1',
      scope: ACCOUNT,
      properties: {
        state: 'running',
        vpc: 'vpc-1',
        publicAddress: '203.0.113.25',
        metadataTokens: 'optional',
        tags: ['Name=web-1', 'team=shop'],
        internetExposure: ['tcp/22 from 0.0.0.0/0'],
      },
    })
    expect(entity(PROFILE)).toMatchObject({ kind: 'AWS::IAM::InstanceProfile', name: 'web', scope: ACCOUNT })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${INSTANCE}`, `${INSTANCE} CAN_AUTHENTICATE_AS ${PROFILE}`])
    expect(coverage).toEqual([`aws:ec2/${REGION}:${ACCOUNT} complete`])
  })

  test('are the same from loose files, of which some tell account and region', async () => {
    const { placed, free } = await bothRoads(around())
    expect(free).toEqual(placed)
  })

  test('are the same however their outputs are split and ordered', async () => {
    const other = instance({ InstanceId: 'i-2', Tags: [] })
    const whole = await bundle(around({ 'ec2/describe-instances': instances(instance(), other) }))
    const { 'ec2/describe-instances': _, ...surroundings } = around()
    const split = await bundle({
      'ec2/describe-instances.0002': instances(instance()),
      'ec2/describe-instances.0001': { ...instances(other), NextToken: 'more' },
      ...surroundings,
    })
    expect({ facts: split.facts, coverage: split.coverage, findings: split.findings }).toEqual({
      facts: whole.facts,
      coverage: whole.coverage,
      findings: [],
    })
  })

  test('that were refused are a gap', async () => {
    const { findings, coverage } = await bundle({ 'ec2/describe-instances': failed('UnauthorizedOperation') })
    expect(findings).toEqual(['EXPORT_TRUNCATED describe-instances.json'])
    expect(coverage).toEqual([`aws:ec2/${REGION}:${ACCOUNT} incomplete`])
  })

  test('that are terminated carry no credentials and expose nothing', async () => {
    const gone = instance({ State: { Code: 48, Name: 'terminated' } })
    const { entity, arrows } = await bundle({ 'ec2/describe-instances': instances(gone) })
    expect(entity(INSTANCE)?.properties).toMatchObject({ state: 'terminated', internetExposure: [] })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${INSTANCE}`])
  })

  test('of which one is broken are read all the same', async () => {
    const { entity, findings, coverage } = await bundle({ 'ec2/describe-instances': instances({ ...instance(), InstanceId: 7 }, instance()) })
    expect(findings).toEqual(['WRONG_SHAPE describe-instances.json Reservations[0].Instances[0].InstanceId'])
    expect(entity(INSTANCE)?.name).toBe('web-1')
    expect(coverage).toEqual([`aws:ec2/${REGION}:${ACCOUNT} incomplete`])
  })

  test('are not reservations of other services', async () => {
    const { findings } = await loose({ 'a.json': { Reservations: [{ Arn: `arn:aws:medialive:${REGION}:${ACCOUNT}:reservation:1`, Count: 1 }] } })
    expect(findings).toEqual(['NOT_RECOGNISED a.json'])
  })

  test('have profiles by their associations too', async () => {
    const association = {
      AssociationId: 'iip-assoc-1',
      InstanceId: 'i-1234567890abcdef0',
      State: 'associated',
      IamInstanceProfile: { Arn: PROFILE, Id: 'AIPA' },
    }
    const past = { ...association, AssociationId: 'iip-assoc-2', InstanceId: 'i-2', State: 'disassociated' }
    const alone = await bundle({ 'ec2/describe-iam-instance-profile-associations': { IamInstanceProfileAssociations: [association, past] } })
    expect(alone.arrows).toEqual([`${ACCOUNT} CONTAINS ${INSTANCE}`, `${INSTANCE} CAN_AUTHENTICATE_AS ${PROFILE}`])
    const beside = await bundle({
      'ec2/describe-iam-instance-profile-associations': { IamInstanceProfileAssociations: [association] },
      'ec2/describe-instances': instances(instance({ IamInstanceProfile: undefined })),
    })
    expect(beside.findings).toEqual([])
    expect(beside.entity(INSTANCE)?.name).toBe('web-1')
    expect(beside.arrows).toContain(`${INSTANCE} CAN_AUTHENTICATE_AS ${PROFILE}`)
  })

  test('in loose files of no known region are a finding, not a guess', async () => {
    const { findings } = await loose({
      'vpcs.json': { Vpcs: [{ VpcId: 'vpc-1', OwnerId: ACCOUNT, State: 'available' }] },
      'caller.json': { UserId: 'AIDAEXAMPLE', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` },
    })
    expect(findings).toEqual(['WRONG_SHAPE vpcs.json'])
  })
})

describe('launch templates', () => {
  const TEMPLATE = arn('launch-template/lt-0abcd290751193123')
  const template = {
    LaunchTemplateId: 'lt-0abcd290751193123',
    LaunchTemplateName: 'workers',
    CreateTime: '2017-11-20T13:12:32+00:00',
    CreatedBy: `arn:aws:iam::${ACCOUNT}:root`,
    DefaultVersionNumber: 2,
    LatestVersionNumber: 2,
    Tags: [{ Key: 'team', Value: 'shop' }],
  }
  const version = (VersionNumber: number, IamInstanceProfile: object): object => ({
    LaunchTemplateId: 'lt-0abcd290751193123',
    LaunchTemplateName: 'workers',
    VersionNumber,
    CreateTime: '2017-11-20T13:12:32+00:00',
    CreatedBy: `arn:aws:iam::${ACCOUNT}:root`,
    DefaultVersion: VersionNumber === 2,
    LaunchTemplateData: { ImageId: 'ami-1', UserData: 'ZXhwb3J0IFRPS0VOPWh1bnRlcjI=', IamInstanceProfile },
  })
  const outputs = {
    'ec2/describe-launch-templates': { LaunchTemplates: [template] },
    'ec2/describe-launch-template-versions': { LaunchTemplateVersions: [version(1, { Arn: PROFILE }), version(2, { Name: 'batch' })] },
  }

  test('carry the profiles of their versions, and no user data', async () => {
    const { entity, arrows, findings, text } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(TEMPLATE)).toMatchObject({
      kind: 'AWS::EC2::LaunchTemplate',
      name: 'workers',
      properties: { createdAt: '2017-11-20T13:12:32.000Z', tags: ['team=shop'] },
    })
    expect(arrows).toEqual([
      `${ACCOUNT} CONTAINS ${TEMPLATE}`,
      `${TEMPLATE} CAN_AUTHENTICATE_AS arn:aws:iam::${ACCOUNT}:instance-profile/batch`,
      `${TEMPLATE} CAN_AUTHENTICATE_AS ${PROFILE}`,
    ])
    expect(text).not.toContain('ZXhwb3J0')
  })
})

describe('VPC endpoints', () => {
  const ENDPOINT = arn('vpc-endpoint/vpce-032a826a')
  const policy = { Version: '2008-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }
  const row = {
    VpcEndpointId: 'vpce-032a826a',
    VpcEndpointType: 'Gateway',
    VpcId: 'vpc-aabb1122',
    ServiceName: `com.amazonaws.${REGION}.s3`,
    State: 'available',
    PolicyDocument: JSON.stringify(policy),
    RouteTableIds: ['rtb-1'],
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    CreationTimestamp: '2017-09-05T20:41:28Z',
    Tags: [],
    OwnerId: ACCOUNT,
  }

  test('are limited by their policies', async () => {
    const { entity, arrows, findings } = await bundle({ 'ec2/describe-vpc-endpoints': { VpcEndpoints: [row] } })
    expect(findings).toEqual([])
    expect(entity(ENDPOINT)).toMatchObject({
      kind: 'AWS::EC2::VPCEndpoint',
      name: 'vpce-032a826a',
      document: null,
      properties: {
        uniqueId: 'vpce-032a826a',
        vpc: 'vpc-aabb1122',
        endpointService: `com.amazonaws.${REGION}.s3`,
        endpointType: 'Gateway',
        state: 'available',
        createdAt: '2017-09-05T20:41:28.000Z',
        tags: [],
      },
    })
    expect(entity(`${ENDPOINT}#policy`)).toMatchObject({
      label: 'Guardrail',
      kind: 'VpcEndpointPolicy',
      scope: ACCOUNT,
      document: JSON.stringify(policy),
      origin: { place: 'VpcEndpoints[0].PolicyDocument' },
    })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${ENDPOINT}`, `${ACCOUNT} CONTAINS ${ENDPOINT}#policy`, `${ENDPOINT}#policy LIMITS ${ENDPOINT}`])
  })

  test('have a policy that is not known where it was not printed, and none where they take none', async () => {
    const { entity } = await bundle({
      'ec2/describe-vpc-endpoints': {
        VpcEndpoints: [
          { ...row, PolicyDocument: undefined },
          {
            ...row,
            VpcEndpointId: 'vpce-lb',
            VpcEndpointType: 'GatewayLoadBalancer',
            ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
            PolicyDocument: undefined,
          },
        ],
      },
    })
    expect(entity(`${ENDPOINT}#policy`)).toMatchObject({ document: null })
    expect(entity(arn('vpc-endpoint/vpce-lb'))).toBeDefined()
    expect(entity(`${arn('vpc-endpoint/vpce-lb')}#policy`)).toBeUndefined()
  })

  test('tell their account and region in a loose file', async () => {
    const { placed, free } = await bothRoads({ 'ec2/describe-vpc-endpoints': { VpcEndpoints: [row] } })
    expect(free).toEqual(placed)
  })

  test('of OpenSearch are no endpoints of a VPC', async () => {
    const { entity } = await loose({ 'a.json': { VpcEndpoints: [{ VpcEndpointId: 'aos-1', VpcEndpointOwner: ACCOUNT }], VpcEndpointErrors: [] } })
    expect(entity(arn('vpc-endpoint/aos-1'))).toBeUndefined()
  })
})

describe('regions', () => {
  test('are recognised and say nothing of what is in them', async () => {
    const regions = { Regions: [{ Endpoint: 'ec2.eu-west-1.amazonaws.com', RegionName: 'eu-west-1', OptInStatus: 'opt-in-not-required' }] }
    expect(await bundle({ 'global/ec2/describe-regions': regions })).toMatchObject({ facts: [], findings: [], coverage: [] })
  })
})

describe('VPCs', () => {
  test('have a name and a state; one that another account shares is not stated', async () => {
    const own = { VpcId: 'vpc-1', OwnerId: ACCOUNT, State: 'available', CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'shop' }] }
    const { entity, arrows } = await bundle({ 'ec2/describe-vpcs': { Vpcs: [own, { ...own, VpcId: 'vpc-2', OwnerId: '444455556666' }] } })
    expect(entity(arn('vpc/vpc-1'))).toMatchObject({ kind: 'AWS::EC2::VPC', name: 'shop', properties: { state: 'available', tags: ['Name=shop'] } })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${arn('vpc/vpc-1')}`])
  })
})
