import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, admin, allow, ask, aws, deny, hold, policy } from '../../reference/aws-cases.ts'
import type { Effect, JsonObject } from '../../reference/aws-question.ts'

/** Unknown keys in their interplay: the contract, "What a question means". */

const TEAM = 'aws:PrincipalTag/team'
const LEVEL = 'aws:PrincipalTag/level'
const IP = 'aws:SourceIp'
const MFA = 'aws:MultiFactorAuthPresent'
const when = (Condition: JsonObject): JsonObject => ({ Condition })
const team = (operator: string, ...values: readonly string[]): JsonObject => when({ [operator]: { [TEAM]: values } })
const from = (operator: string, ...networks: readonly string[]): JsonObject => when({ [operator]: { [IP]: networks } })
const mfa = (operator: string, value: string): JsonObject => when({ [operator]: { [MFA]: value } })

/** Statements of one identity policy, all keys unknown. */
type Line = readonly [name: string, statements: readonly JsonObject[], effect: Effect]
const lines: readonly Line[] = [
  ['an allow and a deny on the same value exclude each other', [allow(team('StringEquals', 'a')), deny(team('StringEquals', 'a'))], 'DENY'],
  ['an allow on some values and a deny on more of them', [allow(team('StringEquals', 'a')), deny(team('StringEquals', 'a', 'b'))], 'DENY'],
  ['an allow on more values than the deny takes', [allow(team('StringEquals', 'a', 'b')), deny(team('StringEquals', 'a'))], 'CONDITIONAL'],
  ['an allow on what a deny by pattern takes', [allow(team('StringEquals', 'abc')), deny(team('StringLike', 'a*'))], 'DENY'],
  ['an allow by pattern and a deny on one of its values', [allow(team('StringLike', 'a*')), deny(team('StringEquals', 'abc'))], 'CONDITIONAL'],
  [
    'an allow that needs the key and a deny that takes all that have it',
    [allow(team('StringLike', '*')), deny(when({ Null: { [TEAM]: 'false' } }))],
    'DENY',
  ],
  ['a value and everything but that value, absent included', [allow(team('StringEquals', 'a')), allow(team('StringNotEquals', 'a'))], 'ALLOW'],
  [
    'a value and what has the key but not that value: absence is left',
    [allow(team('StringEquals', 'a')), allow(when({ StringNotEquals: { [TEAM]: 'a' }, Null: { [TEAM]: 'false' } }))],
    'CONDITIONAL',
  ],
  ['present or absent is everything', [allow(when({ Null: { [TEAM]: 'true' } })), allow(when({ Null: { [TEAM]: 'false' } }))], 'ALLOW'],
  ['two values that exclude each other in one condition', [allow(when({ StringEquals: { [TEAM]: 'a' }, StringNotEquals: { [TEAM]: 'a' } }))], 'DENY'],
  ['two patterns that no value fits together', [allow(when({ StringEquals: { [TEAM]: 'abc' }, StringLike: { [TEAM]: 'b*' } }))], 'DENY'],
  [
    'two patterns that some value fits together',
    [allow(when({ StringLike: { [TEAM]: 'a*' }, StringLikeIfExists: { [TEAM]: '*b' } }))],
    'CONDITIONAL',
  ],
  [
    'IfExists and its key’s absence',
    [allow(team('StringEqualsIfExists', 'a')), deny(when({ Null: { [TEAM]: 'true' } })), deny(team('StringEquals', 'a'))],
    'DENY',
  ],
  [
    'case does not matter to the one operator, but to the other',
    [allow(team('StringEqualsIgnoreCase', 'a')), deny(team('StringEquals', 'a'))],
    'CONDITIONAL',
  ],
  ['everything but a value that is the only one allowed', [allow(team('StringEquals', 'a')), deny(team('StringNotEquals', 'a'))], 'CONDITIONAL'],
  ['different keys do not exclude each other', [allow(team('StringEquals', 'a')), deny(when({ StringEquals: { [LEVEL]: 'a' } }))], 'CONDITIONAL'],
  ['an allow that a deny always takes', [allow(team('StringEquals', 'a')), deny(team('StringEqualsIfExists', 'a', 'b'))], 'DENY'],
  [
    'an address in a network and a deny on the wider network',
    [allow(from('IpAddress', '10.1.0.0/16')), deny(from('IpAddress', '10.0.0.0/8'))],
    'DENY',
  ],
  [
    'an address in a network and a deny on a narrower network',
    [allow(from('IpAddress', '10.0.0.0/8')), deny(from('IpAddress', '10.1.0.0/16'))],
    'CONDITIONAL',
  ],
  ['networks apart', [allow(from('IpAddress', '10.0.0.0/8')), deny(from('IpAddress', '192.168.0.0/16'))], 'CONDITIONAL'],
  ['two networks that no address is in', [allow(when({ IpAddress: { [IP]: '10.0.0.0/8' }, IpAddressIfExists: { [IP]: '192.168.0.0/16' } }))], 'DENY'],
  ['in a network or not in it', [allow(from('IpAddress', '10.0.0.0/8')), allow(from('NotIpAddress', '10.0.0.0/8'))], 'ALLOW'],
  ['every address of both families still leaves absence', [allow(from('IpAddress', '0.0.0.0/0', '::/0'))], 'CONDITIONAL'],
  ['denied without MFA: the key may be absent', [allow(), deny(mfa('BoolIfExists', 'false'))], 'CONDITIONAL'],
  ['allowed with MFA, denied without', [allow(mfa('Bool', 'true')), deny(mfa('BoolIfExists', 'false'))], 'CONDITIONAL'],
  ['allowed with MFA, denied with MFA', [allow(mfa('Bool', 'true')), deny(mfa('Bool', 'true'))], 'DENY'],
  [
    'allowed with MFA, without, and where that isn’t said',
    [allow(mfa('Bool', 'true')), allow(mfa('Bool', 'false')), allow(when({ Null: { [MFA]: 'true' } }))],
    'ALLOW',
  ],
  ['allowed without MFA if it is said', [allow(mfa('Bool', 'true')), allow(mfa('BoolIfExists', 'false'))], 'ALLOW'],
  ['numbers that exclude each other', [allow(when({ NumericLessThan: { [LEVEL]: '5' }, NumericGreaterThan: { [LEVEL]: '7' } }))], 'DENY'],
  ['numbers that leave a gap', [allow(when({ NumericGreaterThan: { [LEVEL]: '5' }, NumericLessThan: { [LEVEL]: '7' } }))], 'CONDITIONAL'],
  [
    'numbers below a bound, and a deny below a higher bound',
    [allow(when({ NumericLessThan: { [LEVEL]: '5' } })), deny(when({ NumericLessThanEquals: { [LEVEL]: '5' } }))],
    'DENY',
  ],
  [
    'numbers up to a bound, and a deny below it',
    [allow(when({ NumericLessThanEquals: { [LEVEL]: '5' } })), deny(when({ NumericLessThan: { [LEVEL]: '5' } }))],
    'CONDITIONAL',
  ],
  [
    'dates that exclude each other',
    [
      allow(
        when({ DateGreaterThan: { 'aws:TokenIssueTime': '2025-01-01T00:00:00Z' }, DateLessThan: { 'aws:TokenIssueTime': '2024-01-01T00:00:00Z' } }),
      ),
    ],
    'DENY',
  ],
  [
    'dates that leave a window',
    [
      allow(
        when({ DateGreaterThan: { 'aws:TokenIssueTime': '2024-01-01T00:00:00Z' }, DateLessThan: { 'aws:TokenIssueTime': '2025-01-01T00:00:00Z' } }),
      ),
    ],
    'CONDITIONAL',
  ],
  [
    'ForAllValues holds without values, so that a deny on none is left',
    [allow(when({ 'ForAllValues:StringEquals': { 'aws:CalledVia': ['a'] } }))],
    'CONDITIONAL',
  ],
  [
    'a set of values: all of them, or any other',
    [
      allow(when({ 'ForAllValues:StringEquals': { 'aws:CalledVia': ['a'] } })),
      allow(when({ 'ForAnyValue:StringNotEquals': { 'aws:CalledVia': ['a'] } })),
    ],
    'ALLOW',
  ],
  [
    'a set of values: any of two need not be all of one',
    [
      allow(when({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['a'] } })),
      deny(when({ 'ForAllValues:StringEquals': { 'aws:CalledVia': ['a'] } })),
    ],
    'CONDITIONAL',
  ],
  [
    'a set of values: any, and then not all others',
    [
      allow(when({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['a'] } })),
      deny(when({ 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['a', 'b'] } })),
    ],
    'DENY',
  ],
  ['a variable that is compared with itself', [allow(when({ StringEquals: { [TEAM]: '${aws:PrincipalTag/team}' } }))], 'CONDITIONAL'],
  [
    'two unknown keys that must be equal and must not be',
    [allow(when({ StringEquals: { [TEAM]: '${aws:PrincipalTag/level}' } })), deny(when({ StringEquals: { [TEAM]: '${aws:PrincipalTag/level}' } }))],
    'DENY',
  ],
]
const correlated = lines.map(([name, statements, effect]): Case => ({
  name,
  ask: ask({ unknownContext: true, identityPolicies: [policy(...statements)] }),
  effect,
}))

