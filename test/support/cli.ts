import { execFile } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `permiscope …` as a user would, in a process of its own. */
export function permiscope(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'bin/permiscope.js'), ...args],
      { env: { ...process.env, NO_COLOR: '1', ...env }, maxBuffer: 256 * 2 ** 20 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        resolve({ code, stdout, stderr })
      },
    )
  })
}
