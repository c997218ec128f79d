import { FINDING_CODES, type FindingCode } from '../domain/errors.ts'
import type { FindingFact, Origin } from '../domain/facts.ts'

/** What a finding touches, where that is known. */
export interface Touched {
  readonly entity?: string | null
  readonly coverage?: string | null
}

/** A finding of a file; its severity comes from the table of codes. */
export function fileFinding(code: FindingCode, file: string, place: string, message: string, touched: Touched = {}): FindingFact {
  return {
    record: 'finding',
    code,
    severity: FINDING_CODES[code],
    file,
    place,
    message,
    entity: touched.entity ?? null,
    coverage: touched.coverage ?? null,
  }
}

export const findingAt = (code: FindingCode, origin: Origin, message: string, touched: Touched = {}): FindingFact =>
  fileFinding(code, origin.file, origin.place, message, touched)
