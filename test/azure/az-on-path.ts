import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An environment in which `az` is test/azure/az.ts. */
export async function withAz(variables: Readonly<Record<string, string>>): Promise<NodeJS.ProcessEnv> {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-az-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const az = join(folder, 'az')
  await writeFile(az, `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'az.ts')}" "$@"\n`)
  await chmod(az, 0o755)
  return { ...process.env, ...variables, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` }
}
