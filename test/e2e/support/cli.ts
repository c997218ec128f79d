import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { jsonOf } from './json-of.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const NODE = `${root}node_modules/node/bin/node`
const BIN = `${root}bin/permiscope.js`

/** A server that has not ended by then hangs. */
const STOPPING_MS = 15_000

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What of the environment could change an answer is taken out. */
function environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PERMISCOPE_') && name !== 'NO_COLOR' && name !== 'FORCE_COLOR')
  return { ...Object.fromEntries(inherited), ...env }
}

/** Runs a verb as a process of its own, as users do. */
export async function cli(args: readonly string[], { input, env }: CliOptions = {}): Promise<CliResult> {
  const child = spawn(NODE, [BIN, ...args], { cwd: root, env: environment(env), timeout: 55_000, killSignal: 'SIGKILL' })
  const output = collected(child)
  child.stdin.end(input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...output() }
}

/** Starts a verb that waits for its input, and sends what Ctrl-C sends. @returns the exit code */
export async function interrupted(args: readonly string[]): Promise<number | null> {
  const child = spawn(NODE, [BIN, ...args], { cwd: root, env: environment(), timeout: 55_000, killSignal: 'SIGKILL' })
  const closed = once(child, 'close') as Promise<[number | null]>
  await new Promise((resolve) => setTimeout(resolve, 1500))
  child.kill('SIGINT')
  return (await closed)[0]
}

export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  readonly stderr: () => string
  /** Sends the signal and waits. @returns the exit code */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

const servers: ChildProcess[] = []

/** A test that fails leaves its server behind. */
afterAll(() => {
  for (const server of servers) server.kill('SIGKILL')
})

/** Starts `serve` or `start` on a free port and waits until it listens. */
export async function startServerProcess(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(NODE, [BIN, ...args, '--port', '0', '--output', 'json'], { cwd: root, env: environment(env) })
  servers.push(child)
  const output = collected(child)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [line, ...rest] = output().stdout.split('\n')
      if (rest.length > 0) resolve(jsonOf<{ url: string }>(line ?? '').url)
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${output().stderr}`)))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode !== null) return child.exitCode
    const closed = once(child, 'close') as Promise<[number | null]>
    child.kill(signal)
    const patience = setTimeout(() => child.kill('SIGKILL'), STOPPING_MS)
    const [code] = await closed
    clearTimeout(patience)
    return code
  }
  return { url, child, stderr: () => output().stderr, stop }
}

function collected(child: { readonly stdout: NodeJS.ReadableStream; readonly stderr: NodeJS.ReadableStream }) {
  const parts = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (parts.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (parts.stderr += text))
  return () => ({ ...parts })
}
