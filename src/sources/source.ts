import type { SourceRecord } from '../domain/facts.ts'

/**
 * A source turns a provider's export files into facts. It knows neither the store nor other sources.
 * `schema.ts` checks shapes at the boundary, `map/` is pure, `index.ts` declares the kinds, `collect.ts` is the only I/O towards a cloud.
 * Reading files, archives and encodings, and splitting JSON, is done for all sources by `read/`.
 */

/** A kind of export, recognised by content. */
export interface ExportKind {
  /** `aws/account-authorization-details`. */
  readonly id: string
  /** For messages: the command that prints it, or what it is. */
  readonly command: string
  /** For messages: what it is recognised by. */
  readonly knownBy: string
}

/** One element of a large list of a top-level object, handed over as soon as it was read. */
export interface ListElement {
  readonly file: string
  /** JSON path of the top-level object in its file; empty for the first. */
  readonly document: string
  readonly list: string
  /** JSON path of the element. */
  readonly place: string
  readonly value: unknown
  /** What the file's place or manifest says that it is about. */
  readonly note: FileNote
}

/** A top-level value without the list elements that a source has taken. */
export interface ExportDocument {
  readonly file: string
  readonly document: string
  readonly value: unknown
  /** Names of the streamed lists that it has, empty ones too. */
  readonly lists: readonly string[]
  /** Elements of those lists that no source took. */
  readonly untaken: readonly ListElement[]
  /** False where the file breaks off or is no JSON further on. */
  readonly whole: boolean
  readonly note: FileNote
}

/** What is said of a file by its manifest, its place in the bundle, or the envelope around the answer; all of it may be missing. */
export interface FileNote {
  /** `aws/s3api/get-bucket-policy`: provider, service, operation. */
  readonly kind?: string | undefined
  /** AWS: 12 digits. */
  readonly account?: string | undefined
  /** AWS; left out: global. */
  readonly region?: string | undefined
  /** Azure and Entra: the directory's GUID. */
  readonly tenant?: string | undefined
  /** Azure: GUID; left out: of the whole tenant. */
  readonly subscription?: string | undefined
  /** What was asked about, where the answer doesn't name it: a bucket's name, a key's id, an ARN. */
  readonly subject?: string | undefined
  /** ISO 8601 in UTC. */
  readonly takenAt?: string | undefined
  readonly complete?: boolean | undefined
  /** Why it isn't complete. */
  readonly reason?: string | undefined
}

/** An answer that did not come: the provider says that there is none, or why it was not given. */
export interface MissingAnswer {
  readonly note: FileNote
  /** The provider's error code: `NoSuchBucketPolicy`, `AccessDenied`. */
  readonly code: string
  readonly reason: string
  readonly file: string
  readonly place: string
}

/** What manifests say of all that was read. */
export interface BundleNotes {
  noteOf(file: string): FileNote | undefined
}

/**
 * One reading of any number of files in any order. What needs more than one row (names to look up, what is missing) waits for `finish`.
 * INVARIANT: the records of a reading, taken together, don't depend on the order of files or on how they are split into pages.
 */
export interface SourceReading {
  /** The records of an element, or undefined where it isn't of this source. */
  element(element: ListElement): Iterable<SourceRecord> | undefined
  /** The records of a document, or undefined where it isn't of this source. Called after all its elements. */
  document(document: ExportDocument): Iterable<SourceRecord> | undefined
  /** What follows from an answer that did not come, or undefined where its kind isn't of this source. */
  missing(answer: MissingAnswer): Iterable<SourceRecord> | undefined
  /** A file breaks off, or is no JSON from some place on: what was in it of a list is not the whole list. */
  brokeOff?(file: string): void
  finish(notes: BundleNotes): Iterable<SourceRecord>
}

export interface Source {
  readonly kinds: readonly ExportKind[]
  /** Whether elements of a top-level list of this name come one by one. */
  streams(list: string): boolean
  /** The list as whose elements the rows of a CSV with these columns (in lower case) are read; undefined where it isn't of this source. */
  tableOf?(columns: readonly string[]): string | undefined
  open(): SourceReading
}

export interface ReadOptions {
  /** Called as bytes are read; total may grow while folders are walked. */
  readonly onProgress?: (progress: { readonly file: string; readonly bytesRead: number; readonly bytesTotal: number }) => void
  readonly signal?: AbortSignal
}
