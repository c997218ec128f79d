import type { Case } from '../../reference/aws-cases.ts'
import { OURS, allow, ask, deny, hold, policy } from '../../reference/aws-cases.ts'
import type { JsonObject } from '../../reference/aws-question.ts'

/** Patterns as questions: the contract, "What a question means". */

const mfa = (operator: string, value: string): JsonObject => ({ Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } } })
const question = (action: string, arn: string, changes: JsonObject): JsonObject => ask({ action, resource: { arn, account: OURS }, ...changes })
const only = (...statements: readonly JsonObject[]): JsonObject => ({ identityPolicies: [policy(...statements)] })
const read = (Resource: string): JsonObject => allow({ Action: 's3:GetObject', Resource })
const ALL = 'arn:aws:s3:::logs/*'
const patterns: readonly Case[] = [
  { name: 'a pattern that is granted whole', ask: question('s3:GetObject', ALL, only(read(ALL))), effect: 'ALLOW' },
  { name: 'a pattern that a wider grant covers', ask: question('s3:GetObject', ALL, only(read('arn:aws:s3:::*'))), effect: 'ALLOW' },
  {
    name: 'a pattern of which a part is granted',
    ask: question('s3:GetObject', ALL, only(read('arn:aws:s3:::logs/2024/*'))),
    effect: 'CONDITIONAL',
    parts: [{ resource: 'arn:aws:s3:::logs/2024/*', action: 's3:GetObject', effect: 'ALLOW' }],
  },
  {
    name: 'a pattern of which one object is granted',
    ask: question('s3:GetObject', ALL, only(read('arn:aws:s3:::logs/a'))),
    effect: 'CONDITIONAL',
    parts: [{ resource: 'arn:aws:s3:::logs/a', action: 's3:GetObject', effect: 'ALLOW' }],
  },
  { name: 'a pattern of which nothing is granted', ask: question('s3:GetObject', ALL, only(read('arn:aws:s3:::other/*'))), effect: 'DENY' },
  {
    name: 'a pattern of which a part is denied',
    ask: question('s3:GetObject', ALL, only(read(ALL), deny({ Resource: 'arn:aws:s3:::logs/secret/*' }))),
    effect: 'CONDITIONAL',
    parts: [{ resource: 'arn:aws:s3:::logs/secret/*', action: 's3:GetObject', effect: 'DENY' }],
  },
  {
    name: 'a pattern that is denied whole',
    ask: question('s3:GetObject', ALL, only(read(ALL), deny({ Resource: 'arn:aws:s3:::l*' }))),
    effect: 'DENY',
  },
  {
    name: 'a pattern of which the denied part lies elsewhere',
    ask: question('s3:GetObject', ALL, only(read(ALL), deny({ Resource: 'arn:aws:s3:::other/*' }))),
    effect: 'ALLOW',
  },
  {
    name: 'a pattern of which the granted part is denied',
    ask: question('s3:GetObject', ALL, only(read('arn:aws:s3:::logs/2024/*'), deny({ Resource: 'arn:aws:s3:::logs/20*' }))),
    effect: 'DENY',
  },
  {
    name: 'a pattern that is granted whole on an unknown key',
    ask: question('s3:GetObject', ALL, { unknownContext: true, ...only(allow({ Action: 's3:GetObject', Resource: ALL, ...mfa('Bool', 'true') })) }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'actions by pattern that are all granted',
    ask: question('s3:GetObject*', ALL, only(allow({ Action: 's3:*', Resource: ALL }))),
    effect: 'ALLOW',
  },
  {
    name: 'actions by pattern of which one is granted',
    ask: question('s3:GetObject*', ALL, only(allow({ Action: 's3:GetObject', Resource: ALL }))),
    effect: 'CONDITIONAL',
  },
  {
    name: 'actions by pattern of which one is denied',
    ask: question('s3:GetObject*', ALL, only(allow({ Action: 's3:*', Resource: ALL }), deny({ Action: 's3:GetObjectAcl', Resource: ALL }))),
    effect: 'CONDITIONAL',
  },
  {
    name: 'actions by pattern of which none is granted',
    ask: question('s3:GetObject*', ALL, only(allow({ Action: 's3:Put*', Resource: ALL }))),
    effect: 'DENY',
  },
  { name: 'a pattern by ?', ask: question('s3:GetObject', 'arn:aws:s3:::logs/?', only(read(ALL))), effect: 'ALLOW' },
]

hold('patterns as questions', patterns)
