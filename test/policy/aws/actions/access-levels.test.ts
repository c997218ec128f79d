import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AccessLevel } from '../../../../src/domain/vocabulary.ts'
import { matchesGlob } from '../../../../src/policy/aws/actions/glob.ts'
import { actionKnowledge } from '../../../../src/policy/aws/actions/index.ts'
import { LEVEL_TABLES } from '../../../../src/policy/aws/actions/levels/access-levels.ts'
import { services } from '../../../../src/policy/aws/actions/read-snapshot.ts'

const levelOf = (action: string): AccessLevel | 'not known' => {
  const id = actionKnowledge.idOf(action)
  return id < 0 ? 'not known' : actionKnowledge.levelOf(id)
}

const actionsOf = (service: string): readonly string[] =>
  services
    .find(({ name }) => name === service)
    ?.actions()
    .map(({ name }) => name) ?? []

describe('an action', () => {
  test.each([
    ['s3:ListBucket', 'LIST'],
    ['ec2:DescribeInstances', 'LIST'],
    ['s3:GetBucketPolicy', 'READ_METADATA'],
    ['iam:GetRole', 'READ_METADATA'],
    ['sts:GetCallerIdentity', 'READ_METADATA'],
    ['s3:GetObject', 'READ_DATA'],
    ['dynamodb:Query', 'READ_DATA'],
    ['sqs:ReceiveMessage', 'READ_DATA'],
    ['logs:GetLogEvents', 'READ_DATA'],
    ['lambda:GetFunction', 'READ_DATA'],
    ['rds-data:ExecuteStatement', 'READ_DATA'],
    ['secretsmanager:GetSecretValue', 'READ_SECRET'],
    ['ssm:GetParameter', 'READ_SECRET'],
    ['kms:Decrypt', 'READ_SECRET'],
    ['sts:AssumeRole', 'READ_SECRET'],
    ['ecr:GetAuthorizationToken', 'READ_SECRET'],
    ['s3:PutObject', 'WRITE_DATA'],
    ['dynamodb:PutItem', 'WRITE_DATA'],
    ['sqs:SendMessage', 'WRITE_DATA'],
    ['sns:Publish', 'WRITE_DATA'],
    ['kms:Encrypt', 'WRITE_DATA'],
    ['lambda:InvokeFunction', 'WRITE_DATA'],
    ['ec2:RunInstances', 'MANAGE'],
    ['lambda:UpdateFunctionCode', 'MANAGE'],
    ['iam:PassRole', 'MANAGE'],
    ['iam:CreateRole', 'MANAGE'],
    ['s3:PutObjectTagging', 'MANAGE'],
    ['ssm:SendCommand', 'MANAGE'],
    ['s3:DeleteObject', 'DELETE'],
    ['ec2:TerminateInstances', 'DELETE'],
    ['kms:ScheduleKeyDeletion', 'DELETE'],
    ['ecr:BatchDeleteImage', 'DELETE'],
    ['apigateway:DELETE', 'DELETE'],
    ['iam:AttachUserPolicy', 'GRANT'],
    ['iam:PutRolePolicy', 'GRANT'],
    ['iam:CreatePolicyVersion', 'GRANT'],
    ['iam:UpdateAssumeRolePolicy', 'GRANT'],
    ['iam:CreateAccessKey', 'GRANT'],
    ['iam:AddUserToGroup', 'GRANT'],
    ['kms:CreateGrant', 'GRANT'],
    ['kms:PutKeyPolicy', 'GRANT'],
    ['s3:PutBucketPolicy', 'GRANT'],
    ['s3:DeleteBucketPolicy', 'GRANT'],
    ['lambda:AddPermission', 'GRANT'],
    ['sso:CreateAccountAssignment', 'GRANT'],
    ['kinesis:PutResourcePolicy', 'GRANT'],
  ] as const)('%s is %s', (action, level) => {
    expect(levelOf(action)).toBe(level)
  })
})

describe('the tables of levels', () => {
  const entries = LEVEL_TABLES.flatMap(([level, table]) =>
    Object.entries(table).flatMap(([service, patterns]) => (patterns ?? []).map((pattern) => ({ level, service, pattern }))),
  )
  test('hold nothing that AWS does not have', () => {
    const idle = entries.filter(({ service, pattern }) => !actionsOf(service).some((name) => matchesGlob(pattern, name)))
    expect(idle).toEqual([])
  })

  test('place no action at two levels', () => {
    const levels = new Map<string, Set<string>>()
    for (const { level, service, pattern } of entries) {
      for (const name of actionsOf(service).filter((action) => matchesGlob(pattern, action))) {
        levels.set(`${service}:${name}`, (levels.get(`${service}:${name}`) ?? new Set()).add(level))
      }
    }
    expect([...levels].filter(([, found]) => found.size > 1).map(([action]) => action)).toEqual([])
  })
})

describe('an action that AWS calls Read or List', () => {
  const reading = services.flatMap(({ name: service, actions }) =>
    actions()
      .filter(({ awsLevel }) => awsLevel === 'R' || awsLevel === 'L')
      .map(({ name }) => `${service}:${name}`),
  )

  test('never counts as changing anything', () => {
    const changing: readonly string[] = ['GRANT', 'DELETE', 'MANAGE', 'WRITE_DATA']
    expect(reading.filter((action) => changing.includes(levelOf(action)))).toEqual([])
  })
})

const TAGS = new URL('../../../../../shared/data/aws/action-tags.json', import.meta.url)
const tagsAreHere = existsSync(fileURLToPath(TAGS))
if (!tagsAreHere) console.log('skipped: the tables of access levels are not held against action-tags.json, which is not here')

/** Actions of a tag of iam-dataset that we know and that have none of the levels. */
function strays(tag: string, levels: readonly AccessLevel[]): readonly string[] {
  const tags = z.object({ iam: z.record(z.string(), z.array(z.string())) }).parse(JSON.parse(readFileSync(TAGS, 'utf8')))
  return (tags.iam[tag] ?? []).filter((action) => {
    const level = levelOf(action)
    return level !== 'not known' && !levels.includes(level)
  })
}

describe.skipIf(!tagsAreHere)('what others tag as dangerous', () => {
  test('exposes credentials: it is READ_SECRET or GRANT', () => {
    expect(strays('CredentialExposure', ['READ_SECRET', 'GRANT'])).toEqual([
      // A serial number for changes to WAF, no credential.
      'waf-regional:GetChangeToken',
      'waf:GetChangeToken',
    ])
  })

  test('exposes data: it is READ_DATA or READ_SECRET', () => {
    expect(strays('DataAccess', ['READ_DATA', 'READ_SECRET'])).toEqual([
      // Methods that write; they answer with the status of what they did.
      'es:ESHttpDelete',
      'es:ESHttpPatch',
      'es:ESHttpPut',
      // Lets somebody else use the key.
      'kms:CreateGrant',
    ])
  })

  test('allows escalation: it is GRANT', () => {
    expect(strays('PrivEsc', ['GRANT'])).toEqual([
      // READ_SECRET: what it lets one sign in with is the secret.
      'ec2-instance-connect:SendSSHPublicKey',
      // MANAGE: the role that they run as or lend stays who it is; the escalation is a path.
      'glue:UpdateDevEndpoint',
      'iam:CreateServiceLinkedRole',
      // READ_SECRET: it answers with the seed of a device that nobody has yet.
      'iam:CreateVirtualMFADevice',
      'iam:PassRole',
    ])
  })
})
