import type { ColumnType } from '../rows.ts'
import { parquetWriteFile } from 'hyparquet-writer'

/**
 * The one bulk format that LadybugDB reads back exactly (docs/stores.md has the measurements): its CSV reader can't tell an empty string from
 * null nor quote inside lists.
 */

type SchemaElement = NonNullable<Parameters<typeof parquetWriteFile>[0]['schema']>[number]

export interface FilledColumn {
  readonly name: string
  readonly type: ColumnType | 'position'
  readonly values: readonly unknown[]
}

/** LadybugDB reads row groups in parallel; several a file keep its threads busy. */
const ROWS_A_GROUP = 12_500

const ELEMENTS: Readonly<Record<FilledColumn['type'], (name: string) => readonly SchemaElement[]>> = {
  string: (name) => [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }],
  number: (name) => [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }],
  boolean: (name) => [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }],
  position: (name) => [{ name, type: 'INT64', repetition_type: 'REQUIRED' }],
  'string[]': (name) => [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  ],
}

export function writeParquet(filename: string, columns: readonly FilledColumn[]): void {
  parquetWriteFile({
    filename,
    codec: 'UNCOMPRESSED',
    statistics: false,
    rowGroupSize: ROWS_A_GROUP,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(({ name, type }) => ELEMENTS[type](name))],
    columnData: columns.map(({ name, values }) => ({ name, data: [...values], offsetIndex: false })),
  })
}
