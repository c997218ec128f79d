import { beforeAll, describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { EffectivePermissionsQuestion } from '../../src/operations/answers.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { ACCOUNT, accountExport, roleArn, trusts, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

const OTHER = '444455556666'
let estate: Estate
beforeAll(async () => {
  estate = await estateOf({
    'iam.json': accountExport({
      users: {
        admin: { attached: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
        reader: { policies: { read: [{ actions: ['s3:GetObject', 's3:ListBucket'], on: ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'] }] } },
        partly: {
          policies: {
            read: [
              { actions: 's3:GetObject', on: 'arn:aws:s3:::data/*' },
              { actions: 's3:GetObject', on: 'arn:aws:s3:::data/secret/*', effect: 'Deny' },
            ],
          },
        },
        own: { policies: { home: [{ actions: 's3:PutObject', on: 'arn:aws:s3:::home/${aws:username}/*' }] } },
        bounded: { policies: { wide: [{ actions: ['s3:GetObject', 'ec2:DescribeInstances'] }] }, boundary: 'only-s3' },
        grouped: { groups: ['g'] },
        taker: { policies: { take: [{ actions: 'sts:AssumeRole', on: roleArn('worker') }] } },
        mixed: {
          policies: { a: [{ actions: 'sqs:SendMessage' }, { actions: 'sqs:ReceiveMessage', if: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }] },
        },
        crossing: { policies: { all: [{ actions: 's3:GetObject' }] } },
        named: { policies: { all: [{ actions: 's3:*', on: 'arn:aws:s3:::theirs/*' }] } },
      },
      groups: { g: { policies: { list: [{ actions: 'dynamodb:Scan' }] } } },
      roles: { worker: { policies: { work: [{ actions: 'sns:Publish', on: `arn:aws:sns:eu-west-1:${ACCOUNT}:jobs` }] }, trust: [trusts(ACCOUNT)] } },
      managed: { 'only-s3': [{ actions: 's3:*' }] },
    }),
    'admin.json': {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [
        {
          PolicyName: 'AdministratorAccess',
          Arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
          DefaultVersionId: 'v1',
          PolicyVersionList: [
            {
              VersionId: 'v1',
              IsDefaultVersion: true,
              Document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
            },
          ],
        },
      ],
    },
    'buckets.json': [
      {
        Resource: 'arn:aws:s3:::theirs',
        Account: OTHER,
        Policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::theirs/*' }],
        },
      },
    ],
  })
})

const rowsOf = (principal: string, question: Partial<EffectivePermissionsQuestion> = {}) =>
  effectivePermissions(estate, { principal, first: 500, ...question }).edges.map(({ node }) => node)
const brief = (principal: string, question: Partial<EffectivePermissionsQuestion> = {}) =>
  rowsOf(principal, question).map(({ target, actions, certainty, via }) => `${via} ${certainty} ${actions.join(' ')} @ ${target.id}`)

describe('what an identity can do', () => {
  it('is told at the grain of the grant, with the actions that fit each target', () => {
    expect(brief('reader')).toEqual(['DIRECT ALLOWED s3:ListBucket @ arn:aws:s3:::data', 'DIRECT ALLOWED s3:GetObject @ arn:aws:s3:::data/*'])
  })

  it('spells whole services, and is of the account where resources are not named', () => {
    const [row] = rowsOf('admin').filter(({ certainty }) => certainty === 'ALLOWED')
    expect(row?.target).toMatchObject({ id: ACCOUNT, kind: 'AwsAccount' })
    expect(row?.actions).toEqual(expect.arrayContaining(['s3:*', 'ec2:*', 'iam:*']))
    expect(row?.levels).toHaveLength(8)
  })

  it('leaves to keys and roles what their own policies say', () => {
    const conditional = rowsOf('admin').filter(({ certainty, via }) => certainty === 'CONDITIONAL' && via === 'DIRECT')
    expect(conditional.flatMap(({ actions }) => actions)).toEqual(expect.arrayContaining(['kms:Decrypt', 'sts:AssumeRole']))
    expect(conditional.flatMap(({ conditions }) => conditions).join()).toContain('key policy of each key')
  })

  it('is CONDITIONAL where a deny takes a part out, and says which part', () => {
    const [row] = rowsOf('partly')
    expect(row).toMatchObject({ certainty: 'CONDITIONAL', target: { id: 'arn:aws:s3:::data/*' } })
    expect(row?.conditions).toContain('s3:GetObject on arn:aws:s3:::data/secret/*: DENY')
  })

  it('is CONDITIONAL where the policy of a resource within the grant denies, and names the resource', async () => {
    const guarded = await estateOf({
      'iam.json': accountExport({ users: { wide: { policies: { all: [{ actions: ['s3:GetObject', 'sqs:SendMessage'] }] } } } }),
      'buckets.json': [
        {
          Resource: 'arn:aws:s3:::vault',
          Account: ACCOUNT,
          Policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }],
          },
        },
      ],
    })
    const rows = effectivePermissions(guarded, { principal: 'wide' }).edges.map(({ node }) => [
      node.certainty,
      node.actions.join(),
      node.conditions.join(),
    ])
    expect(rows.toSorted()).toEqual([
      ['ALLOWED', 'sqs:SendMessage', ''],
      ['CONDITIONAL', 's3:GetObject', 'not on arn:aws:s3:::vault/*, whose own policy does not let it'],
    ])
  })

  it('puts in what is known of the principal', () => {
    expect(brief('own')).toEqual(['DIRECT ALLOWED s3:PutObject @ arn:aws:s3:::home/own/*'])
  })

  it('is net of the boundary', () => {
    expect(brief('bounded').filter((row) => row.includes('@ 1'))).toEqual([`DIRECT ALLOWED s3:GetObject @ ${ACCOUNT}`])
  })

  it('tells groups and roles as the way', () => {
    expect(brief('grouped')).toEqual([`GROUP ALLOWED dynamodb:Scan @ ${ACCOUNT}`])
    expect(brief('taker')).toEqual([
      `DIRECT ALLOWED sts:AssumeRole @ ${roleArn('worker')}`,
      `ROLE ALLOWED sns:Publish @ arn:aws:sns:eu-west-1:${ACCOUNT}:jobs`,
    ])
    expect(
      rowsOf('taker')
        .at(-1)
        ?.evidence.find(({ relation }) => relation === 'ACTS_AS')?.entity.id,
    ).toBe(roleArn('worker'))
  })

  it('keeps apart what is sure and what is on a condition', () => {
    expect(brief('mixed')).toEqual([`DIRECT ALLOWED sqs:SendMessage @ ${ACCOUNT}`, `DIRECT CONDITIONAL sqs:ReceiveMessage @ ${ACCOUNT}`].toSorted())
  })

  it('reaches into other accounts where both sides allow', () => {
    expect(brief('crossing')).toContain('DIRECT ALLOWED s3:GetObject @ arn:aws:s3:::theirs/*')
    expect(brief('mixed').join()).not.toContain('theirs')
  })

  it('is net of what the policy of a named target leaves out, action by action', () => {
    expect(brief('named')).toEqual(['DIRECT ALLOWED s3:GetObject @ arn:aws:s3:::theirs/*'])
  })

  it('of a group is what it gives', () => {
    expect(brief('g')).toEqual([`DIRECT ALLOWED dynamodb:Scan @ ${ACCOUNT}`])
  })

  it('narrows to a target and to levels', () => {
    expect(brief('reader', { target: 'arn:aws:s3:::data/a' })).toEqual(['DIRECT ALLOWED s3:GetObject @ arn:aws:s3:::data/a'])
    expect(
      rowsOf('admin', { levels: ['READ_SECRET'] })
        .flatMap(({ levels }) => levels)
        .every((level) => level === 'READ_SECRET'),
    ).toBe(true)
    expect(rowsOf('admin', { levels: ['READ_SECRET'] })[0]?.actions).toContain('secretsmanager:GetSecretValue')
  })

  it('of a principal that does not exist is an error, not an empty answer', () => {
    expect(() => rowsOf(userArn('ghost'))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(() => rowsOf('ghost')).toThrow(expect.objectContaining({ code: 'BAD_ID' }))
  })
})
