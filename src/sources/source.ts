import type { SourceRecord } from '../domain/facts.ts'

/**
 * A source turns a provider's export files into facts. It knows neither the store nor other sources.
 * `schema.ts` checks shapes at the boundary, `map.ts` is pure, `index.ts` declares the kinds, `collect.ts` is the only I/O towards a cloud.
 */

/** One top-level value of a file, or one element of a large top-level list, with its JSON path. */
export interface ExportItem {
  readonly path: string
  readonly value: unknown
}

/** A kind of export, recognised by content. */
export interface ExportKind {
  /** `aws/account-authorization-details`. */
  readonly id: string
  /** For messages: the command that prints it. */
  readonly command: string
  /** Top-level keys that tell it apart (any letter case of the first letter), at least one must be there. */
  readonly listKeys: readonly string[]
}

export interface ReadOptions {
  /** Called as bytes are read; total may grow while folders are walked. */
  readonly onProgress?: (progress: { readonly file: string; readonly bytesRead: number; readonly bytesTotal: number }) => void
  readonly signal?: AbortSignal
}

/** Reads files, folders and .zip archives of any mix of kinds. Never throws for bad data: what is wrong is a `finding` record. */
export type ReadExports = (paths: readonly string[], options?: ReadOptions) => AsyncIterable<SourceRecord>
