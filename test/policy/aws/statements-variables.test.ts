import type { Case } from '../../reference/aws-cases.ts'
import { APP_SESSION, OURS, admin, allow, ask, deny, everyone, hold, policy } from '../../reference/aws-cases.ts'
import type { Effect, Json, JsonObject } from '../../reference/aws-question.ts'

/** S33: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */

const TEAM = 'aws:PrincipalTag/team'
type Line = readonly [name: string, resource: string, object: string, context: JsonObject, effect: Effect]

const resources: readonly Line[] = [
  ['the user’s name', 'logs/${aws:username}/*', 'logs/alice/x', {}, 'ALLOW'],
  ['another user’s name', 'logs/${aws:username}/*', 'logs/bob/x', {}, 'DENY'],
  ['names of variables are case-insensitive', 'logs/${AWS:UserName}/*', 'logs/alice/x', {}, 'ALLOW'],
  ['a tag', 'logs/${aws:PrincipalTag/team}/*', 'logs/red/x', { [TEAM]: 'red' }, 'ALLOW'],
  ['a value that differs in case', 'logs/${aws:PrincipalTag/team}/*', 'logs/Red/x', { [TEAM]: 'red' }, 'DENY'],
  ['two variables', 'logs/${aws:username}/${aws:PrincipalTag/team}', 'logs/alice/red', { [TEAM]: 'red' }, 'ALLOW'],
  ['a part of a name', 'logs/x-${aws:username}-y', 'logs/x-alice-y', {}, 'ALLOW'],
  ['without a value it matches nothing', 'logs/${aws:PrincipalTag/team}/*', 'logs/red/x', {}, 'DENY'],
  ['without a value it isn’t empty either', 'logs/${aws:PrincipalTag/team}x', 'logs/x', {}, 'DENY'],
  ['without a value it isn’t its own text', 'logs/${aws:PrincipalTag/team}', 'logs/${aws:PrincipalTag/team}', {}, 'DENY'],
  ['a default where there is no value', "logs/${aws:PrincipalTag/team, 'all'}/*", 'logs/all/x', {}, 'ALLOW'],
  ['a default is not used where there is a value', "logs/${aws:PrincipalTag/team, 'all'}/*", 'logs/all/x', { [TEAM]: 'red' }, 'DENY'],
  ['a value goes before the default', "logs/${aws:PrincipalTag/team, 'all'}/*", 'logs/red/x', { [TEAM]: 'red' }, 'ALLOW'],
  ['a * in a value is a literal', 'logs/${aws:PrincipalTag/team}', 'logs/red', { [TEAM]: '*' }, 'DENY'],
  ['a * in a value matches a *', 'logs/${aws:PrincipalTag/team}', 'logs/*', { [TEAM]: '*' }, 'ALLOW'],
  ['a ? in a value is a literal', 'logs/${aws:PrincipalTag/team}', 'logs/red', { [TEAM]: 'r?d' }, 'DENY'],
  ['a variable in a value is not replaced again', 'logs/${aws:PrincipalTag/team}', 'logs/alice', { [TEAM]: '${aws:username}' }, 'DENY'],
  ['${*} is an asterisk', 'logs/${*}', 'logs/a', {}, 'DENY'],
  ['${?} is a question mark', 'logs/a${?}', 'logs/ab', {}, 'DENY'],
  ['${$} is a dollar', 'logs/${$}{aws:username}', 'logs/${aws:username}', {}, 'ALLOW'],
  ['wildcards beside a variable count', 'logs/*/${aws:username}/?', 'logs/a/b/alice/c', {}, 'ALLOW'],
  ['several values cannot be put in', 'logs/${aws:TagKeys}', 'logs/a', { 'aws:TagKeys': ['a', 'b'] }, 'DENY'],
  ['a key given with no values has none', 'logs/${aws:PrincipalTag/team}', 'logs/', { [TEAM]: [] }, 'DENY'],
]
/** A question that holds wildcards is a pattern: such objects can't be asked about. */
const askable = resources.filter(([, , object]) => !/[*?]/.test(object))
const resourceCases = askable.map(([name, resource, object, context, effect]): Case => ({
  name: `S33 in Resource, ${name}`,
  ask: ask({
    resource: { arn: `arn:aws:s3:::${object}`, account: OURS },
    context,
    identityPolicies: [policy(allow({ Resource: `arn:aws:s3:::${resource}` }))],
  }),
  effect,
}))

