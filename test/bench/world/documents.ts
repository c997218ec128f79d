import type { Random } from '../random.ts'
import { SERVICES, type BenchService } from './services.ts'
import type { AccountPlan } from './tiers.ts'

/** Policy documents as people write them: mostly a few actions on a few resources, some wide, some with conditions, some that deny. */

export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Readonly<Record<string, unknown>>[]
}

const document = (...statements: readonly Readonly<Record<string, unknown>>[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements })

const CONDITIONS: readonly object[] = [
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } },
  { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
  { StringEquals: { 'aws:PrincipalTag/team': 'data' } },
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app-*' } },
  { DateLessThan: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-bench00001' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
]

const WIDE: readonly Readonly<Record<string, unknown>>[] = [
  { Effect: 'Allow', Action: '*', Resource: '*' },
  { Effect: 'Allow', Action: 's3:*', Resource: '*' },
  { Effect: 'Allow', Action: ['ec2:*', 'elasticloadbalancing:*', 'autoscaling:*'], Resource: '*' },
  { Effect: 'Allow', Action: ['dynamodb:*', 'lambda:*', 'logs:*', 'sqs:*'], Resource: '*' },
  { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
  { Effect: 'Allow', NotAction: ['kms:*', 'secretsmanager:*'], Resource: '*' },
  { Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'dynamodb:Get*', 'sqs:Get*'], Resource: '*' },
]

/** One policy in ten is wide; three statements in ten have a condition; one policy in twelve denies something besides. */
export function permissionPolicy(random: Random, account: AccountPlan): PolicyDocument {
  if (random.chance(0.1)) return document(withCondition(random, random.pick(WIDE)))
  const statements = Array.from({ length: 1 + random.rank(6) }, () => allowStatement(random, account))
  return random.chance(1 / 12) ? document(...statements, denyStatement(random, account)) : document(...statements)
}

function allowStatement(random: Random, account: AccountPlan): Readonly<Record<string, unknown>> {
  if (random.chance(0.04))
    return { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${account.id}:role/app-${random.below(account.roles)}*` }
  const service = random.pick(SERVICES)
  return withCondition(random, { Effect: 'Allow', Action: actions(random, service), Resource: resources(random, service, account) })
}

function denyStatement(random: Random, account: AccountPlan): Readonly<Record<string, unknown>> {
  const service = random.pick(SERVICES)
  return withCondition(random, { Effect: 'Deny', Action: `${service.prefix}:Delete*`, Resource: resources(random, service, account) })
}

const withCondition = (random: Random, statement: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  random.chance(0.3) ? { ...statement, Condition: random.pick(CONDITIONS) } : statement

function actions(random: Random, { prefix, actions: known }: BenchService): readonly string[] {
  if (random.chance(0.15)) return [`${prefix}:Get*`, `${prefix}:List*`, `${prefix}:Describe*`]
  return random.some(known, 1 + random.rank(known.length)).map((name) => `${prefix}:${name}`)
}

function resources(random: Random, service: BenchService, account: AccountPlan): string | readonly string[] {
  if (random.chance(0.4)) return '*'
  const number = random.below(account.resources)
  const arn = service.arn(account.id, number)
  if (random.chance(0.5)) return [`${arn.slice(0, -1)}*`]
  return service.inside === '' ? arn : [arn, `${arn}${service.inside}`]
}

/** Keeps a principal to a few services, as boundaries do. */
export const boundaryPolicy = (): PolicyDocument =>
  document(
    { Effect: 'Allow', Action: ['s3:*', 'dynamodb:*', 'lambda:*', 'logs:*', 'sqs:*', 'sns:*', 'kms:Decrypt', 'sts:AssumeRole'], Resource: '*' },
    { Effect: 'Deny', Action: ['iam:*', 's3:PutBucketPolicy'], Resource: '*' },
  )

/** A policy on a bucket, queue, key …: the account itself, one of its roles, or another account. */
export function resourcePolicy(random: Random, account: AccountPlan, other: AccountPlan, service: BenchService, arn: string): PolicyDocument {
  const resource = service.inside === '/*' ? [arn, `${arn}/*`] : arn
  const principal = random.chance(0.6)
    ? `arn:aws:iam::${account.id}:root`
    : random.chance(0.7)
      ? `arn:aws:iam::${account.id}:role/app-${random.below(account.roles)}`
      : `arn:aws:iam::${other.id}:root`
  const allowed = service.prefix === 'kms' ? 'kms:*' : actions(random, service)
  const allow = withCondition(random, { Effect: 'Allow', Principal: { AWS: principal }, Action: allowed, Resource: resource })
  const insecure = { Bool: { 'aws:SecureTransport': 'false' } }
  const deny = { Effect: 'Deny', Principal: '*', Action: `${service.prefix}:*`, Resource: resource, Condition: insecure }
  return random.chance(0.3) ? document(allow, deny) : document(allow)
}

/** Who may take a role: a service, its account, another role of it (chains), another account, or somebody federated. */
export function trustPolicy(random: Random, account: AccountPlan, other: AccountPlan): PolicyDocument {
  const roll = random.next()
  if (roll < 0.5) return trust({ Service: random.pick(['lambda.amazonaws.com', 'ec2.amazonaws.com', 'ecs-tasks.amazonaws.com']) })
  if (roll < 0.65) return trust({ AWS: `arn:aws:iam::${account.id}:root` })
  if (roll < 0.8) return trust({ AWS: `arn:aws:iam::${account.id}:role/app-${random.below(account.roles)}` })
  if (roll < 0.9) return trust({ AWS: `arn:aws:iam::${other.id}:root` }, { StringEquals: { 'sts:ExternalId': `tenant-${random.below(1000)}` } })
  if (roll < 0.95) {
    const provider = `arn:aws:iam::${account.id}:oidc-provider/token.actions.githubusercontent.com`
    const subject = { 'token.actions.githubusercontent.com:sub': `repo:acme/app-${random.below(500)}:*` }
    return trust({ Federated: provider }, { StringLike: subject }, 'sts:AssumeRoleWithWebIdentity')
  }
  const audience = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }
  return trust({ Federated: `arn:aws:iam::${account.id}:saml-provider/okta` }, audience, 'sts:AssumeRoleWithSAML')
}

const trust = (Principal: object, Condition?: object, Action = 'sts:AssumeRole'): PolicyDocument =>
  document({ Effect: 'Allow', Principal, Action, ...(Condition === undefined ? {} : { Condition }) })

/** AWS's own policies that half the world attaches, cut to their shape. */
export const AWS_MANAGED: readonly { readonly name: string; readonly document: PolicyDocument }[] = [
  { name: 'AdministratorAccess', document: document({ Effect: 'Allow', Action: '*', Resource: '*' }) },
  {
    name: 'PowerUserAccess',
    document: document(
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      { Effect: 'Allow', Action: ['iam:CreateServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'], Resource: '*' },
    ),
  },
  {
    name: 'ReadOnlyAccess',
    document: document({
      Effect: 'Allow',
      Action: [
        'apigateway:GET',
        ...SERVICES.flatMap(({ prefix }) => [`${prefix}:Get*`, `${prefix}:List*`, `${prefix}:Describe*`, `${prefix}:BatchGet*`]),
      ],
      Resource: '*',
    }),
  },
  { name: 'AmazonS3ReadOnlyAccess', document: document({ Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' }) },
  {
    name: 'AWSLambdaBasicExecutionRole',
    document: document({ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }),
  },
]

/** Levels of the organisation: everything but a few, at the root; regions and tampering below. */
export const serviceControlPolicies = {
  full: document({ Effect: 'Allow', Action: '*', Resource: '*' }),
  root: document({ Effect: 'Deny', Action: ['organizations:LeaveOrganization', 'account:CloseAccount'], Resource: '*' }),
  unit: document({
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*', 'organizations:*', 'support:*', 's3:*'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
  }),
  account: document({ Effect: 'Deny', Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'kms:ScheduleKeyDeletion'], Resource: '*' }),
} as const
