import type { Case, Row } from '../../reference/aws-cases.ts'
import { admin, allow, ask, deny, elsewhere, hold, holdRows, policy } from '../../reference/aws-cases.ts'
import type { JsonObject } from '../../reference/aws-question.ts'

/** S30 to S38: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */

const TEAM = 'aws:PrincipalTag/team'
const LEVEL = 'aws:PrincipalTag/level'
const TAGS = 'aws:TagKeys'

const combination: readonly Row[] = [
  ['S30 operators are all needed', { StringEquals: { [TEAM]: 'a' }, StringNotEquals: { [LEVEL]: 'x' } }, { [TEAM]: 'a', [LEVEL]: 'y' }, true],
  [
    'S30 one operator that fails is enough to fail',
    { StringEquals: { [TEAM]: 'a' }, StringNotEquals: { [LEVEL]: 'x' } },
    { [TEAM]: 'a', [LEVEL]: 'x' },
    false,
  ],
  ['S30 keys are all needed', { StringEquals: { [TEAM]: 'a', [LEVEL]: 'x' } }, { [TEAM]: 'a', [LEVEL]: 'y' }, false],
  ['S30 all keys match', { StringEquals: { [TEAM]: 'a', [LEVEL]: 'x' } }, { [TEAM]: 'a', [LEVEL]: 'x' }, true],
  ['S30 one of the values is enough', { StringEquals: { [TEAM]: ['a', 'b'] } }, { [TEAM]: 'b' }, true],
  ['S30 none of the values matches', { StringEquals: { [TEAM]: ['a', 'b'] } }, { [TEAM]: 'c' }, false],
  ['S30 negated: none of the values may match', { StringNotEquals: { [TEAM]: ['a', 'b'] } }, { [TEAM]: 'b' }, false],
  ['S30 negated: no value matches', { StringNotEquals: { [TEAM]: ['a', 'b'] } }, { [TEAM]: 'c' }, true],
  ['S30 keys are case-insensitive', { StringEquals: { 'AWS:principaltag/TEAM': 'a' } }, { [TEAM]: 'a' }, true],
  ['S30 operator names are case-insensitive', { stringequals: { [TEAM]: 'a' } }, { [TEAM]: 'a' }, true],
  ['S30 suffixes and prefixes are case-insensitive', { 'FORANYVALUE:STRINGLIKEIFEXISTS': { [TEAM]: 'a*' } }, { [TEAM]: 'ab' }, true],
  ['S30 values are case-sensitive', { StringEquals: { [TEAM]: 'A' } }, { [TEAM]: 'a' }, false],
  ['S30 an empty condition always holds', {}, {}, true],
]

