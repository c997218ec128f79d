import { CsvError, parse } from 'csv-parse/sync'
import type { JsonEvent, JsonSplitter } from './split-json.ts'

/** Names of columns, as a first line has them, in lower case. Spreadsheets of some languages write semicolons. */
export const columnsOf = (line: string): readonly string[] =>
  line.split(delimiterOf(line)).map((column) =>
    column
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase(),
  )

const delimiterOf = (line: string): string => (line.includes(',') ? ',' : ';')

/** Tables are small (a credential report has 5000 rows at most): they are read when all is there. */
const LONGEST = 64 * 1024 * 1024

/** Reads the rows of a CSV as the elements of a list, each an object by column; a row of too few or too many columns is null. */
export function createCsvSplitter(list: string): JsonSplitter {
  let text = ''
  return {
    push: (piece) => {
      text += piece
      return []
    },
    end: () => rowsOf(list, text),
    fail: (message) => [...rowsOf(list, text, message)],
  }
}

/** @param broken why the text breaks off, if it does */
function* rowsOf(list: string, text: string, broken?: string): Generator<JsonEvent> {
  const rows: unknown[] = []
  const fault =
    text.length > LONGEST
      ? faultAt(1, 'a table of more than 64M characters')
      : (parseRows(text, rows) ?? (broken === undefined ? undefined : endFault(text, broken)))
  for (const [index, value] of rows.entries()) yield { type: 'element', document: '', list, place: `${list}[${index}]`, value }
  yield { type: 'document', document: '', value: {}, lists: [list], whole: fault === undefined }
  if (fault !== undefined) yield fault
}

/** @param rows where they are put, so that those before a fault are kept */
function parseRows(text: string, rows: unknown[]): JsonEvent | undefined {
  const trimmed = text.replace(/^[\uFEFF\s]+/, '')
  const header = trimmed.split(/\r?\n/, 1)[0] ?? ''
  const columns = columnsOf(header)
  const keep = (cells: readonly string[]): null => {
    rows.push(cells.length === columns.length ? Object.fromEntries(columns.map((column, at) => [column, cells[at]])) : null)
    return null
  }
  try {
    parse(trimmed, {
      delimiter: delimiterOf(header),
      from_line: 2,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      on_record: keep,
    })
    return undefined
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return faultAt(Number(error['lines'] ?? 1), 'a quote that is not closed')
  }
}

const faultAt = (line: number, message: string): JsonEvent => ({ type: 'fault', line, column: 1, message, format: 'CSV' })

const endFault = (text: string, message: string): JsonEvent => faultAt(text.split('\n').length, message)
