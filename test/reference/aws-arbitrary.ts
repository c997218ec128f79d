import * as fc from 'fast-check'
import { GRANT_KEYS, GRANT_TARGETS, settingsOf } from './aws-arbitrary-grants.ts'
import { ALICE, APP, APP_SESSION, FEDERATED, KEY, OURS, ROOT, THEIRS } from './aws-cases.ts'
import type { Json, JsonObject } from './aws-question.ts'
import { listOf } from './aws-question.ts'

/** Small simulate documents of which many really match: few names, few values, every layer. */

type Arbitrary = fc.Arbitrary<JsonObject>

const EVE = `arn:aws:iam::${THEIRS}:user/eve`
const BOB = `arn:aws:iam::${OURS}:user/team/bob`
const SERVICE = 'lambda.amazonaws.com'

export interface Target {
  readonly action: string
  readonly arn: string
  readonly account: string
  /** Further patterns of the ARN. */
  readonly patterns: readonly string[]
}

const TARGETS: readonly Target[] = [
  ...[OURS, THEIRS].map((account) => ({
    action: 's3:GetObject',
    arn: 'arn:aws:s3:::b/alice/a',
    account,
    patterns: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:username}/a', 'arn:aws:s3:::b/${aws:PrincipalTag/team}/?'],
  })),
  { action: 's3:ListBucket', arn: 'arn:aws:s3:::b', account: OURS, patterns: ['arn:aws:s3:::b*', 'arn:aws:s3'] },
  { action: 's3:ListAllMyBuckets', arn: '*', account: OURS, patterns: ['arn:aws:s3:::*'] },
  ...[OURS, THEIRS].map((account) => ({
    action: 'sqs:SendMessage',
    arn: `arn:aws:sqs:eu-west-1:${account}:a`,
    account,
    patterns: ['arn:aws:sqs:*', 'arn:aws:sqs:*:*:${aws:PrincipalTag/team}', "arn:aws:sqs:*:*:${aws:PrincipalTag/team, 'a'}"],
  })),
  ...[OURS, THEIRS].map((account) => ({ action: 'kms:Decrypt', arn: KEY.replace(OURS, account), account, patterns: ['arn:aws:kms:*:*:key/*'] })),
  ...[OURS, THEIRS].map((account) => ({
    action: 'sts:AssumeRole',
    arn: `arn:aws:iam::${account}:role/r`,
    account,
    patterns: ['arn:aws:iam::*:role/*'],
  })),
  { action: 'ec2:TerminateInstances', arn: `arn:aws:ec2:eu-west-1:${OURS}:instance/i-1`, account: OURS, patterns: ['arn:aws:ec2:*:*:instance/*'] },
]

const ALL_TARGETS = [...TARGETS, ...GRANT_TARGETS]

const PRINCIPALS = [ALICE, ALICE, BOB, EVE, APP_SESSION, APP_SESSION, APP, FEDERATED, ROOT, SERVICE, '*']

const oneOf = (...values: readonly Json[]): fc.Arbitrary<Json> => fc.constantFrom(...values)
const some = (values: readonly Json[]): fc.Arbitrary<Json> => fc.subarray([...values], { minLength: 1, maxLength: 2 })

export interface Key {
  readonly name: string
  readonly operators: readonly string[]
  readonly wanted: readonly string[]
  readonly present: readonly Json[]
}

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase']
const SETS = ['ForAllValues:', 'ForAnyValue:']

