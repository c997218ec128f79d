import type { SourceRecord } from '../../domain/facts.ts'
import type { FileNote } from '../source.ts'
import { coverageOf, touch } from './coverage.ts'
import type { Part } from './kinds.ts'
import type { AzureState } from './state.ts'
import type { Row } from './row.ts'

/** The listing that a row comes in. */
export interface Listing {
  readonly file: string
  readonly note: FileNote
  readonly part: Part
  /** A list of rows, not one by itself. */
  readonly isList: boolean
  readonly noteCoverage: (coverage: string) => void
}

/** What a row says at once; the state keeps what waits for the others. */
export type Accept = (state: AzureState, row: Row, listing: Listing) => readonly SourceRecord[]

/** The coverage that speaks for a row. @param id canonical, of where its thing lies or holds */
export function cover(state: AzureState, listing: Listing, id: string, tenant?: string): string {
  const coverage = coverageOf(listing.part, id, listing.note, tenant?.toLowerCase())
  return covering(state, listing, coverage)
}

/** A coverage that something else than the place of the row tells. */
export function covering(state: AzureState, listing: Listing, coverage: string): string {
  touch(state, coverage, listing.file, listing.note)
  listing.noteCoverage(coverage)
  return coverage
}

/** A date within a row: the listing is no older. */
export function dated(state: AzureState, coverage: string, ...dates: readonly (string | undefined)[]): void {
  const covered = state.covered.get(coverage)
  if (covered === undefined) return
  for (const date of dates) if (date !== undefined && (covered.newest ?? '') < date) covered.newest = date
}

/** A row that can't be read: what it said is missing. */
export function refused(state: AzureState, listing: Listing, finding: SourceRecord, id: string): readonly SourceRecord[] {
  const coverage = cover(state, listing, id)
  const covered = state.covered.get(coverage)
  if (covered !== undefined) covered.complete = false
  return [finding]
}
