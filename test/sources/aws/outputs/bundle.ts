import { readSnapshotDraft } from '../../../../src/operations/ingest.ts'
import type { EntityFact } from '../../../../src/domain/facts.ts'
import { findingsOf, folderOf, read } from '../../reading.ts'

/** Outputs of the AWS CLI on disk, and what all of them together say. */

export const ACCOUNT = '111122223333'
export const REGION = 'eu-west-1'

export const allowing = (principal: unknown, action: string, resource: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Let', Effect: 'Allow', Principal: principal, Action: action, Resource: resource }],
})

/** What AWS answered in the place of an output. */
export const failed = (code: string): object => ({ Error: { Code: code, Message: 'as AWS words it' } })

export interface Joined {
  readonly entity: (id: string) => EntityFact | undefined
  readonly arrows: readonly string[]
  readonly findings: readonly string[]
  /** Everything that was read, as text: to look for what must not be there. */
  readonly text: string
  /** `id complete` or `id incomplete`. */
  readonly coverage: readonly string[]
  /** Entities and edges as a set, without their places and coverages. */
  readonly facts: readonly string[]
}

/** Outputs by the path at which a bundle keeps them, below account and region; those with no region start with `global/`. */
export const bundle = (outputs: Readonly<Record<string, object>>): Promise<Joined> =>
  loose(Object.fromEntries(Object.entries(outputs).map(([path, output]) => [pathOf(path), output])))

export const pathOf = (path: string): string => `${ACCOUNT}/${path.startsWith('global/') ? path : `${REGION}/${path}`}.json`

/** Files of any name. */
export async function loose(files: Readonly<Record<string, object | string>>): Promise<Joined> {
  const folder = await folderOf(files)
  const { records } = await read(folder)
  const draft = await readSnapshotDraft([folder])
  const entities = [...draft.entities]
  const edges = [...draft.edges]
  const said = [...entities.map(({ origin: _, coverage: __, statedBy: ___, ...entity }) => entity), ...edges.map(withoutCoverage)]
  return {
    entity: (id) => entities.find((entity) => entity.id === id),
    arrows: edges.map(({ from, kind, to }) => `${from.id} ${kind} ${to.id}`).sort(),
    findings: findingsOf(draft),
    text: JSON.stringify(records),
    coverage: draft.coverage.map(({ id, complete }) => `${id} ${complete ? 'complete' : 'incomplete'}`).sort(),
    facts: said.map((fact) => JSON.stringify(fact, sortedKeys)).sort(),
  }
}

/** Which file comes first decides the order of what they say together. */
const sortedKeys = (key: string, value: unknown): unknown =>
  key === 'properties' && typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort()) : value

const withoutCoverage = <Fact extends { readonly coverage: unknown }>({ coverage: _, ...fact }: Fact): Omit<Fact, 'coverage'> => fact

type Told = Pick<Joined, 'facts' | 'coverage' | 'findings'>

/** What outputs tell where they belong, and what they tell as files whose names say neither kind nor account nor region. */
export async function bothRoads(outputs: Readonly<Record<string, object>>): Promise<{ readonly placed: Told; readonly free: Told }> {
  const free = await loose(Object.fromEntries(Object.values(outputs).map((output, index) => [`output-${index}.json`, output])))
  return { placed: toldBy(await bundle(outputs)), free: toldBy(free) }
}

const toldBy = ({ facts, coverage, findings }: Joined): Told => ({ facts, coverage, findings })
