import type { SourceRecord } from '../../../domain/facts.ts'
import type { Mapped } from '../map/facts.ts'

/**
 * What the AWS CLI prints, by service: which outputs are known, how they are recognised, and what they say. An output states what it knows of
 * an entity (a listing its name, `get-bucket-policy` its document); the statements of one entity are joined when facts are merged.
 */

/** Whose output it is and where it stands. */
export interface About {
  readonly account: string
  readonly partition: string
  /** Undefined: global, or not known. */
  readonly region: string | undefined
  /** What was asked about; '' where the kind needs none. */
  readonly subject: string
  readonly file: string
  /** JSON path of the output in its file. */
  readonly place: string
  /** Place in its list of an element that was handed over by itself. */
  readonly firstIndex: number
  /** Id of the coverage that its facts belong to. */
  readonly coverage: string
}

export interface OutputKind {
  /** `aws/{CLI service}/{CLI operation}`, as in `aws s3api list-buckets`. */
  readonly id: string
  /** Top-level keys by which it is recognised where nothing says what it is; left out: only a manifest, its place or an envelope tells. */
  readonly knownBy?: readonly string[]
  /** Narrows `knownBy`, and which elements of a streamed list are its own, where others have the same keys. @param value with upper-case first letters; of an element, `{[list]: [element]}` */
  readonly is?: (value: Readonly<Record<string, unknown>>) => boolean
  /** Its content doesn't name what it is about. */
  readonly needsSubject?: boolean
  /** The account that its content names; else its place, manifest, or the caller's identity beside it tells. @param value with upper-case first letters */
  readonly accountOf?: (value: Readonly<Record<string, unknown>>) => string | undefined
  /** The region that its content names, as above. */
  readonly regionOf?: (value: Readonly<Record<string, unknown>>) => string | undefined
  /** What it says can't be named without the region; where nothing tells it, that of the account's other outputs is taken if there is but one. */
  readonly needsRegion?: true
  /** Each row names the account (and region) that it is of, which need not be the one that was asked: that of an aggregator, of a whole organisation. */
  readonly rowsNameOwners?: true
  /** A list so long that its elements come one by one; where nothing says what it is, no output of another sort may have a list of this name (or `is` tells). `map` then gets `{[list]: [one element]}`. */
  readonly streams?: string
  /** What it says by itself. */
  readonly map?: (value: unknown, about: About) => Mapped
  /** Kept until all is read; the part's `assemble` joins it with others. */
  readonly held?: true
  /** Error codes by which AWS says that there is none; everything else is a gap. */
  readonly absent?: readonly string[]
  /** Error codes by which AWS says that what was asked about is there no more. */
  readonly gone?: readonly string[]
  /** What follows where there is none. */
  readonly mapAbsent?: (about: About) => Mapped
  /** What follows where there may be one that nobody was allowed to read. */
  readonly mapRefused?: (about: About) => Mapped
}

export interface Held {
  readonly value: unknown
  readonly about: About
}

/** The outputs that one coverage comes from: of a service, in an account, and in a region if it is regional. */
export interface OutputPart {
  /** In the coverage's id: `s3` → `aws:s3:{account}`, `ec2` → `aws:ec2/{region}:{account}`. */
  readonly part: string
  readonly regional: boolean
  readonly kinds: readonly OutputKind[]
  /** `assemble` states the coverages itself: they are not of the account that was asked. */
  readonly coversItself?: true
  /** Joins held outputs of one account and region. Records that name another coverage state it themselves. @param of held outputs of a kind */
  readonly assemble?: (of: (kind: string) => readonly Held[], about: About) => Mapped
}

export const NOTHING_MAPPED: Mapped = { records: [], open: [] }

export const joined = (parts: readonly Mapped[]): Mapped =>
  parts.length === 1 && parts[0] !== undefined
    ? parts[0]
    : { records: parts.flatMap(({ records }) => records), open: parts.flatMap(({ open }) => open) }

export const saying = (...records: readonly SourceRecord[]): Mapped => ({ records, open: [] })