const KEYS: readonly Key[] = [
  {
    name: 'aws:PrincipalTag/team',
    operators: [...STRINGS, ...SETS.map((set) => `${set}StringLike`)],
    wanted: ['a', 'ab', 'A', 'a*', '*b', 'a?', '*', 'alice', '${aws:username}', '${aws:PrincipalTag/level}', '${*}'],
    present: ['a', 'ab', 'A', 'alice', '*'],
  },
  { name: 'aws:PrincipalTag/level', operators: STRINGS, wanted: ['a', 'b', 'a*', "${aws:PrincipalTag/team, 'b'}"], present: ['a', 'b'] },
  {
    name: 'aws:MultiFactorAuthAge',
    operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'],
    wanted: ['1', '2', '3'],
    present: ['1', '2', '7'],
  },
  {
    name: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress'],
    wanted: ['10.0.0.0/8', '10.1.0.0/16', '192.168.0.0/16', '10.1.2.3', '2001:db8::/32'],
    present: ['10.1.2.3', '10.9.9.9', '192.168.7.7', '2001:db8::5', '8.8.8.8'],
  },
  { name: 'aws:MultiFactorAuthPresent', operators: ['Bool'], wanted: ['true', 'false'], present: ['true', 'false'] },
  {
    name: 'aws:TokenIssueTime',
    operators: ['DateLessThan', 'DateGreaterThan', 'DateEquals', 'DateNotEquals'],
    wanted: ['2024-01-01T00:00:00Z', '2025-01-01', '1704067200'],
    present: ['2024-01-01T00:00:00Z', '2024-06-01T00:00:00Z', '1800000000'],
  },
  {
    name: 'aws:CalledVia',
    operators: SETS.flatMap((set) => [`${set}StringEquals`, `${set}StringNotEquals`, `${set}StringLike`]),
    wanted: ['a', 'b', 'a*'],
    present: ['a', ['a', 'b'], ['c'], ['b', 'c']],
  },
  {
    name: 'aws:PrincipalArn',
    operators: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike', 'StringLike'],
    wanted: [ALICE, APP, 'arn:aws:iam::*:role/*', `arn:aws:iam::${OURS}:*`, 'arn:aws:iam::*:user/${aws:username}'],
    present: [APP, EVE],
  },
  { name: 'aws:SourceVpce', operators: ['StringEquals', 'StringNotEquals'], wanted: ['vpce-1', 'vpce-2'], present: ['vpce-1', 'vpce-3'] },
  { name: 'aws:PrincipalOrgID', operators: ['StringEquals', 'StringNotEquals'], wanted: ['o-1', '${aws:ResourceOrgID}'], present: ['o-1', 'o-2'] },
  { name: 's3:prefix', operators: ['StringLike', 'StringNotLike', 'StringEquals'], wanted: ['a', 'a*', ''], present: ['a', 'ab', ''] },
  {
    name: 'iam:PassedToService',
    operators: ['StringEquals', 'StringNotEquals', 'StringLike'],
    wanted: [SERVICE, '*.amazonaws.com'],
    present: [SERVICE, 'a'],
  },
  {
    name: 'aws:SourceAccount',
    operators: ['StringEquals', 'StringNotEquals'],
    wanted: [OURS, '${aws:ResourceAccount}'],
    present: [OURS, THEIRS],
  },
  { name: 'aws:PrincipalType', operators: ['StringEquals', 'StringNotEquals'], wanted: ['User', 'AssumedRole', 'Anonymous'], present: ['User'] },
  { name: 'aws:PrincipalIsAWSService', operators: ['Bool'], wanted: ['true', 'false'], present: ['true'] },
]

/** Often one test, sometimes Null. */
function testOf(keys: readonly Key[]): Arbitrary {
  return fc.constantFrom(...keys).chain((key) =>
    fc
      .oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            operator: fc.constantFrom(...key.operators),
            suffix: fc.constantFrom('', '', 'IfExists'),
            wanted: some(key.wanted),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({ operator: fc.constantFrom('Null', 'Null', 'StringEqual'), suffix: fc.constant(''), wanted: oneOf('true', 'false') }),
        },
      )
      .map(({ operator, suffix, wanted }) => ({ [`${operator}${suffix}`]: { [key.name]: wanted } })),
  )
}

const merged = (parts: readonly JsonObject[]): JsonObject => Object.fromEntries(parts.flatMap((part) => Object.entries(part)))

const conditionOf = (keys: readonly Key[]): Arbitrary =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 4, arbitrary: fc.array(testOf(keys), { minLength: 1, maxLength: 2 }).map((tests) => ({ Condition: merged(tests) })) },
  )

