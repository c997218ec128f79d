import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/ and …/autoscaling/ */

const NEXT = ['NextToken', 'NextToken'] as const
const MANY = { MaxResults: 1000 }
const SOME = { MaxResults: 200 }

export const ec2 = service({
  cli: 'ec2',
  gains: 'instances with the roles that they carry and how they are exposed; launch templates; networks; VPC endpoints with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-ec2'),
  client: 'EC2Client',
  calls: [
    { command: 'DescribeRegionsCommand', reach: 'GLOBAL' },
    { command: 'DescribeInstancesCommand', input: MANY, pages: NEXT, lists: ['Reservations'] },
    { command: 'DescribeIamInstanceProfileAssociationsCommand', input: MANY, pages: NEXT, lists: ['IamInstanceProfileAssociations'] },
    { command: 'DescribeSecurityGroupsCommand', input: MANY, pages: NEXT, lists: ['SecurityGroups'] },
    { command: 'DescribeLaunchTemplatesCommand', input: SOME, pages: NEXT, lists: ['LaunchTemplates'] },
    {
      command: 'DescribeLaunchTemplateVersionsCommand',
      input: { Versions: ['$Default', '$Latest'] },
      each: [{ of: 'describe-launch-templates', list: 'LaunchTemplates', take: { LaunchTemplateId: 'LaunchTemplateId' } }],
      pages: NEXT,
      drops: ['UserData'],
      none: ['InvalidLaunchTemplateId.NotFound'],
    },
    { command: 'DescribeVpcEndpointsCommand', input: MANY, pages: NEXT, lists: ['VpcEndpoints'] },
    { command: 'DescribeVpcsCommand', input: MANY, pages: NEXT, lists: ['Vpcs'] },
    { command: 'DescribeSubnetsCommand', input: MANY, pages: NEXT, lists: ['Subnets'] },
    { command: 'DescribeRouteTablesCommand', input: { MaxResults: 100 }, pages: NEXT, lists: ['RouteTables'] },
    { command: 'DescribeNetworkAclsCommand', input: MANY, pages: NEXT, lists: ['NetworkAcls'] },
  ],
})

export const autoscaling = service({
  cli: 'autoscaling',
  gains: 'groups and launch configurations with the instance profiles that they start machines with',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-auto-scaling'),
  client: 'AutoScalingClient',
  calls: [
    { command: 'DescribeAutoScalingGroupsCommand', input: { MaxRecords: 100 }, pages: NEXT },
    { command: 'DescribeLaunchConfigurationsCommand', input: { MaxRecords: 100 }, pages: NEXT, drops: ['UserData'] },
  ],
})