const absent: readonly Row[] = [
  ['S31 a missing key fails a positive operator', { StringEquals: { [TEAM]: 'a' } }, {}, false],
  ['S31 a missing key fails StringLike *', { StringLike: { [TEAM]: '*' } }, {}, false],
  ['S31 a missing key passes a negated operator', { StringNotEquals: { [TEAM]: 'a' } }, {}, true],
  ['S31 a missing key passes StringNotLike *', { StringNotLike: { [TEAM]: '*' } }, {}, true],
  ['S31 a missing key passes ArnNotLike', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, {}, true],
  ['S31 a missing key passes NotIpAddress', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, {}, true],
  ['S31 a missing key fails IpAddress', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, {}, false],
  ['S31 a missing key fails Bool false', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, {}, false],
  ['S31 a missing key passes BoolIfExists false', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, {}, true],
  ['S31 a missing key passes NumericNotEquals', { NumericNotEquals: { 's3:max-keys': '1' } }, {}, true],
  ['S31 a missing key fails NumericLessThan', { NumericLessThan: { 's3:max-keys': '1' } }, {}, false],
  ['S31 a missing key passes DateNotEquals', { DateNotEquals: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } }, {}, true],
  ['S31 a missing key fails DateGreaterThan', { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } }, {}, false],
  ['S31 a missing key passes StringEqualsIfExists', { StringEqualsIfExists: { [TEAM]: 'a' } }, {}, true],
  ['S31 a missing key passes StringNotEqualsIfExists', { StringNotEqualsIfExists: { [TEAM]: 'a' } }, {}, true],
  ['S31 IfExists compares what is there', { StringEqualsIfExists: { [TEAM]: 'a' } }, { [TEAM]: 'b' }, false],
  ['S31 negated IfExists compares what is there', { StringNotEqualsIfExists: { [TEAM]: 'a' } }, { [TEAM]: 'a' }, false],
  ['S31 a missing key passes ForAllValues', { 'ForAllValues:StringEquals': { [TAGS]: ['a'] } }, {}, true],
  ['S31 a missing key passes ForAllValues negated', { 'ForAllValues:StringNotEquals': { [TAGS]: ['a'] } }, {}, true],
  ['S31 a missing key fails ForAnyValue', { 'ForAnyValue:StringEquals': { [TAGS]: ['a'] } }, {}, false],
  ['S31 a missing key fails ForAnyValue negated', { 'ForAnyValue:StringNotEquals': { [TAGS]: ['a'] } }, {}, false],
  ['S31 no values is a missing key', { StringNotEquals: { [TEAM]: 'a' } }, { [TEAM]: [] }, true],
  ['S31 no values is a missing key for ForAllValues', { 'ForAllValues:StringEquals': { [TAGS]: ['a'] } }, { [TAGS]: [] }, true],
  ['S31 no values is a missing key for ForAnyValue', { 'ForAnyValue:StringLike': { [TAGS]: ['*'] } }, { [TAGS]: [] }, false],
  ['S31 ForAllValues and Null together ask for values', { 'ForAllValues:StringEquals': { [TAGS]: ['a'] }, Null: { [TAGS]: 'false' } }, {}, false],
  ['S31 Null true asks for a missing key', { Null: { [TEAM]: 'true' } }, {}, true],
  ['S31 Null true fails where the key is there', { Null: { [TEAM]: 'true' } }, { [TEAM]: 'a' }, false],
  ['S31 Null false asks for the key', { Null: { [TEAM]: 'false' } }, { [TEAM]: 'a' }, true],
  ['S31 Null false fails where it is missing', { Null: { [TEAM]: 'false' } }, {}, false],
  ['S31 Null takes a JSON boolean', { Null: { [TEAM]: true } }, {}, true],
  ['S31 Null counts several values as there', { Null: { [TAGS]: 'false' } }, { [TAGS]: ['a', 'b'] }, true],
]

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const sets: readonly Row[] = [
  ['S32 several values without set operator never match', { StringEquals: { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['a', 'b'] }, false],
  ['S32 several values without set operator never match negated either', { StringNotEquals: { [TAGS]: 'c' } }, { [TAGS]: ['a', 'b'] }, false],
  ['S32 several values without set operator never match StringLike *', { StringLike: { [TAGS]: '*' } }, { [TAGS]: ['a', 'b'] }, false],
  ['S32 IfExists does not help several values', { StringEqualsIfExists: { [TAGS]: 'a' } }, { [TAGS]: ['a', 'b'] }, false],
  ['S32 ForAllValues takes a single value', { 'ForAllValues:StringEquals': { [TEAM]: ['a', 'b'] } }, { [TEAM]: 'a' }, true],
  ['S32 ForAnyValue takes a single value', { 'ForAnyValue:StringEquals': { [TEAM]: ['a', 'b'] } }, { [TEAM]: 'c' }, false],
  ['S32 ForAllValues: every value is among those listed', { 'ForAllValues:StringEquals': { [TAGS]: ['a', 'b', 'c'] } }, { [TAGS]: ['a', 'b'] }, true],
  ['S32 ForAllValues: one value is not listed', { 'ForAllValues:StringEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['a', 'z'] }, false],
  ['S32 ForAllValues negated: no value is listed', { 'ForAllValues:StringNotEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['y', 'z'] }, true],
  ['S32 ForAllValues negated: one value is listed', { 'ForAllValues:StringNotEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['a', 'z'] }, false],
  ['S32 ForAnyValue: one value is listed', { 'ForAnyValue:StringEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['a', 'z'] }, true],
  ['S32 ForAnyValue: no value is listed', { 'ForAnyValue:StringEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['y', 'z'] }, false],
  ['S32 ForAnyValue negated: one value is not listed', { 'ForAnyValue:StringNotEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['a', 'z'] }, true],
  ['S32 ForAnyValue negated: every value is listed', { 'ForAnyValue:StringNotEquals': { [TAGS]: ['a', 'b'] } }, { [TAGS]: ['a', 'b'] }, false],
  ['S32 ForAllValues with StringLike', { 'ForAllValues:StringLike': { [TAGS]: ['env-*', 'cost?'] } }, { [TAGS]: ['env-1', 'costs'] }, true],
  [
    'S32 ForAnyValue with StringLike',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } },
    { 'aws:PrincipalOrgPaths': ['o-1/r-1/ou-1/ou-2/'] },
    true,
  ],
  ['S32 ForAnyValue with numbers', { 'ForAnyValue:NumericGreaterThan': { 'x:n': '5' } }, { 'x:n': ['3', '7'] }, true],
  ['S32 ForAllValues with numbers', { 'ForAllValues:NumericGreaterThan': { 'x:n': '5' } }, { 'x:n': ['3', '7'] }, false],
  [
    'S32 ForAllValues with ARNs',
    { 'ForAllValues:ArnLike': { 'x:arn': 'arn:aws:sns:*:*:t*' } },
    { 'x:arn': ['arn:aws:sns:a:1:t1', 'arn:aws:sns:b:2:t2'] },
    true,
  ],
  ['S32 duplicates change nothing', { 'ForAllValues:StringEquals': { [TAGS]: ['a', 'a'] } }, { [TAGS]: ['a', 'a'] }, true],
]

hold('statements that cannot be read', [
  {
    name: 'an effect that AWS does not have could be either',
    ask: ask({ identityPolicies: [...admin, policy({ ...allow(), Effect: 'Maybe' })] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'an effect that AWS does not have does not matter where another statement denies',
    ask: ask({ identityPolicies: [policy(deny(), { ...allow(), Effect: 'Maybe' })] }),
    effect: 'DENY',
  },
  {
    name: 'an effect that AWS does not have does not matter for another action',
    ask: ask({ identityPolicies: [policy(allow(), { ...allow({ Action: 'sqs:*' }), Effect: 'Maybe' })] }),
    effect: 'ALLOW',
  },
  {
    name: 'an operator that AWS does not have in an allow: nobody can tell',
    ask: ask({ context: { [TEAM]: 'a' }, identityPolicies: [policy(allow({ Condition: { StringEqual: { [TEAM]: 'a' } } }))] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'an operator that AWS does not have in a deny: nobody can tell',
    ask: ask({ context: { [TEAM]: 'a' }, identityPolicies: [...admin, policy(deny({ Condition: { StringEqual: { [TEAM]: 'a' } } }))] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'an operator that AWS does not have about another action does not matter',
    ask: ask({ identityPolicies: [policy(allow(), deny({ Action: 'sqs:*', Condition: { StringEqual: { [TEAM]: 'a' } } }))] }),
    effect: 'ALLOW',
  },
])

const secure = (value: string) => ({ Condition: { Bool: { 'aws:SecureTransport': value } } })
const unknown = (...policies: readonly JsonObject[]): JsonObject => ask({ unknownContext: true, identityPolicies: policies })
const uncertain: readonly Case[] = [
  { name: 'S36 an allow on an unknown key is conditional', ask: unknown(policy(allow(secure('true')))), effect: 'CONDITIONAL' },
  { name: 'S36 a deny on an unknown key is neither a deny nor ignored', ask: unknown(policy(allow(), deny(secure('false')))), effect: 'CONDITIONAL' },
  { name: 'S36 a deny on an unknown key does not matter where nothing allows', ask: unknown(policy(deny(secure('false')))), effect: 'DENY' },
  { name: 'S36 a deny that is certain makes the unknown not matter', ask: unknown(policy(allow(secure('true')), deny())), effect: 'DENY' },
  { name: 'S36 an allow that is certain makes another’s unknown not matter', ask: unknown(policy(allow(), allow(secure('true')))), effect: 'ALLOW' },
  {
    name: 'S36 a deny in a resource policy on an unknown key is conditional',
    ask: ask({ unknownContext: true, identityPolicies: admin, resourcePolicy: policy(deny({ Principal: '*', ...secure('false') })) }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S36 an SCP deny on an unknown key is conditional',
    ask: ask({ unknownContext: true, identityPolicies: admin, serviceControlPolicies: [[...admin, policy(deny(secure('false')))]] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S36 a boundary on an unknown key is conditional',
    ask: ask({ unknownContext: true, identityPolicies: admin, permissionsBoundary: [policy(allow(secure('true')))] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S37 alternatives of which one is certain',
    ask: ask({
      unknownContext: true,
      identityPolicies: [policy(allow(secure('true')))],
      resourcePolicy: policy(allow({ Principal: { AWS: '111122223333' } }), allow({ Principal: '*' })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S37 guardrails are all needed',
    ask: ask({
      unknownContext: true,
      identityPolicies: admin,
      permissionsBoundary: [policy(allow(secure('true')))],
      serviceControlPolicies: [[elsewhere]],
    }),
    effect: 'DENY',
  },
  {
    name: 'S38 inverting IfExists keeps the presence test: known absent',
    ask: ask({
      context: { [TEAM]: [] },
      unknownContext: true,
      identityPolicies: [policy(allow(), deny({ Condition: { StringEqualsIfExists: { [TEAM]: 'a' } } }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S38 inverting IfExists keeps the presence test: present, value not known',
    ask: ask({ context: { [TEAM]: null }, identityPolicies: [policy(allow(), deny({ Condition: { StringEqualsIfExists: { [TEAM]: 'a' } } }))] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S38 present with a value that is not known passes Null false',
    ask: ask({ context: { [TEAM]: null }, identityPolicies: [policy(allow({ Condition: { Null: { [TEAM]: 'false' } } }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S38 present with a value that is not known passes StringLike *',
    ask: ask({ context: { [TEAM]: null }, identityPolicies: [policy(allow({ Condition: { StringLike: { [TEAM]: '*' } } }))] }),
    effect: 'ALLOW',
  },
]

holdRows('operators, keys and values together', combination)
holdRows('missing keys', absent)
holdRows('several values', sets)
hold('keys that are not known', uncertain)
