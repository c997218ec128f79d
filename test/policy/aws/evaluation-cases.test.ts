import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permiscope } from '../../support/cli.ts'
import { sharedData } from '../../support/shared-data.ts'

/** 40 questions over small exports (IAMSpy's tests, Apache-2.0), through ingest and the command line. */

interface Case {
  readonly question: 'can' | 'who-can' | 'who-can-batch'
  readonly accountAuthorizationDetails: readonly string[]
  readonly resourcePolicies: readonly string[]
  readonly serviceControlPolicies: readonly string[]
  readonly principal?: string
  readonly action: string
  readonly resource: string | readonly string[]
  readonly context: readonly string[]
  readonly missingKeysAreAbsent: boolean
  readonly expected: unknown
}

const casesFile = sharedData('aws/iam-evaluation/cases.json')
const cases = casesFile === undefined ? [] : (JSON.parse(readFileSync(casesFile, 'utf8')) as Case[])
const filesOf = (one: Case): string[] => [...one.accountAuthorizationDetails, ...one.resourcePolicies, ...one.serviceControlPolicies]

const folder = mkdtempSync(join(tmpdir(), 'permiscope-cases-'))
const dataOf = (one: Case): string => join(folder, filesOf(one).join('+'))

/** The only context key in any of these files' conditions; a missing one is known to be absent where the case says so. */
const ABSENT = ['--context', 'aws:referer=']

describe.skipIf(casesFile === undefined)('the 40 evaluation cases', () => {
  beforeAll(async () => {
    const sets = new Map(cases.map((one) => [dataOf(one), filesOf(one)]))
    for (const [data, files] of sets) {
      const paths = files.map((file) => join(dirname(casesFile ?? ''), 'files', file))
      const { code, stderr } = await permiscope(['ingest', ...paths, '--data', data])
      expect([0, 2], stderr).toContain(code)
    }
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(
    cases
      .filter(({ question }) => question === 'can')
      .map((one, number) => [`${number}: ${filesOf(one).join(' ')} ${one.context.join(' ')} → ${String(one.expected)}`, one] as const),
  )('can %s', async (_name, one) => {
    const given = one.context.flatMap((entry) => ['--context', entry])
    const context = one.missingKeysAreAbsent && given.length === 0 ? ABSENT : given
    const args = ['check', '--principal', one.principal ?? '', '--action', one.action, '--target', String(one.resource), ...context]
    const { stdout, stderr, code } = await permiscope([...args, '--data', dataOf(one), '--output', 'json'])
    expect(code, stderr).toBe(0)
    const { effect } = JSON.parse(stdout) as { effect: string }
    expect(effect !== 'DENY').toBe(one.expected)
  })

  it.each(
    cases
      .filter(({ question }) => question !== 'can')
      .map((one, number) => [`${number}: ${filesOf(one).join(' ')} ${one.context.join(' ')}`, one] as const),
  )('who can %s', async (_name, one) => {
    const targets = typeof one.resource === 'string' ? [one.resource] : one.resource
    const found: Record<string, string[]> = {}
    for (const target of targets) {
      const args = ['who-can', '--target', target, '--action', one.action, '--via', 'DIRECT', '--via', 'GROUP', '--via', 'RESOURCE_POLICY', '--all']
      const { stdout, stderr, code } = await permiscope([...args, '--data', dataOf(one), '--output', 'ndjson'])
      expect(code, stderr).toBe(0)
      const rows = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { principal: { id: string; kind: string }; certainty: string })
      // The cases know neither root users nor outsiders. who-can takes no context: where keys are absent, only what is sure counts.
      found[target] = rows
        .filter(({ principal }) => principal.kind === 'AwsUser' || principal.kind === 'AwsRole')
        .filter(({ certainty }) => certainty === 'ALLOWED' || !one.missingKeysAreAbsent || one.context.length > 0)
        .map(({ principal }) => principal.id)
        .toSorted()
    }
    if (typeof one.resource === 'string') expect(found[one.resource]).toEqual((one.expected as string[]).toSorted())
    else
      expect(
        Object.entries(found)
          .flatMap(([target, ids]) => ids.map((id) => `${id} ${target}`))
          .toSorted(),
      ).toEqual((one.expected as string[][]).map((pair) => pair.join(' ')).toSorted())
  })
})
