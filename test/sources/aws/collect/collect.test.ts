import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { collectAws } from '../../../../src/sources/aws/collect.ts'
import { CALLS } from '../../../../src/sources/aws/collect/calls/index.ts'
import { collect, filesOf, manifestOf, newFolder, replay, stubCredentials } from './collecting.ts'
import { ACCOUNT, OTHER, REGION, SECRET, smallWorld } from './small-world.ts'

beforeEach(() => {
  stubCredentials()
  return () => vi.unstubAllEnvs()
})

const json = async (folder: string, path: string): Promise<unknown> => JSON.parse((await filesOf(folder))[path] ?? 'null')

describe('an account', () => {
  test('is written with a file for each page, at a place that says what it is about', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { services: ['lambda', 'kms'] })
    const paths = Object.keys(await filesOf(out))
    expect(paths).toContain(`${ACCOUNT}/global/sts/get-caller-identity.json`)
    expect(paths.filter((path) => path.includes('list-functions.'))).toEqual(
      [1, 2, 3].map((page) => `${ACCOUNT}/${REGION}/lambda/list-functions.000${page}.json`),
    )
    expect(await json(out, `${ACCOUNT}/${REGION}/kms/get-key-policy/k1.json`)).toEqual({ Policy: '{"Statement":[]}', PolicyName: 'default' })
    expect(paths.filter((path) => path.includes('describe-key/'))).toHaveLength(3)
  })

  test('asks about many things at once where AWS takes many', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { services: ['ecs'] })
    const asked = server.asked
      .filter(({ operation }) => operation === 'DescribeServices')
      .map(({ input }) => (input['services'] as readonly string[]).length)
    expect(asked.sort()).toEqual([10, 10, 5, 5, 8, 8])
    const pages = Object.keys(await filesOf(out)).filter((path) => path.includes('describe-services/'))
    expect(pages.map((path) => path.slice(-9))).toEqual(['0001.json', '0002.json', '0003.json', '0001.json', '0002.json', '0003.json'])
  })

  test('that has none of something says so, and that is not a gap', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { services: ['lambda'] })
    const { absent, missing, complete } = await manifestOf(out)
    expect(absent.map(({ kind, subject, code }) => `${kind} ${subject} ${code}`)).toContain('aws/lambda/get-policy three ResourceNotFoundException')
    expect(absent).toHaveLength(5)
    expect({ missing, complete }).toEqual({ missing: [], complete: true })
  })

  test('is read in all its regions unless some are named', async () => {
    const server = await replay()
    const out = await newFolder()
    await collectAws({ out, endpoint: server.endpoint, region: REGION, services: ['kms', 'ec2'] })
    const paths = Object.keys(await filesOf(out))
    expect(paths).toContain(`${ACCOUNT}/us-east-1/kms/list-aliases.0001.json`)
    expect(paths).toContain(`${ACCOUNT}/${REGION}/kms/list-aliases.0001.json`)
  })

  test('gives Identity Center by permission set and account', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { services: ['sso-admin', 'identitystore'] })
    const assignments = Object.keys(await filesOf(out)).filter((path) => path.includes('list-account-assignments/'))
    expect(assignments).toHaveLength(4)
    expect(assignments[0]).toContain(encodeURIComponent(`ssoins-1/ps-1/${ACCOUNT}`))
    expect(await json(out, assignments[0] ?? '')).toMatchObject({ AccountAssignments: [{ AccountId: ACCOUNT, PrincipalId: 'g-1' }] })
    expect(Object.keys(await filesOf(out))).toContain(`${ACCOUNT}/${REGION}/identitystore/list-group-memberships/g-1.0001.json`)
  })

  test('leaves a folder that only its owner can read', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { services: ['kms'] })
    const modes = await Promise.all(
      [out, join(out, ACCOUNT), ...Object.keys(await filesOf(out)).map((path) => join(out, path))].map(
        async (path) => (await stat(path)).mode & 0o077,
      ),
    )
    expect([...new Set(modes)]).toEqual([0])
  })
})

describe('a secret', () => {
  test('is in no file, but the names of variables are', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { accounts: [ACCOUNT, OTHER], role: 'audit', usage: true, inventory: true })
    const files = await filesOf(out)
    expect(Object.entries(files).filter(([, text]) => text.includes(SECRET))).toEqual([])
    expect(await json(out, `${ACCOUNT}/${REGION}/lambda/list-functions.0001.json`)).toMatchObject({
      Functions: [{ FunctionName: 'one', Environment: { Variables: { DB_PASSWORD: null, STAGE: null } } }, { FunctionName: 'two' }],
    })
    const everything = Object.values(files).join('')
    for (const name of ['API_KEY', 'splunk-token', 'FROM_STORE', 'TOKEN', '--password', 'github.com/acme/app.git']) expect(everything).toContain(name)
  })
})