function actionOf({ action }: Target): Arbitrary {
  const service = action.split(':')[0] ?? ''
  return fc.oneof(
    {
      weight: 8,
      arbitrary: oneOf(action, action, '*', '*', `${service}:*`, action.toUpperCase(), `${action.slice(0, -3)}*`, 'iam:GetUser').map((Action) => ({
        Action,
      })),
    },
    { weight: 1, arbitrary: oneOf(action, 'iam:*', [`${service}:*`, 'iam:*']).map((NotAction) => ({ NotAction })) },
  )
}

function resourceOf({ arn, patterns }: Target): Arbitrary {
  return fc.oneof(
    { weight: 10, arbitrary: oneOf('*', '*', '*', arn, arn, ...patterns, 'arn:aws:s3:::other').map((Resource) => ({ Resource })) },
    { weight: 1, arbitrary: oneOf(arn, ...patterns, 'arn:aws:s3:::other').map((NotResource) => ({ NotResource })) },
  )
}

const statementOf = (target: Target, keys: readonly Key[], effects: readonly string[]): Arbitrary =>
  fc
    .tuple(fc.constantFrom(...effects), actionOf(target), resourceOf(target), conditionOf(keys))
    .map(([Effect, ...parts]) => merged([{ Effect }, ...parts]))

const MOSTLY_ALLOW = ['Allow', 'Allow', 'Allow', 'Deny']

function policyOf(statement: Arbitrary): Arbitrary {
  return fc.record({
    Version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
    Statement: fc.array(statement, { minLength: 1, maxLength: 2 }),
  })
}

const NAMED: readonly Json[] = [ALICE, APP, APP_SESSION, `${APP_SESSION}x`, FEDERATED, ROOT, OURS, THEIRS, EVE, BOB]
const principalOf: Arbitrary = fc.oneof(
  { weight: 4, arbitrary: some(NAMED).map((names) => ({ Principal: { AWS: names } })) },
  { weight: 3, arbitrary: oneOf('*', { AWS: '*' }, { Service: SERVICE }).map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: fc.constant({}) },
)
const exceptionOf: Arbitrary = fc
  .tuple(fc.constantFrom([ALICE, OURS], [APP, OURS], [APP_SESSION, APP, ROOT], [ROOT], [FEDERATED, ROOT]), fc.boolean())
  .map(([names, service]) => ({ NotPrincipal: { AWS: names, ...(service ? { Service: SERVICE } : {}) } }))

/** The same, and all the rest for everyone. */
const withOpen = (policy: JsonObject): JsonObject => ({
  ...policy,
  Statement: [...listOf(policy['Statement']), { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
})

/** A resource policy's ARNs are whole; a trust policy has none. */
function resourcePolicyOf(target: Target, keys: readonly Key[]): Arbitrary {
  const whole = { ...target, patterns: target.patterns.filter((pattern) => pattern.split(':').length >= 6) }
  const named = fc.tuple(statementOf(whole, keys, MOSTLY_ALLOW), principalOf).map(merged)
  const excepted = fc.tuple(statementOf(whole, keys, ['Deny']), exceptionOf).map(merged)
  const statement = fc.oneof({ weight: 6, arbitrary: named }, { weight: 1, arbitrary: excepted })
  if (target.action !== 'sts:AssumeRole') return fc.oneof(policyOf(statement), policyOf(statement).map(withOpen))
  return policyOf(
    statement.map(({ Resource: _resource, NotResource: _others, NotAction: _actions, ...rest }) => ({ ...rest, Action: 'sts:AssumeRole' })),
  )
}

const rcpOf = (target: Target, keys: readonly Key[]): Arbitrary =>
  policyOf(
    fc
      .tuple(conditionOf(keys), fc.constantFrom('*', target.arn))
      .map(([condition, Resource]) => ({ Effect: 'Deny', Principal: '*', Action: `${target.action.split(':')[0]}:*`, Resource, ...condition })),
  ).map((policy) => ({ ...policy, Version: '2012-10-17' }))

const sometimes = (name: string, weight: number, arbitrary: fc.Arbitrary<Json>): Arbitrary =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant({}) }, { weight, arbitrary: arbitrary.map((value) => ({ [name]: value })) })

