import { readFileSync } from 'node:fs'

/** Every file under cypher/, named once. A test holds this list, the folder and the uses to each other. */

/** cypher/read: run by `GraphStore.run`, the same text on both databases. `snapshot` is given by the store; these are the other parameters. */
export const READ_STATEMENTS = {
  'entities-by-kind': {},
  'grants-of-principal': { principalId: 'string' },
  'members-of-group': { groupId: 'string' },
  'principals-holding-role': { roleId: 'string' },
} as const satisfies Record<string, Readonly<Record<string, 'string' | 'string[]'>>>
export type StatementName = keyof typeof READ_STATEMENTS

type Declared<Name extends StatementName> = (typeof READ_STATEMENTS)[Name]
type ValueOf<T> = T extends 'string' ? string : readonly string[]
export type StatementParameters<Name extends StatementName> = { readonly [P in keyof Declared<Name>]: ValueOf<Declared<Name>[P]> }

/** What the stores themselves run, each in the words of its database. `__NAME__` in a text is filled in from the vocabulary, never from data. */
export const STORE_STATEMENTS = [
  'schema/embedded-edge-table',
  'schema/embedded-finding-table',
  'schema/embedded-node-table',
  'schema/neo4j-drop-index',
  'schema/neo4j-entity-key',
  'schema/neo4j-finding-index',
  'schema/neo4j-label-index',
  'schema/neo4j-snapshot-key',
  'schema/neo4j-state-key',
  'load/embedded-copy-edges',
  'load/embedded-copy-findings',
  'load/embedded-copy-nodes',
  'load/neo4j-begin-snapshot',
  'load/neo4j-create-edges',
  'load/neo4j-create-findings',
  'load/neo4j-create-nodes',
  'load/neo4j-delete-findings',
  'load/neo4j-delete-nodes',
  'load/neo4j-delete-snapshot',
  'load/neo4j-keep-lock',
  'load/neo4j-publish-snapshot',
  'load/neo4j-release-lock',
  'load/neo4j-take-lock',
  'load/neo4j-withdraw-snapshots',
  'stream/embedded-edge-count',
  'stream/embedded-edges',
  'stream/embedded-filled-columns',
  'stream/embedded-findings',
  'stream/embedded-nodes',
  'stream/embedded-nodes-by-id',
  'stream/neo4j-edges',
  'stream/neo4j-findings',
  'stream/neo4j-nodes',
  'stream/neo4j-nodes-by-id',
  'stream/neo4j-snapshot',
  'stream/neo4j-snapshots',
  'stream/neo4j-state',
  'stream/neo4j-unpublished',
] as const
export type StoreStatement = (typeof STORE_STATEMENTS)[number]

const folder = new URL('../../cypher/', import.meta.url)
const texts = new Map<string, string>()

/** The text of a statement without its header. */
export function statement(name: StoreStatement | `read/${StatementName}`, parts: Readonly<Record<string, string>> = {}): string {
  const text = texts.get(name) ?? withoutHeader(readFileSync(new URL(`${name}.cypher`, folder), 'utf8'))
  texts.set(name, text)
  return text.replaceAll(/__([A-Z]+)__/g, (whole, part: string) => parts[part] ?? whole)
}

function withoutHeader(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('//'))
    .join('\n')
    .trim()
}
