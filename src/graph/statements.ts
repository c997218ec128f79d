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
  'schema/embedded-node-table',
  'schema/embedded-edge-table',
  'schema/embedded-finding-table',
  'load/embedded-copy-nodes',
  'load/embedded-copy-edges',
  'load/embedded-copy-findings',
  'stream/embedded-id-given-twice',
  'stream/embedded-filled-columns',
  'stream/embedded-nodes',
  'stream/embedded-nodes-by-id',
  'stream/embedded-edge-count',
  'stream/embedded-edges',
  'stream/embedded-findings',
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
