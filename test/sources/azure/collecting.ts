import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { collectAzure, type CollectAzureOptions, type CollectAzureReport } from '../../../src/sources/collect-azure.ts'
import { startLoopback, type Asked, type LoopbackServer, type Reply } from '../../azure/loopback-server.ts'
import { smallTenant } from '../../azure/small-tenant.ts'
import { ADA, TENANT } from '../../azure/tenant-ids.ts'

/** A token that opens nothing; what it says of its bearer is read. */
export function tokenOf(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.unsigned`
}

export const credentialOf = (claims: object) => ({
  getToken: () => Promise.resolve({ token: tokenOf(claims), expiresOnTimestamp: Date.now() + 3_600_000 }),
})

const ADAS = credentialOf({ tid: TENANT, oid: ADA, upn: 'ada@acme.example' })

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-collect-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'bundle')
}

/** @param reply what is answered otherwise than by the small tenant */
export async function serve(reply: (asked: Asked) => Reply = () => undefined, pageSize = 2): Promise<LoopbackServer> {
  const server = await startLoopback({ reply: (asked) => reply(asked) ?? smallTenant(asked), pageSize })
  onTestFinished(() => server.close())
  return server
}

export function collect(server: LoopbackServer, out: string, options: Partial<CollectAzureOptions> = {}): Promise<CollectAzureReport> {
  return collectAzure({ out, endpoint: server.endpoint, graphEndpoint: server.endpoint, credential: ADAS, ...options })
}

/** All files by path, hidden ones too. */
export async function filesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const))
  return Object.fromEntries(files.sort(([one], [other]) => (one < other ? -1 : 1)))
}

export const jsonAt = async (folder: string, path: string): Promise<unknown> => JSON.parse(await readFile(join(folder, path), 'utf8'))

export interface WrittenManifest {
  readonly tenant: string
  readonly complete: boolean
  readonly takenAt: string
  readonly takenBy: string
  readonly files: Readonly<Record<string, object>>
  readonly missing: readonly {
    readonly kind: string
    readonly tenant: string
    readonly subscription?: string
    readonly subject?: string
    readonly code: string
    readonly reason: string
  }[]
  readonly absent: readonly { readonly kind: string; readonly subject?: string; readonly code: string }[]
}

export const manifestOf = async (folder: string): Promise<WrittenManifest> => (await jsonAt(folder, 'permiscope-manifest.json')) as WrittenManifest

/** As text, without when it was taken, and without the server's address. */
export async function bundleOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = await filesOf(folder)
  const plain = (text: string): string => text.replace(/"takenAt": "[^"]*"/, '').replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '')
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, plain(text)]))
}