function contextOf(keys: readonly Key[]): Arbitrary {
  const entries = keys.map(({ name, present }) =>
    fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 4, arbitrary: oneOf(...present, null, []).map((value) => ({ [name]: value })) }),
  )
  return fc.tuple(...entries).map(merged)
}

const unknownOf = (keys: readonly Key[]): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(true) },
    {
      weight: 3,
      arbitrary: oneOf(
        false,
        keys.slice(0, 1).map(({ name }) => name),
        ['aws:PrincipalTag/*'],
      ),
    },
  )

/** A federated user without session policy has none of its user's permissions (AWS), or all (the contract): it is given one. */
const sessionsOf = (principal: string, ceiling: fc.Arbitrary<Json>): Arbitrary => {
  if (principal === FEDERATED) return ceiling.map((sessionPolicies) => ({ sessionPolicies }))
  return principal === APP || principal === APP_SESSION ? sometimes('sessionPolicies', 4, ceiling) : fc.constant({})
}

const OPEN: Json = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const one = (policy: Arbitrary): fc.Arbitrary<Json> => policy.map((document) => [document])
const besideOpen = (policy: Arbitrary): fc.Arbitrary<Json> => policy.map((document) => [OPEN, document])

/** Nobody can attach policies or boundaries to the root user, services or the anonymous. */
function identityOf(principal: string, policy: Arbitrary): Arbitrary {
  if ([ROOT, SERVICE, '*'].includes(principal)) return fc.constant({})
  const identity = fc.oneof(fc.array(policy, { minLength: 1, maxLength: 2 }), besideOpen(policy))
  const ceiling = fc.oneof(one(policy), besideOpen(policy))
  return fc
    .tuple(sometimes('identityPolicies', 9, identity), sometimes('permissionsBoundary', 3, one(policy)), sessionsOf(principal, ceiling))
    .map(merged)
}

function guardrailsOf(target: Target, keys: readonly Key[], policy: Arbitrary): Arbitrary {
  const level = fc.oneof(
    { weight: 3, arbitrary: fc.constant([OPEN]) },
    { weight: 2, arbitrary: besideOpen(policy) },
    { weight: 1, arbitrary: fc.array(policy, { maxLength: 2 }) },
  )
  const everyone = oneOf('*', { AWS: '*' }).map((Principal) => ({ Principal }))
  const through = policyOf(fc.tuple(statementOf(target, keys, MOSTLY_ALLOW), everyone).map(merged))
  return fc
    .tuple(
      sometimes('serviceControlPolicies', 3, fc.array(level, { maxLength: 2 })),
      sometimes('resourceControlPolicies', 3, fc.array(fc.array(rcpOf(target, keys), { maxLength: 1 }), { maxLength: 2 })),
      sometimes('endpointPolicy', 2, one(through)),
    )
    .map(merged)
}

export const documents: Arbitrary = fc
  .record({
    target: fc.constantFrom(...ALL_TARGETS),
    keys: fc.subarray([...KEYS, ...GRANT_KEYS], { minLength: 1, maxLength: 2 }),
    principal: fc.constantFrom(...PRINCIPALS),
  })
  .chain(({ target, keys, principal }) => {
    const policy = policyOf(statementOf(target, keys, MOSTLY_ALLOW))
    return fc
      .tuple(
        fc.constant({ principal, action: target.action, resource: { arn: target.arn, account: target.account } }),
        fc.record({ context: contextOf(keys), unknownContext: unknownOf(keys) }),
        target.arn === '*' || target.action === 'iam:PassRole' ? fc.constant({}) : sometimes('resourcePolicy', 8, resourcePolicyOf(target, keys)),
        identityOf(principal, policy),
        guardrailsOf(target, keys, policy),
        settingsOf(target),
      )
      .map(merged)
  })
