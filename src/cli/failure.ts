import { ERRORS, PermiscopeError } from '../domain/errors.ts'
import { say } from './messages.ts'

/** Says what went wrong on stderr. @returns the exit code */
export function reportFailure(error: unknown): number {
  if (!(error instanceof PermiscopeError)) {
    say(`permiscope: ${ERRORS.INTERNAL.title}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return ERRORS.INTERNAL.exitCode
  }
  say(`permiscope: ${error.message} (${error.code})`)
  const candidates = error.details['candidates']
  if (Array.isArray(candidates)) for (const candidate of candidates) say(`  ${String(candidate)}`)
  return ERRORS[error.code].exitCode
}
