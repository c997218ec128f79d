import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acquireLock } from '../../src/graph/embedded/lock.ts'

const PATIENCE_MS = 170_000
const AGAIN_MS = 100

/**
 * Test files run at the same time, but the one server has one database, which each of them empties: they take turns.
 * @returns what ends the turn; one that is killed ends it too
 */
export async function turnAt(url: string): Promise<() => Promise<void>> {
  const folder = join(tmpdir(), `permiscope-turns-${new URL(url).port}`)
  await mkdir(folder, { recursive: true })
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const turn = await acquireLock(folder).catch((error: unknown) => {
      if (Date.now() > end) throw error
      return null
    })
    if (turn !== null) return () => turn.release()
    await new Promise((resolve) => {
      setTimeout(resolve, AGAIN_MS)
    })
  }
}
