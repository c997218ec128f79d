import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { AccountSpec } from '../../support/account.ts'
import { accountExport, trusts } from '../../support/account.ts'

/** A small account where each answer is plain to see. */
export const COMPANY: AccountSpec = {
  users: {
    ana: { groups: ['readers'], tags: { team: 'data' } },
    bob: { policies: { admin: [{ actions: '*' }] } },
    eve: {
      policies: {
        office: [{ actions: 's3:GetObject', on: 'arn:aws:s3:::reports/*', if: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
      },
    },
    'mallory=cmd': { policies: { none: [{ actions: 's3:*', effect: 'Deny' }] } },
  },
  groups: { readers: { attached: ['ReadReports'] } },
  roles: { worker: { policies: { write: [{ actions: 's3:PutObject', on: 'arn:aws:s3:::reports/*' }] }, trust: [trusts('lambda.amazonaws.com')] } },
  managed: { ReadReports: [{ actions: ['s3:GetObject', 's3:ListBucket'], on: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'] }] },
}

export const OBJECT = 'arn:aws:s3:::reports/2026/q1.csv'

const folders: string[] = []

/** Removed when the tests of the file are done. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-e2e-'))
  folders.push(folder)
  return folder
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** Writes the export of an account to a file of its own. @returns its path */
export async function exportFile(spec: AccountSpec = COMPANY, name = 'company.json'): Promise<string> {
  const file = join(await temporaryFolder(), name)
  await writeFile(file, JSON.stringify(accountExport(spec)))
  return file
}
