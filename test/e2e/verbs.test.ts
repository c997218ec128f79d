import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, roleArn, userArn } from '../support/account.ts'
import { cli, interrupted } from './support/cli.ts'
import { exportFile, OBJECT, temporaryFolder } from './support/company.ts'
import { jsonOf, linesOf } from './support/json-of.ts'

const document = (policy: object) => ({
  principal: userArn('ana'),
  action: 's3:GetObject',
  resource: { arn: OBJECT, account: ACCOUNT },
  identityPolicies: [{ Version: '2012-10-17', Statement: [policy] }],
})
const allowing = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
const denying = document({ Effect: 'Deny', Action: '*', Resource: '*' })

interface Answer {
  readonly effect?: string
  readonly error?: { readonly code: string; readonly path: string }
}

describe('the command line', () => {
  let data: string
  const run = (...args: readonly string[]) => cli([...args, '--data', data])

  beforeAll(async () => {
    data = await temporaryFolder()
    await run('ingest', await exportFile())
  })

  it('answers wrong usage with exit code 2 and nothing on stdout', async () => {
    for (const args of [[], ['who-can'], ['nonsense'], ['check', '--principal', 'ana'], ['who-can', '--target', OBJECT, '--level', 'SOME']]) {
      const { code, stdout, stderr } = await run(...args)
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' })
      expect(stderr).not.toBe('')
    }
  })

  it('helps with exit code 0', async () => {
    const { code, stdout } = await cli(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('who-can')
  })

  it('names an unknown principal, and the candidates of an ambiguous name, with exit code 2', async () => {
    const unknown = await run('what-can', '--principal', 'nobody-of-that-name')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(/BAD_ID|NOT_FOUND/)
    expect((await run('show', 'nobody-of-that-name')).stderr).toContain('NOT_FOUND')
  })

  it('says that nothing was ingested yet in a fresh folder', async () => {
    const fresh = await temporaryFolder()
    const { code, stderr, stdout } = await cli(['search', 'ana', '--data', fresh])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('NO_SNAPSHOT')
    expect(await cli(['snapshots', '--data', fresh, '--output', 'json'])).toMatchObject({ code: 0, stdout: '[]\n' })
  })

  it('prints tables of at most 120 columns', async () => {
    const check = ['check', '--principal', 'ana', '--action', 's3:GetObject', '--target', OBJECT, '--explain']
    for (const args of [check, ['who-can', '--target', OBJECT], ['what-can', '--principal', userArn('bob')], ['search', 'a'], ['snapshots']]) {
      const { code, stdout } = await run(...args)
      expect(code).toBe(0)
      expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([])
      expect(stdout.split('\n').length).toBeGreaterThan(2)
    }
  })

  it('explains a decision to a stranger: effect, reasons, what must hold, evidence with its statement', async () => {
    const { stdout } = await run('check', '--principal', 'eve', '--action', 's3:GetObject', '--target', OBJECT, '--account', ACCOUNT, '--explain')
    expect(stdout).toMatch(/^CONDITIONAL\n/)
    expect(stdout).toContain('Because:')
    expect(stdout).toMatch(/Only if:\n.*203\.0\.113\.0\/24/)
    expect(stdout).toMatch(/Evidence:[\s\S]*s3:GetObject/)
  })

  it('takes context: it decides what was conditional, and a key without a value is absent', async () => {
    const check = async (...context: readonly string[]) => {
      const args = context.flatMap((entry) => ['--context', entry])
      const { stdout } = await run(
        'check',
        '--principal',
        'eve',
        '--action',
        's3:GetObject',
        '--target',
        OBJECT,
        '--account',
        ACCOUNT,
        ...args,
        '--output',
        'json',
      )
      return jsonOf<Answer>(stdout).effect
    }
    expect(await check()).toBe('CONDITIONAL')
    expect(await check('aws:SourceIp=203.0.113.9')).toBe('ALLOW')
    expect(await check('aws:SourceIp=198.51.100.1')).toBe('DENY')
    expect(await check('aws:SourceIp=')).toBe('DENY')
  })

  it('prints NDJSON one node a line, and with --all every page of it', async () => {
    const page = await run('search', 'a', '--first', '2', '--output', 'ndjson')
    expect(page.stdout.trim().split('\n')).toHaveLength(2)
    expect(page.stderr).toMatch(/2 of \d+ shown/)
    const whole = jsonOf<{ totalCount: number; nodes: object[]; edges: object[] }>((await run('search', 'a', '--output', 'json')).stdout)
    const all = await run('search', 'a', '--first', '2', '--all', '--output', 'ndjson')
    expect(linesOf(all.stdout)).toEqual(whole.nodes)
    const joined = jsonOf<typeof whole>((await run('search', 'a', '--first', '2', '--all', '--output', 'json')).stdout)
    expect(joined.nodes).toEqual(whole.nodes)
    expect(joined.edges).toEqual(whole.edges)
  })

  it('refuses a page of more than 500', async () => {
    const { code, stderr } = await run('search', 'a', '--first', '501')
    expect(code).toBe(2)
    expect(stderr).toContain('LIMIT_EXCEEDED')
  })

  it('reads --data from PERMISCOPE_DATA', async () => {
    expect((await cli(['search', 'ana'], { env: { PERMISCOPE_DATA: data } })).stdout).toContain(userArn('ana'))
  })
})

describe('ingest', () => {
  it('loads the rest of a folder with a broken file, names it with its reason, and ends with 2', async () => {
    const data = await temporaryFolder()
    const broken = join(await temporaryFolder(), 'broken.json')
    await writeFile(broken, '{"UserDetailList": [')
    const { code, stdout, stderr } = await cli(['ingest', await exportFile(), broken, '--data', data, '--output', 'json'])
    expect(code).toBe(2)
    expect(stderr.split('\n').filter((line) => line.startsWith('refused: ') && line.includes('broken.json'))).toHaveLength(1)
    expect(stderr).toMatch(/^refused: .*broken\.json.*: .+/m)
    expect(jsonOf<{ refused: number }>(stdout).refused).toBe(1)
    expect((await cli(['search', 'ana', '--data', data])).stdout).toContain(userArn('ana'))
  })

  it('publishes nothing where nothing was loaded, and keeps what was published', async () => {
    const data = await temporaryFolder()
    await cli(['ingest', await exportFile(), '--data', data])
    const empty = join(await temporaryFolder(), 'empty.json')
    await writeFile(empty, '')
    expect((await cli(['ingest', empty, '--data', data])).code).toBe(2)
    const { stdout } = await cli(['snapshots', '--data', data, '--output', 'ndjson'])
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  it('keeps as many snapshots as it is told, and snapshots prune removes more', async () => {
    const data = await temporaryFolder()
    const exported = await exportFile()
    const count = async () => jsonOf<object[]>((await cli(['snapshots', '--data', data, '--output', 'json'])).stdout).length
    for (const keep of ['3', '3', '2']) expect((await cli(['ingest', exported, '--data', data, '--keep', keep])).code).toBe(0)
    expect(await count()).toBe(2)
    const pruned = await cli(['snapshots', 'prune', '--keep', '1', '--data', data, '--output', 'ndjson'])
    expect(pruned.code).toBe(0)
    expect(pruned.stdout.trim().split('\n')).toHaveLength(1)
    expect(await count()).toBe(1)
    expect((await cli(['ingest', exported, '--data', data, '--keep', '0'])).code).toBe(2)
  })
})

describe('collect aws', () => {
  it('ends with 1 where the cloud does not answer, and with 2 for a cloud that it does not know', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_REGION: 'eu-west-1' }
    const out = join(await temporaryFolder(), 'bundle')
    const { code, stdout, stderr } = await cli(['collect', 'aws', '--out', out, '--endpoint-url', 'http://127.0.0.1:1'], { env })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('COLLECT_FAILED')
    expect((await cli(['collect', 'nowhere', '--out', out])).code).toBe(2)
  })
})

describe('a verb that is interrupted', () => {
  it('ends with 130', async () => {
    expect(await interrupted(['simulate', '-'])).toBe(130)
  })
})

describe('simulate', () => {
  const simulate = (input: string, ...args: readonly string[]) => cli(['simulate', '-', ...args], { input })
  const effects = (answers: readonly Answer[]) => answers.map(({ effect, error }) => effect ?? error?.code)

  it('answers one document with one', async () => {
    const { code, stdout } = await simulate(JSON.stringify(allowing, null, 2))
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ effect: 'ALLOW' })
  })

  it('answers an array with an array, in order, faults in place, and ends with 2', async () => {
    const { code, stdout } = await simulate(JSON.stringify([allowing, { action: 's3:GetObject' }, 7, denying]))
    expect(code).toBe(2)
    const answers = jsonOf<readonly Answer[]>(stdout)
    expect(effects(answers)).toEqual(['ALLOW', 'BAD_INPUT', 'BAD_INPUT', 'DENY'])
    expect(typeof answers[1]?.error?.path).toBe('string')
  })

  it('answers NDJSON with NDJSON, a line that is not JSON in its place', async () => {
    const { code, stdout } = await simulate(`${JSON.stringify(denying)}\n{"broken\n\n${JSON.stringify(allowing)}\n`)
    expect(code).toBe(2)
    const answers = linesOf<Answer>(stdout)
    expect(effects(answers)).toEqual(['DENY', 'BAD_INPUT', 'ALLOW'])
    expect(answers[1]?.error?.path).toBe('line 2')
  })

  it('answers what is not JSON at all with one error', async () => {
    const { code, stdout } = await simulate('not JSON')
    expect(code).toBe(2)
    expect(effects([jsonOf<Answer>(stdout)])).toEqual(['BAD_INPUT'])
  })

  it('names a file that is not there', async () => {
    const { code, stderr } = await cli(['simulate', '/nonexistent/request.json'])
    expect(code).toBe(2)
    expect(stderr).toContain('/nonexistent/request.json')
  })

  it('prints a table for people when asked', async () => {
    expect((await simulate(JSON.stringify(denying), '--output', 'table')).stdout).toMatch(/^DENY\n[\s\S]*Because:/)
  })
})

describe('csv', () => {
  it('holds no cell that a spreadsheet would run', async () => {
    const data = await temporaryFolder()
    await cli(['ingest', await exportFile({ users: { '=cmd': {}, '+1': {}, '@x': {}, '-y': {} }, roles: { plain: {} } }), '--data', data])
    const { stdout } = await cli(['search', 'a', '--all', '--data', data, '--output', 'csv'])
    expect(stdout).toContain(roleArn('plain'))
    const names = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[1] ?? '')
    expect(names).toEqual(expect.arrayContaining(["'=cmd", "'+1", "'@x", "'-y"]))
  })
})
