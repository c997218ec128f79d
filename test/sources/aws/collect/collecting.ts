import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { collectAws, type CollectAwsOptions, type CollectReport } from '../../../../src/sources/aws/collect.ts'
import { startReplay, type Replay, type ReplayServer, type Reply } from './replay-server.ts'
import { REGION, smallWorld } from './small-world.ts'

/** Credentials that sign but open nothing. */
export function stubCredentials(): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing')
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-collect-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'bundle')
}

/** @param reply what is answered otherwise than by the small world */
export async function replay(reply: (replay: Replay) => Reply = () => undefined): Promise<ReplayServer> {
  const server = await startReplay((asked) => reply(asked) ?? smallWorld(asked))
  onTestFinished(() => server.close())
  return server
}

export function collect(server: ReplayServer, out: string, options: Partial<CollectAwsOptions> = {}): Promise<CollectReport> {
  return collectAws({ out, endpoint: server.endpoint, region: REGION, regions: [REGION], ...options })
}

/** All files by path, hidden ones too. */
export async function filesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const))
  return Object.fromEntries(files.sort(([one], [other]) => (one < other ? -1 : 1)))
}

export interface WrittenManifest {
  readonly accounts: readonly string[]
  readonly complete: boolean
  readonly takenAt: string
  readonly takenBy: string
  readonly missing: readonly {
    readonly kind: string
    readonly account: string
    readonly region?: string
    readonly subject?: string
    readonly code: string
    readonly reason: string
  }[]
  readonly absent: readonly { readonly kind: string; readonly subject?: string; readonly code: string }[]
}

export const manifestOf = async (folder: string): Promise<WrittenManifest> =>
  JSON.parse(await readFile(join(folder, 'permiscope-manifest.json'), 'utf8')) as WrittenManifest

/** As text, without when it was taken. */
export async function bundleOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = await filesOf(folder)
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/"takenAt": "[^"]*"/, '')]))
}
