import type { Effect, Expression, Reason, DecisionPart } from '../domain/decision.ts'
import type { EntityFact, FindingFact } from '../domain/facts.ts'
import type { AccessLevel, Certainty, ReachVia } from '../domain/vocabulary.ts'

/** The shapes of answers, the same for GraphQL, CLI and tests. */

/** An entity as answers show it. Entities that no file states (an S3 object, an outside account) have kind and name, and an empty coverage. */
export type Entity = EntityFact

/** Something not loaded or assumed, said once beside an answer. */
export interface Caveat {
  /** `EXPORT_TRUNCATED`, `SCP_NOT_LOADED`, `ASSUMED_ACCOUNT` … */
  readonly code: string
  readonly message: string
  /** Id of the coverage, file or entity that it is about. */
  readonly source: string
}

export const EVIDENCE_RELATIONS = ['PRINCIPAL', 'ACTS_AS', 'MEMBER_OF', 'HOLDS', 'GIVES', 'STATEMENT', 'LIMITED_BY', 'AT', 'TARGET'] as const
export type EvidenceRelation = (typeof EVIDENCE_RELATIONS)[number]

/** One step of principal → (group …) → grant → role → statement → scope → resource, or a guardrail that was passed on the way. */
export interface EvidenceStep {
  readonly relation: EvidenceRelation
  readonly entity: Entity
  /** Id of the policy document behind a STATEMENT or LIMITED_BY step. */
  readonly policy?: string
  /** Sid, or `Statement[2]`. */
  readonly statement?: string
  /** The statement itself, as the provider wrote it (JSON value). */
  readonly document?: unknown
  /** `Allow` or `Deny` for statements. */
  readonly effect?: 'Allow' | 'Deny'
  /** For people, one line. */
  readonly text: string
}

export interface Reach {
  readonly principal: Entity
  readonly target: Entity
  readonly actions: readonly string[]
  readonly levels: readonly AccessLevel[]
  readonly certainty: Certainty
  readonly via: ReachVia
  /** For people: what must still be true, each a conjunct. Empty when ALLOWED. */
  readonly conditions: readonly string[]
  readonly evidence: readonly EvidenceStep[]
  /** ISO 8601; null where it is not known. */
  readonly lastUsed: string | null
}

export const PLANES = ['CONTROL', 'DATA'] as const
/** Azure: what is done to a resource through Resource Manager, or with what is in it. */
export type Plane = (typeof PLANES)[number]

export interface EffectivePermission {
  readonly target: Entity
  readonly actions: readonly string[]
  /** Of patterns of Azure, which stand for operations of one plane alone; null where names tell, and for other providers. */
  readonly plane: Plane | null
  readonly levels: readonly AccessLevel[]
  readonly certainty: Certainty
  readonly via: ReachVia
  readonly conditions: readonly string[]
  readonly evidence: readonly EvidenceStep[]
}

/** Who outside the account, and whether the public, gets at a resource by its own policy, ACLs, grants and shares; and over the network. */
export interface Exposure {
  /** How surely the public does: nobody signed in, or any identity of any account. Null: it does not. */
  readonly public: Certainty | null
  /** Other accounts that are let in: 12 digits, or the canonical user id of one that nobody can tell. */
  readonly accounts: readonly string[]
  /** What the public may do, surely or perhaps. */
  readonly publicActions: readonly string[]
  /** What can be connected to from anywhere: `tcp/22 from 0.0.0.0/0`. */
  readonly internet: readonly string[]
}

export const SENSITIVITIES = ['DATA_STORE', 'SECRET', 'ENCRYPTION_KEY', 'CROWN_JEWEL'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

/** A service or action that an identity used. */
export interface Usage {
  /** `s3`, or `s3:GetObject`. */
  readonly action: string
  /** ISO 8601; null: never within the tracking period. */
  readonly lastUsed: string | null
}

/** A reason with the words for it. */
export interface SpokenReason extends Reason {
  readonly message: string
}

export interface AccessDecision {
  readonly effect: Effect
  readonly because: readonly SpokenReason[]
  readonly conditions: readonly string[]
  readonly expression?: Expression
  readonly parts?: readonly DecisionPart[]
  readonly findings?: readonly { readonly policy: string; readonly place: string; readonly message: string }[]
  readonly caveats: readonly Caveat[]
  readonly evidence: readonly EvidenceStep[]
}

/** One page. Cursors are opaque; `totalCount` is exact and counts all pages. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly caveats: readonly Caveat[]
}

/** @param first 1 to 500, default 50 @param after a cursor of the same question on the same snapshot */
export interface PageRequest {
  readonly first?: number
  readonly after?: string
}

export interface WhoCanReachQuestion extends PageRequest {
  readonly target: string
  /** Actions (wildcards allowed); with neither actions nor levels, all that apply to the target's type. */
  readonly actions?: readonly string[]
  readonly levels?: readonly AccessLevel[]
  readonly certainty?: readonly Certainty[]
  readonly via?: readonly ReachVia[]
  /** Account of a target whose id names none (an S3 bucket). */
  readonly account?: string
}

export interface EffectivePermissionsQuestion extends PageRequest {
  readonly principal: string
  readonly target?: string
  readonly levels?: readonly AccessLevel[]
}

export interface CheckAccessQuestion {
  readonly principal: string
  readonly action: string
  readonly target: string
  readonly context?: readonly { readonly key: string; readonly values: readonly string[] }[]
  readonly account?: string
}

export interface SearchQuestion extends PageRequest {
  readonly text: string
  readonly kinds?: readonly string[]
}

/** What an ingest did. */
export interface IngestReport {
  /** Null where nothing was loaded and so nothing was published. */
  readonly snapshot: string | null
  readonly entities: number
  readonly edges: number
  readonly coverage: readonly string[]
  readonly carriedOver: readonly string[]
  readonly findings: readonly FindingFact[]
  readonly refused: number
  readonly removedSnapshots: readonly string[]
}
