import { spokenError } from './errors.ts'

/**
 * Writes a fault of Permiscope to stderr. Only its name and the places in the code: a message may quote a document or a secret.
 */
export function logFault(cause: unknown): void {
  if (spokenError(cause).extensions.code !== 'INTERNAL') return
  const name = cause instanceof Error ? cause.name : typeof cause
  const stack = cause instanceof Error ? (cause.stack ?? '') : ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  process.stderr.write(`${new Date().toISOString()} fault: ${name}\n${frames.join('\n')}\n`)
}