describe('a call that fails', () => {
  test('is noted with account, region, subject, code and reason, and the rest is collected', async () => {
    const server = await replay()
    const out = await newFolder()
    const report = await collect(server, out, { services: ['kms'] })
    const { missing } = await manifestOf(out)
    expect(missing).toEqual([
      {
        kind: 'aws/kms/get-key-policy',
        account: ACCOUNT,
        region: REGION,
        subject: 'k2',
        code: 'AccessDeniedException',
        reason: 'as the test wants it',
      },
    ])
    expect(report.missing).toBe(1)
    expect(Object.keys(await filesOf(out)).filter((path) => path.includes('get-key-policy/'))).toHaveLength(2)
  })

  test('leaves what follows from it unasked, and that is noted too', async () => {
    const server = await replay(({ operation }) => (operation === 'ListClusters' ? { error: 'AccessDeniedException' } : undefined))
    const out = await newFolder()
    await collect(server, out, { services: ['ecs'] })
    const { missing } = await manifestOf(out)
    expect(missing.map(({ kind, code }) => `${kind.split('/')[2]} ${code}`).sort()).toEqual([
      'describe-services NotAsked',
      'describe-tasks NotAsked',
      'list-clusters AccessDeniedException',
      'list-services NotAsked',
      'list-tasks NotAsked',
    ])
  })

  test('in the middle of the pages keeps those before', async () => {
    const server = await replay(({ operation, input }) =>
      operation === 'ListFunctions' && input['Marker'] === '2' ? { error: 'ServiceException', status: 403 } : undefined,
    )
    const out = await newFolder()
    await collect(server, out, { services: ['lambda'] })
    expect((await manifestOf(out)).missing.map(({ kind }) => kind)).toContain('aws/lambda/list-functions')
    expect(Object.keys(await filesOf(out)).filter((path) => path.includes('list-functions.'))).toHaveLength(1)
  })

  test.each([
    ['is throttled by status', { error: 'TooManyRequestsException', status: 429 }],
    ['is throttled by code', { error: 'ThrottlingException' }],
    ['loses its connection', { reset: true }],
    ['meets a server that is not well', { error: 'InternalFailure', status: 500 }],
  ] as const)(
    'is made again where it %s',
    async (_, fault) => {
      const failed = new Set<string>()
      const server = await replay((asked) => {
        const key = `${asked.operation} ${asked.request.url} ${asked.request.body}`
        // Once: the SDK slows down for long after it was throttled.
        if (asked.service !== 'kms' || failed.size > 0) return undefined
        failed.add(key)
        return fault
      })
      const out = await newFolder()
      await collect(server, out, { services: ['kms'] })
      expect((await manifestOf(out)).missing.map(({ subject }) => subject)).toEqual(['k2'])
      expect(Object.keys(await filesOf(out)).filter((path) => path.includes('/kms/'))).toHaveLength(15)
    },
    20_000,
  )

  test.each(['lambda ListFunctions', 'kms ListKeys', 'ec2 DescribeRegions'])('is made again where the answer of %s breaks off', async (which) => {
    let cuts = 0
    const server = await replay((asked) => {
      const answered = smallWorld(asked)
      if (`${asked.service} ${asked.operation}` !== which || answered === undefined) return undefined
      cuts += 1
      return cuts === 1 ? { cut: answered } : cuts === 2 ? { body: '' } : undefined
    })
    const out = await newFolder()
    await collect(server, out, { services: [which.split(' ')[0] ?? ''] })
    expect(cuts).toBeGreaterThan(2)
    expect((await manifestOf(out)).missing.filter(({ subject }) => subject !== 'k2')).toEqual([])
  })

  test('is noted where every answer breaks off, and nothing of it is written', async () => {
    const server = await replay((asked) => {
      const answered = smallWorld(asked)
      return asked.operation === 'ListFunctions' && answered !== undefined ? { cut: answered } : undefined
    })
    const out = await newFolder()
    await collect(server, out, { services: ['lambda'] })
    expect((await manifestOf(out)).missing.map(({ kind, code }) => `${kind} ${code}`)).toContain('aws/lambda/list-functions BrokenAnswer')
    expect(Object.keys(await filesOf(out)).filter((path) => path.includes('/lambda/'))).toEqual([])
  })

  test('of a service that is asked without the SDK is made again and noted in the same way', async () => {
    let asked = 0
    const server = await replay(({ operation }) => {
      if (operation !== 'ListTrustAnchors') return undefined
      asked += 1
      return asked === 1 ? { reset: true } : asked === 2 ? { error: 'ThrottlingException', status: 429 } : undefined
    })
    const out = await newFolder()
    await collect(server, out, { services: ['rolesanywhere'] })
    expect(Object.keys(await filesOf(out)).filter((path) => path.includes('list-trust-anchors'))).toHaveLength(2)
    expect((await manifestOf(out)).missing.map(({ kind, code, reason }) => `${kind} ${code} ${reason}`)).toEqual([
      'aws/rolesanywhere/list-profiles AccessDeniedException as the test wants it',
    ])
    expect(server.asked.at(-1)?.request.headers.authorization).toMatch(
      new RegExp(`^AWS4-HMAC-SHA256 Credential=testing/\\d{8}/${REGION}/rolesanywhere/aws4_request`),
    )
  })

  test('that gives the same token for ever is given up', async () => {
    const server = await replay(({ operation }) =>
      operation === 'ListAliases' ? { output: { Aliases: [], NextMarker: 'again', Truncated: true } } : undefined,
    )
    const out = await newFolder()
    await collect(server, out, { services: ['kms'] })
    expect((await manifestOf(out)).missing.map(({ kind, reason }) => `${kind} ${reason}`)).toContainEqual(
      expect.stringMatching(/list-aliases .*same token/),
    )
  })
})

