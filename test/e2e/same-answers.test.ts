import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHECK_ACCESS, EFFECTIVE_PERMISSIONS, SEARCH, SHOW, SIMULATE, SNAPSHOTS, WHO_CAN_REACH } from '../../src/cli/documents.ts'
import { ACCOUNT, policyArn, userArn } from '../support/account.ts'
import type { ServerProcess } from './support/cli.ts'
import { cli, startServerProcess } from './support/cli.ts'
import { exportFile, OBJECT, temporaryFolder } from './support/company.ts'
import { graphql } from './support/graphql.ts'
import { jsonOf } from './support/json-of.ts'

interface Case {
  readonly verb: readonly string[]
  readonly field: string
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly input?: string
}

const request = { principal: userArn('ana'), action: 's3:GetObject', resource: { arn: OBJECT, account: ACCOUNT }, identityPolicies: [] }

/** Each verb that asks, with the GraphQL that says the same. */
function casesFor(user: string, role: string, scope: string, target: string): readonly Case[] {
  const context = [{ key: 'aws:SourceIp', values: ['203.0.113.9'] }]
  return [
    {
      verb: ['who-can', '--target', target, '--action', 's3:GetObject', 's3:PutObject', '--first', '3'],
      field: 'whoCanReach',
      document: WHO_CAN_REACH,
      variables: { target, actions: ['s3:GetObject', 's3:PutObject'], first: 3 },
    },
    {
      verb: ['who-can', '--target', target, '--level', 'read_data', '--certainty', 'conditional', '--via', 'direct', 'group', '--account', scope],
      field: 'whoCanReach',
      document: WHO_CAN_REACH,
      variables: { target, levels: ['READ_DATA'], certainty: ['CONDITIONAL'], via: ['DIRECT', 'GROUP'], account: scope },
    },
    {
      verb: ['what-can', '--principal', user, '--first', '5'],
      field: 'effectivePermissions',
      document: EFFECTIVE_PERMISSIONS,
      variables: { principal: user, first: 5 },
    },
    {
      verb: ['what-can', '--principal', user, '--target', target, '--level', 'READ_DATA,WRITE_DATA'],
      field: 'effectivePermissions',
      document: EFFECTIVE_PERMISSIONS,
      variables: { principal: user, target, levels: ['READ_DATA', 'WRITE_DATA'] },
    },
    {
      verb: [
        'check',
        '--principal',
        user,
        '--action',
        's3:GetObject',
        '--target',
        target,
        '--context',
        'aws:SourceIp=203.0.113.9',
        '--account',
        scope,
      ],
      field: 'checkAccess',
      document: CHECK_ACCESS,
      variables: { principal: user, action: 's3:GetObject', target, context, account: scope },
    },
    { verb: ['search', 'e', '--first', '4'], field: 'search', document: SEARCH, variables: { text: 'e', first: 4 } },
    { verb: ['search', 'a', '--kind', 'AwsRole'], field: 'search', document: SEARCH, variables: { text: 'a', kinds: ['AwsRole'] } },
    { verb: ['show', user], field: 'principal', document: SHOW.principal, variables: { id: user } },
    { verb: ['show', role], field: 'role', document: SHOW.role, variables: { id: role } },
    { verb: ['show', scope], field: 'scope', document: SHOW.scope, variables: { id: scope } },
    { verb: ['snapshots'], field: 'snapshots', document: SNAPSHOTS, variables: {} },
    { verb: ['simulate', '-'], field: 'simulate', document: SIMULATE, variables: { document: request }, input: JSON.stringify(request) },
  ]
}

function sameAnswers(exported: () => Promise<string>, cases: readonly Case[]): void {
  let data: string
  let server: ServerProcess

  beforeAll(async () => {
    data = await temporaryFolder()
    await cli(['ingest', await exported(), '--data', data])
    server = await startServerProcess(['serve', '--data', data])
  })
  afterAll(() => server.stop())

  it.each(cases)('give the same JSON for $verb', async ({ verb, field, document, variables, input = '' }) => {
    const local = await cli([...verb, '--data', data, '--output', 'json'], { input })
    const { body } = await graphql(server.url, document, variables)
    expect(local.stderr).toBe('')
    expect(body.errors).toBeUndefined()
    expect(jsonOf(local.stdout)).toEqual(body.data?.[field])
    expect(local.code).toBe(0)

    const remote = await cli([...verb, '--server', server.url, '--output', 'json'], { input })
    expect(remote.stdout).toBe(local.stdout)
    expect(remote.code).toBe(0)
  })
}

const real = fileURLToPath(new URL('../../../shared/data/aws/account-authorization-details.json', import.meta.url))
const isHere = existsSync(real)

interface RealExport {
  readonly UserDetailList: readonly { readonly Arn: string }[]
  readonly Policies: readonly { readonly Arn: string }[]
}

function realCases(): readonly Case[] {
  const { UserDetailList, Policies } = jsonOf<RealExport>(isHere ? readFileSync(real, 'utf8') : '{"UserDetailList":[],"Policies":[]}')
  const user = UserDetailList[0]?.Arn ?? ''
  return casesFor(user, Policies[0]?.Arn ?? '', user.split(':')[4] ?? '', 'arn:aws:s3:::some-bucket/key')
}

describe('the command line and the API on a small account', () => {
  sameAnswers(() => exportFile(), casesFor(userArn('eve'), policyArn('ReadReports'), ACCOUNT, OBJECT))
})

describe.skipIf(!isHere)('the command line and the API on the real export (needs ../shared/data/aws/account-authorization-details.json)', () => {
  sameAnswers(async () => real, realCases())
})
