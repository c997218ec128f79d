import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Who holds the right to write: enough to tell whether that process still lives. */
export interface Writer {
  readonly host: string
  readonly pid: number
  /** When the process started, as its system counts it; empty where the system doesn't tell. Tells a reused pid from the same process. */
  readonly started: string
  /** Unique to one acquisition. */
  readonly token: string
}

export function thisWriter(): Writer {
  return { host: hostname(), pid: process.pid, started: startOf(process.pid), token: randomUUID() }
}

/** `unknown` where the writer is on another host, whose processes can't be seen from here. */
export function livenessOf(writer: Writer): 'alive' | 'gone' | 'unknown' {
  if (writer.host !== hostname()) return 'unknown'
  if (!exists(writer.pid)) return 'gone'
  return startOf(writer.pid) === writer.started ? 'alive' : 'gone'
}

/** Reads a writer as it was written down; null where it can't be read. */
export function writerIn(text: string): Writer | null {
  try {
    const value: Partial<Writer> = JSON.parse(text)
    const { host, pid, started, token } = value
    return typeof host === 'string' && typeof pid === 'number' && typeof started === 'string' && typeof token === 'string'
      ? { host, pid, started, token }
      : null
  } catch {
    return null
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function startOf(pid: number): string {
  try {
    // Field 22 of /proc/PID/stat; the second field is a name in brackets that may itself hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
