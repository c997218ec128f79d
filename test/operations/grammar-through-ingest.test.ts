import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FindingFact } from '../../src/domain/facts.ts'
import { readSnapshotDraft } from '../../src/operations/ingest.ts'
import { accountExport, userArn } from '../support/account.ts'
import { sharedData } from '../support/shared-data.ts'

interface Grammar {
  readonly invalid: readonly { readonly document: unknown; readonly error_message: string }[]
  readonly valid: readonly unknown[]
}

const file = sharedData('aws/policy-grammar-cases.json')
const grammar = file === undefined ? { invalid: [], valid: [] } : (JSON.parse(readFileSync(file, 'utf8')) as Grammar)

/** Findings of an account whose one user carries these documents as inline policies, `p0`, `p1` … */
async function findingsOf(documents: readonly unknown[]): Promise<readonly FindingFact[]> {
  const value = accountExport({ users: { u: {} } }) as { UserDetailList: Record<string, unknown>[] }
  value.UserDetailList[0] = {
    ...value.UserDetailList[0],
    UserPolicyList: documents.map((PolicyDocument, at) => ({ PolicyName: `p${at}`, PolicyDocument })),
  }
  const folder = mkdtempSync(join(tmpdir(), 'permiscope-grammar-'))
  try {
    writeFileSync(join(folder, 'iam.json'), JSON.stringify(value))
    return (await readSnapshotDraft([folder])).findings
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(file === undefined)('policies that AWS would reject, in an export', () => {
  it('are each named with file, place and reason, and the rest of the export is loaded', async () => {
    const findings = await findingsOf(grammar.invalid.map(({ document }) => document))
    const named = new Map(findings.map((finding) => [finding.entity, finding]))
    const silent = grammar.invalid.filter((_, at) => !named.has(`${userArn('u')}#p${at}`))
    expect(silent).toEqual([])
    for (const { file: path, place, message } of findings) {
      expect(path).toMatch(/iam\.json$/)
      expect(place).toMatch(/^UserDetailList\[0\]\.UserPolicyList\[\d+\]/)
      expect(message.length).toBeGreaterThan(20)
    }
  })

  it('are refused, but for an old version, which is evaluated with a warning', async () => {
    const findings = await findingsOf(grammar.invalid.map(({ document }) => document))
    const refused = new Set(findings.filter(({ severity }) => severity === 'refused').map(({ entity }) => entity))
    const only = grammar.invalid.filter((_, at) => !refused.has(`${userArn('u')}#p${at}`))
    expect(only.every(({ error_message: message }) => message.includes('version 2012-10-17'))).toBe(true)
  })

  it('are told from those that AWS accepts', async () => {
    expect(await findingsOf(grammar.valid)).toEqual([])
  })
})
