import type { CommonOptions } from './options.ts'
import type { Needs, Session } from './session.ts'

/** Opens what a verb asks of, and closes it whatever happens. */
export async function withSession(options: CommonOptions, needs: Needs, use: (session: Session) => Promise<void>): Promise<void> {
  const { openSession } = await import('./session.ts')
  const session = await openSession(options, needs)
  try {
    await use(session)
  } finally {
    await session.close()
  }
}
