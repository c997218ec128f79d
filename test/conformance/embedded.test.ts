import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/graph/index.ts'
import { storeSuite } from './suite.ts'

storeSuite('the embedded store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-embedded-'))
  const data = join(folder, "it's [a] data folder*")
  const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true })
  return { open: () => openStore({ data }), empty: () => remove(data), dispose: () => remove(folder) }
})
