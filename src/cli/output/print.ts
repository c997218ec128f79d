import type { CommonOptions } from '../options.ts'
import type { Column } from './cells.ts'
import { table } from './table.ts'

/** An answer with the ways to print it. */
export interface Answer<Row> {
  /** The value of the GraphQL field; what `json` prints. */
  readonly value: unknown
  /** One for each line of `ndjson`, `csv` and of the table. */
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  /** Where a table of rows is not what people read best. */
  readonly text?: (paint: Paint) => string
}

export type Paint = (style: 'green' | 'yellow' | 'red' | 'bold' | 'dim', text: string) => string

const WIDTH = 120

export async function print<Row>(answer: Answer<Row>, options: CommonOptions): Promise<void> {
  process.stdout.write(await rendered(answer, options))
}

async function rendered<Row>(answer: Answer<Row>, options: CommonOptions): Promise<string> {
  // Exhaustive: a format without a case doesn't compile.
  switch (options.output) {
    case 'json':
      return `${JSON.stringify(answer.value, null, 2)}\n`
    case 'ndjson':
      return answer.rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    case 'csv':
      return (await import('./csv.ts')).csv(answer.rows, answer.columns)
    case 'table':
      if (answer.text !== undefined) return answer.text(await painter(options))
      return answer.rows.length === 0 ? '' : table(answer.rows, answer.columns, process.stdout.columns ?? WIDTH)
  }
}

async function painter(options: CommonOptions): Promise<Paint> {
  const { styleText } = await import('node:util')
  const coloured = options.color && process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''
  return (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text)
}