type Test = readonly [name: string, condition: JsonObject, context: JsonObject, effect: Effect]
const tag = (operator: string, wanted: Json): JsonObject => ({ [operator]: { 's3:ExistingObjectTag/team': wanted } })
const object = (value: Json): JsonObject => ({ 's3:ExistingObjectTag/team': value })
const conditions: readonly Test[] = [
  ['two keys that are equal', tag('StringEquals', '${aws:PrincipalTag/team}'), { ...object('red'), [TEAM]: 'red' }, 'ALLOW'],
  ['two keys that differ', tag('StringEquals', '${aws:PrincipalTag/team}'), { ...object('red'), [TEAM]: 'blue' }, 'DENY'],
  ['neither key has a value', tag('StringEquals', '${aws:PrincipalTag/team}'), {}, 'DENY'],
  ['the variable has no value', tag('StringEquals', '${aws:PrincipalTag/team}'), object('red'), 'DENY'],
  ['a negated operator holds where the variable has no value', tag('StringNotEquals', '${aws:PrincipalTag/team}'), object('red'), 'ALLOW'],
  ['StringNotLike holds where the variable has no value', tag('StringNotLike', '${aws:PrincipalTag/team}*'), object('red'), 'ALLOW'],
  [
    'a value without variable beside one that has no value still counts',
    tag('StringEquals', ['${aws:PrincipalTag/team}', 'red']),
    object('red'),
    'ALLOW',
  ],
  ['StringLike with a variable and a wildcard', tag('StringLike', '${aws:PrincipalTag/team}-*'), { ...object('red-1'), [TEAM]: 'red' }, 'ALLOW'],
  ['a * in a value is a literal in StringLike', tag('StringLike', '${aws:PrincipalTag/team}'), { ...object('red'), [TEAM]: '*' }, 'DENY'],
  ['a * in a value matches a * in StringLike', tag('StringLike', '${aws:PrincipalTag/team}'), { ...object('*'), [TEAM]: '*' }, 'ALLOW'],
  ['a default in a condition', tag('StringEquals', "${aws:PrincipalTag/team, 'none'}"), object('none'), 'ALLOW'],
  ['${*} in StringLike is an asterisk', tag('StringLike', 'a${*}'), object('ab'), 'DENY'],
  ['${*} in StringLike matches an asterisk', tag('StringLike', 'a${*}'), object('a*'), 'ALLOW'],
  ['${?} in StringLike is a question mark', tag('StringLike', 'a${?}'), object('ab'), 'DENY'],
  ['${?} in StringLike matches a question mark', tag('StringLike', 'a${?}'), object('a?'), 'ALLOW'],
  ['${*} in StringEquals is an asterisk', tag('StringEquals', 'a${*}'), object('a*'), 'ALLOW'],
  ['${$} is a dollar', tag('StringEquals', '${$}5'), object('$5'), 'ALLOW'],
  [
    'StringEqualsIgnoreCase takes a variable',
    tag('StringEqualsIgnoreCase', '${aws:PrincipalTag/team}'),
    { ...object('RED'), [TEAM]: 'red' },
    'ALLOW',
  ],
  ['ArnLike takes a variable', { ArnLike: { 'x:arn': 'arn:aws:sns:*:*:${aws:username}' } }, { 'x:arn': 'arn:aws:sns:a:1:alice' }, 'ALLOW'],
  [
    'ArnLike with a variable that has no value',
    { ArnLike: { 'x:arn': 'arn:aws:sns:*:*:${aws:PrincipalTag/team}' } },
    { 'x:arn': 'arn:aws:sns:a:1:red' },
    'DENY',
  ],
  ['several values cannot be put in', tag('StringEquals', '${aws:TagKeys}'), { ...object('a'), 'aws:TagKeys': ['a', 'b'] }, 'DENY'],
  [
    'ForAnyValue takes a variable',
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': '${aws:PrincipalTag/team}' } },
    { 'aws:TagKeys': ['x', 'red'], [TEAM]: 'red' },
    'ALLOW',
  ],
  ['aws:PrincipalAccount as a variable', { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }, {}, 'ALLOW'],
]
const conditionCases = conditions.map(([name, Condition, context, effect]): Case => ({
  name: `S33 in a condition, ${name}`,
  ask: ask({ context, identityPolicies: [policy(allow({ Condition }))] }),
  effect,
}))

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
const old = (version: JsonObject, parts: JsonObject): readonly Json[] => [{ ...version, Statement: [allow(parts)] }]
const versions: readonly Case[] = ([{ Version: '2008-10-17' }, {}] as const).flatMap((version): readonly Case[] => {
  const name = `S33 version ${JSON.stringify(version)}:`
  return [
    {
      name: `${name} a variable is literal text in Resource`,
      ask: ask({
        resource: { arn: 'arn:aws:s3:::logs/alice', account: OURS },
        identityPolicies: old(version, { Resource: 'arn:aws:s3:::logs/${aws:username}' }),
      }),
      effect: 'DENY',
    },
    {
      name: `${name} the literal text matches in Resource`,
      ask: ask({
        resource: { arn: 'arn:aws:s3:::logs/${aws:username}', account: OURS },
        identityPolicies: old(version, { Resource: 'arn:aws:s3:::logs/${aws:username}' }),
      }),
      effect: 'ALLOW',
    },
    {
      name: `${name} a variable is literal text in a condition`,
      ask: ask({ context: object('alice'), identityPolicies: old(version, { Condition: tag('StringEquals', '${aws:username}') }) }),
      effect: 'DENY',
    },
    {
      name: `${name} the literal text matches in a condition`,
      ask: ask({ context: object('${aws:username}'), identityPolicies: old(version, { Condition: tag('StringEquals', '${aws:username}') }) }),
      effect: 'ALLOW',
    },
    {
      name: `${name} \${*} holds a wildcard`,
      ask: ask({ context: object('a${xyz}'), identityPolicies: old(version, { Condition: tag('StringLike', 'a${*}') }) }),
      effect: 'ALLOW',
    },
    { name: `${name} wildcards count`, ask: ask({ identityPolicies: old(version, { Resource: 'arn:aws:s3:::l*/?' }) }), effect: 'ALLOW' },
  ]
})

