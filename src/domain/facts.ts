import type { FactEdge, Label, PropertyName, PROPERTIES, Provider } from './vocabulary.ts'

/**
 * Facts are what sources say and stores keep: entities, edges, and what was wrong or missing (findings). A snapshot is a set of facts
 * together with what it covers.
 */

type TypeOf<T> = T extends 'string' ? string : T extends 'number' ? number : T extends 'boolean' ? boolean : readonly string[]
export type Properties = { readonly [P in PropertyName]?: TypeOf<(typeof PROPERTIES)[P]> }

/** A node. `id` is the provider's own and unique across labels. */
export interface EntityFact {
  readonly record: 'entity'
  readonly label: Label
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly provider: Provider
  /** Id of the scope that it lies in (an AWS account's 12 digits); null where there is none or it is not known. */
  readonly scope: string | null
  readonly properties: Properties
  /**
   * A policy document as JSON text: of a Role or Guardrail, the policy; of an AwsRole, its trust policy; of a Resource, its resource policy.
   * Kept exactly as the provider printed it, decoded. Null where there is none.
   */
  readonly document: string | null
  /** Where it was read, so that faults of its document can name the place. Not kept in the store. */
  readonly origin?: Origin
  /** Ids of the coverages that state it. Empty: nobody states it, something only names it (an outside principal). */
  readonly coverage: readonly string[]
  /**
   * Which of its coverages state what, where they don't all state the same: by property, or `name` and `document`. What is not listed is
   * stated by all of them. So a newer ingest of one coverage takes back what that one said and nothing else.
   */
  readonly statedBy?: Readonly<Record<string, readonly string[]>>
}

export interface Origin {
  readonly file: string
  /** JSON path of the document if there is one, else of the entity. */
  readonly place: string
}

/** A directed edge between two entities, which need not be stated by the same file. */
export interface EdgeFact {
  readonly record: 'edge'
  readonly kind: FactEdge
  readonly from: EntityRef
  readonly to: EntityRef
  readonly coverage: readonly string[]
}

export interface EntityRef {
  readonly label: Label
  readonly id: string
}

/**
 * What a file speaks for: `aws:iam:111122223333` is everything that IAM of that account says. A later ingest of the same coverage replaces
 * what was known of it; other coverages are carried over.
 */
export interface CoverageFact {
  readonly record: 'coverage'
  /** `provider:part:scope`. */
  readonly id: string
  readonly provider: Provider
  readonly scope: string
  /** When it was taken, as far as the file tells: its manifest's time, else the newest date inside it. */
  readonly asOf: string | null
  /** False where the export was cut short. */
  readonly complete: boolean
}

/** How bad a finding is: `refused`, something was not loaded; `warning`, loaded, but an answer may be less sure. */
export type Severity = 'refused' | 'warning'

/** Something wrong with, or missing from, the input. Data, not an exception. */
export interface FindingFact {
  readonly record: 'finding'
  /** One of FINDING_CODES. */
  readonly code: string
  readonly severity: Severity
  /** Path of the file as the user named it, with `!inner/path` inside a .zip. */
  readonly file: string
  /** Where in the file: a JSON path (`UserDetailList[3].UserPolicyList[0]`), `line 3, column 7`, or an empty string for all of it. */
  readonly place: string
  readonly message: string
  /** The entity that it touches, so that answers about it can be marked; null where it is the whole file. */
  readonly entity: string | null
  readonly coverage: string | null
}

export type SourceRecord = EntityFact | EdgeFact | CoverageFact | FindingFact
export type GraphFact = EntityFact | EdgeFact
