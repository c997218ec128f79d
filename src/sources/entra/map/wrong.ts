import { fileFinding } from '../../finding.ts'
import type { About, Mapped } from '../facts.ts'
import { textIn, type Fields, type Row } from '../row.ts'

export const idOf = (fields: Fields): string | undefined => textIn(fields, 'id')?.toLowerCase()

/** A row that lacks what every row of its kind has. */
export function wrong(row: Row, about: About, ...missing: readonly string[]): Mapped {
  const message = `It has no ${missing.join(', no ')}.`
  return { records: [fileFinding('WRONG_SHAPE', row.at.file, row.at.place, message, { entity: idOf(row.fields) ?? null, coverage: about.coverage })] }
}
