import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * moto's server, which answers like AWS, and the AWS CLI, in a virtual environment of their own below the user's cache folder. Made once; a
 * machine without Python or without a package index skips the tests that need them, and says so.
 */

const PACKAGES = ['moto[server]==5.2.5', 'awscli==1.46.3']
const START_PATIENCE_MS = 30_000

const home = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'permiscope', 'moto-5.2.5-awscli-1.46.3')
const command = join(home, 'bin', 'moto_server')

/** Where the command `aws` is. */
export const AWS_CLI_FOLDER = join(home, 'bin')

/** Why moto can't run here, or undefined where it can. Installs it if need be. */
export function motoObstacle(): string | undefined {
  if (existsSync(command)) return undefined
  if (spawnSync('python3', ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 9))']).status !== 0)
    return 'there is no Python 3.9 or newer (with venv)'
  mkdirSync(home, { recursive: true })
  const installed =
    spawnSync('python3', ['-m', 'venv', home]).status === 0 &&
    spawnSync(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]).status === 0
  if (installed && existsSync(command)) return undefined
  rmSync(home, { recursive: true, force: true })
  return `pip can't install ${PACKAGES.join(' and ')}`
}

export interface MotoServer {
  readonly endpoint: string
  stop(): Promise<void>
}

export async function startMoto(): Promise<MotoServer> {
  const port = await freePort()
  const server = spawn(command, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const endpoint = `http://127.0.0.1:${port}`
  await answered(endpoint, server)
  return { endpoint, stop: () => stop(server) }
}

async function answered(endpoint: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + START_PATIENCE_MS
  while (Date.now() < until && server.exitCode === null) {
    const response = await fetch(`${endpoint}/moto-api/data.json`).catch(() => undefined)
    if (response?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  server.kill()
  throw new Error('moto did not start')
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve())
    server.kill()
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
