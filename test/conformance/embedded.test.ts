import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/graph/index.ts'
import { storeSuite } from './suite.ts'

storeSuite('embedded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-embedded-'))
  const data = join(folder, "it's [a] data folder*")
  return { open: () => openStore({ data }), empty: () => remove(data), dispose: () => remove(folder) }
})

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true })
}
