import { CommanderError } from 'commander'
import { reportFailure } from './failure.ts'
import { program } from './program.ts'

const WRONG_USAGE = 2

process.on('SIGINT', () => process.exit(130))
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  const verbs = program({
    collectAws: async (options) => (await import('../sources/aws/collect.ts')).collectAws(options),
    collectAzure: async (options) => (await import('../sources/collect-azure.ts')).collectAzure(options),
  })
  await verbs.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

/** Commander has said already what it throws. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
  return reportFailure(error)
}
