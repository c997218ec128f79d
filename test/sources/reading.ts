import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CoverageFact, EdgeFact, EntityFact, FindingFact, SourceRecord } from '../../src/domain/facts.ts'
import { readExports } from '../../src/sources/index.ts'
import type { ReadOptions } from '../../src/sources/source.ts'

/** Reading exports in tests: what the records say, without the places where it was read. */

export interface Read {
  readonly records: readonly SourceRecord[]
  readonly entities: readonly EntityFact[]
  readonly edges: readonly EdgeFact[]
  readonly coverages: readonly CoverageFact[]
  readonly findings: readonly FindingFact[]
  readonly entity: (id: string) => EntityFact | undefined
  /** `from KIND to` for each edge. */
  readonly arrows: readonly string[]
}

export const read = (...paths: readonly string[]): Promise<Read> => readWith({}, ...paths)

export async function readWith(options: ReadOptions, ...paths: readonly string[]): Promise<Read> {
  const records: SourceRecord[] = []
  for await (const batch of readExports(paths, options)) for (const record of batch) records.push(record)
  const entities = records.filter((record) => record.record === 'entity')
  const edges = records.filter((record) => record.record === 'edge')
  return {
    records,
    entities,
    edges,
    coverages: records.filter((record) => record.record === 'coverage'),
    findings: records.filter((record) => record.record === 'finding'),
    entity: (id) => entities.find((entity) => entity.id === id),
    arrows: edges.map(({ from, kind, to }) => `${from.id} ${kind} ${to.id}`),
  }
}

/** The facts as a set: order, repetition and origin of records mean nothing. */
export function factsOf({ records }: Read): readonly string[] {
  const facts = records.filter((record) => record.record !== 'finding')
  return [...new Set(facts.map((fact) => JSON.stringify(fact, (key, value: unknown) => (key === 'origin' ? undefined : value))))].sort()
}

/** `CODE file place`, with the file's path below its folder. */
export const findingsOf = ({ findings }: Pick<Read, 'findings'>): readonly string[] =>
  findings.map(({ code, file, place }) => `${code} ${file.slice(file.lastIndexOf('/') + 1)} ${place}`.trim()).sort()

/** A folder with these files, removed when the test ends. Strings are written as UTF-8, objects as JSON. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array | object>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-sources-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
  }
  return folder
}