describe('other accounts', () => {
  test('are read as the role that is named, and one that can not be entered is noted', async () => {
    const server = await replay()
    const out = await newFolder()
    const report = await collect(server, out, { organization: true, role: 'audit', services: ['kms', 'organizations'] })
    expect(report.accounts).toEqual([ACCOUNT, OTHER])
    const { missing, accounts } = await manifestOf(out)
    expect(accounts).toEqual([ACCOUNT, OTHER])
    expect(missing.filter(({ kind }) => kind === 'aws/sts/assume-role')).toMatchObject([{ account: '777788889999', code: 'AccessDenied' }])
    const paths = Object.keys(await filesOf(out))
    expect(paths).toContain(`${OTHER}/${REGION}/kms/list-keys.0001.json`)
    expect(server.asked.filter(({ operation }) => operation === 'AssumeRole').map(({ input }) => input['RoleArn'])).toEqual([
      `arn:aws:iam::${OTHER}:role/audit`,
      'arn:aws:iam::777788889999:role/audit',
    ])
    const ofOrganization = server.asked.filter(({ service }) => service === 'organizations')
    expect(ofOrganization.filter(({ request }) => request.headers.authorization?.includes(`ASIA${OTHER}`))).toEqual([])
  })

  test('that are named leave out the own one, but for what it says of the organisation', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out, { accounts: [OTHER], role: 'audit', services: ['kms', 'organizations'] })
    const paths = Object.keys(await filesOf(out))
    expect(paths.filter((path) => path.startsWith(`${ACCOUNT}/${REGION}`))).toEqual([])
    expect(paths).toContain(`${ACCOUNT}/global/organizations/list-accounts.0001.json`)
    expect(paths).toContain(`${OTHER}/${REGION}/kms/list-keys.0001.json`)
  })

  test('need a role', async () => {
    const server = await replay()
    await expect(collect(server, await newFolder(), { accounts: [OTHER] })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await expect(collect(server, await newFolder(), { organization: true })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await expect(collect(server, await newFolder(), { accounts: ['12345'], role: 'audit' })).rejects.toMatchObject({ code: 'BAD_USAGE' })
  })
})

describe('whatever is asked', () => {
  test('is a call of the tables', async () => {
    const server = await replay()
    await collect(server, await newFolder(), { organization: true, role: 'audit', usage: true, inventory: true })
    const allowed = new Set(
      CALLS.flatMap(({ service, call }) =>
        [call.command, ...(call.after === undefined ? [] : [call.after.command])].map(
          (command) => `${service.cli} ${command.replace(/Command$/, '')}`,
        ),
      ),
    )
    const asked = new Set(server.asked.map(({ service, operation }) => `${service} ${operation}`))
    expect([...asked].filter((one) => !allowed.has(one))).toEqual(['sts AssumeRole'])
    expect(asked.size).toBeGreaterThan(80)
  })

  test('is never more than eight things of one service at the same time', async () => {
    const server = await replay()
    const out = await newFolder()
    await collect(server, out)
    expect(server.busiest('ecs')).toBeLessThanOrEqual(8)
    expect(server.busiest('ecs')).toBeGreaterThan(1)
  })
})