const further: readonly Case[] = [
  // "the resource that includes a policy variable with no value will not match any resource", in NotResource too.
  {
    name: 'S33 in NotResource, a variable without a value lists nothing',
    ask: ask({
      principal: APP_SESSION,
      identityPolicies: [...admin, policy(deny({ Action: 's3:*', NotResource: 'arn:aws:s3:::logs/${aws:username}' }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S33 in NotResource, a variable with a value lists it',
    ask: ask({
      resource: { arn: 'arn:aws:s3:::logs/alice', account: OURS },
      identityPolicies: [...admin, policy(deny({ Action: 's3:*', NotResource: 'arn:aws:s3:::logs/${aws:username}' }))],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S33 aws:username has no value for a session',
    ask: ask({
      principal: APP_SESSION,
      unknownContext: true,
      resource: { arn: 'arn:aws:s3:::logs/app', account: OURS },
      identityPolicies: [policy(allow({ Resource: 'arn:aws:s3:::logs/${aws:username}' }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S33 a variable that is not known makes the answer conditional',
    ask: ask({
      unknownContext: true,
      resource: { arn: 'arn:aws:s3:::logs/red/x', account: OURS },
      identityPolicies: [policy(allow({ Resource: 'arn:aws:s3:::logs/${aws:PrincipalTag/team}/*' }))],
    }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S33 a variable that is not known but cannot match is a deny',
    ask: ask({
      unknownContext: true,
      resource: { arn: 'arn:aws:s3:::other/x', account: OURS },
      identityPolicies: [policy(allow({ Resource: 'arn:aws:s3:::logs/${aws:PrincipalTag/team}/*' }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S33 in a deny, a variable that is not known makes the answer conditional',
    ask: ask({
      unknownContext: true,
      resource: { arn: 'arn:aws:s3:::logs/red/x', account: OURS },
      identityPolicies: [...admin, policy(deny({ Resource: 'arn:aws:s3:::logs/${aws:PrincipalTag/team}/*' }))],
    }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S33 a variable in a boundary',
    ask: ask({
      resource: { arn: 'arn:aws:s3:::logs/alice', account: OURS },
      identityPolicies: admin,
      permissionsBoundary: [policy(allow({ Resource: 'arn:aws:s3:::logs/${aws:username}' }))],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S33 a variable in an SCP',
    ask: ask({
      resource: { arn: 'arn:aws:s3:::logs/bob', account: OURS },
      identityPolicies: admin,
      serviceControlPolicies: [[policy(allow({ Resource: 'arn:aws:s3:::logs/${aws:username}' }))]],
    }),
    effect: 'DENY',
  },
  {
    name: 'S33 a variable in a resource policy',
    ask: ask({
      resource: { arn: 'arn:aws:s3:::logs/alice', account: OURS },
      resourcePolicy: policy(allow({ ...everyone, Resource: 'arn:aws:s3:::logs/${aws:username}' })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S33 a variable before the fifth colon is not replaced',
    ask: ask({
      action: 'sqs:SendMessage',
      resource: { arn: `arn:aws:sqs:eu-west-1:${OURS}:q` },
      identityPolicies: [policy(allow({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q' }))],
    }),
    effect: 'DENY',
  },
]

hold('policy variables in resources', resourceCases)
hold('policy variables in conditions', conditionCases)
hold('older versions know no variables', versions)
hold('policy variables elsewhere', further)
