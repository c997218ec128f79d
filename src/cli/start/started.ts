import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CommonOptions } from '../options.ts'

const startedSchema = z.object({ demo: z.boolean(), fingerprint: z.string(), snapshot: z.string() })

/** What `start` loaded last into a store. */
export type Started = z.infer<typeof startedSchema>

/** Undefined where nothing was started yet, or where the note can't be read: then it is loaded again. */
export async function lastStarted(options: CommonOptions): Promise<Started | undefined> {
  try {
    return startedSchema.parse(JSON.parse(await readFile(noteFile(options), 'utf8')))
  } catch {
    return undefined
  }
}

export async function noteStarted(options: CommonOptions, started: Started): Promise<void> {
  await mkdir(options.data, { recursive: true })
  await writeFile(noteFile(options), `${JSON.stringify(started)}\n`)
}

/** Beside the embedded store; one for each store that is started from this folder. */
function noteFile({ data, store }: CommonOptions): string {
  const name = store === undefined ? 'started.json' : `started-${createHash('sha256').update(store).digest('hex').slice(0, 12)}.json`
  return join(data, name)
}
