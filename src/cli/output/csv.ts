import { stringify } from 'csv-stringify/sync'
import type { Column } from './cells.ts'

export function csv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return stringify([
    columns.map(({ title }) => title.toLowerCase().replaceAll(' ', '_')),
    ...rows.map((row) => columns.map(({ cell }) => harmless(cell(row)))),
  ])
}

/** Spreadsheets run cells that begin so as formulas; a leading apostrophe makes them text. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