const layered: readonly Case[] = [
  {
    name: 'an allow in the identity and a boundary that exclude each other',
    ask: ask({
      unknownContext: true,
      identityPolicies: [policy(allow(team('StringEquals', 'a')))],
      permissionsBoundary: [policy(allow(team('StringEquals', 'b')))],
    }),
    effect: 'DENY',
  },
  {
    name: 'an allow in the identity and a boundary that agree',
    ask: ask({
      unknownContext: true,
      identityPolicies: [policy(allow(team('StringEquals', 'a')))],
      permissionsBoundary: [policy(allow(team('StringEquals', 'a')))],
    }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'an identity and a resource policy that together cover all',
    ask: ask({
      unknownContext: true,
      identityPolicies: [policy(allow(team('StringEquals', 'a')))],
      resourcePolicy: policy(allow({ ...aws(ALICE), ...team('StringNotEquals', 'a') })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'SCP levels that exclude each other',
    ask: ask({
      unknownContext: true,
      identityPolicies: admin,
      serviceControlPolicies: [[policy(allow(team('StringEquals', 'a')))], [policy(allow(team('StringEquals', 'b')))]],
    }),
    effect: 'DENY',
  },
  {
    name: 'SCPs of one level that together cover all',
    ask: ask({
      unknownContext: true,
      identityPolicies: admin,
      serviceControlPolicies: [[policy(allow(team('StringEquals', 'a'))), policy(allow(team('StringNotEquals', 'a')))]],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'across accounts, sides that exclude each other',
    ask: ask({
      unknownContext: true,
      resource: { arn: 'arn:aws:s3:::logs/a', account: '444455556666' },
      identityPolicies: [policy(allow(team('StringEquals', 'a')))],
      resourcePolicy: policy(allow({ ...aws(ALICE), ...team('StringEquals', 'b') })),
    }),
    effect: 'DENY',
  },
  {
    name: 'an RCP that denies what the identity needs',
    ask: ask({
      unknownContext: true,
      identityPolicies: [policy(allow(from('IpAddress', '10.0.0.0/8')))],
      resourceControlPolicies: [[policy(deny({ Action: 's3:*', Principal: '*', ...from('NotIpAddress', '192.168.0.0/16') }))]],
    }),
    effect: 'DENY',
  },
  {
    name: 'a key that is given is known though all else is not',
    ask: ask({ unknownContext: true, context: { [TEAM]: 'b' }, identityPolicies: [policy(allow(team('StringEquals', 'a')))] }),
    effect: 'DENY',
  },
  {
    name: 'a key that is known to be absent',
    ask: ask({ unknownContext: true, context: { [TEAM]: [] }, identityPolicies: [policy(allow(team('StringNotEquals', 'a')))] }),
    effect: 'ALLOW',
  },
  {
    name: 'a key that is present with a value not known cannot be absent',
    ask: ask({ context: { [TEAM]: null }, identityPolicies: [policy(allow(), deny(when({ Null: { [TEAM]: 'true' } })))] }),
    effect: 'ALLOW',
  },
]

hold('one key in allow and deny', correlated)
hold('one key in several layers', layered)
