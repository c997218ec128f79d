import type { Provider } from '../domain/vocabulary.ts'
import type { AccessLevel, Certainty, ReachVia } from '../domain/vocabulary.ts'
import type { Estate } from '../estate/estate.ts'
import type {
  AccessDecision,
  Caveat,
  CheckAccessQuestion,
  EffectivePermissionsQuestion,
  Entity,
  EvidenceStep,
  Exposure,
  Plane,
  WhoCanReachQuestion,
} from './answers.ts'

/**
 * One provider's answers to the questions that all have in common. The operations choose the engine, filter, sort and cut pages; what an id means,
 * who is decided how, and what the proof looks like, is the engine's.
 */
export interface Engine {
  /** Whose entities it answers about. */
  readonly providers: readonly Provider[]
  /** Whether a text that the snapshot does not have is by its form a target of this provider. */
  isTarget(text: string): boolean
  isPrincipal(text: string): boolean
  /** @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME, BAD_USAGE */
  checkAccess(estate: Estate, question: CheckAccessQuestion): AccessDecision
  /** Rows of every way that is asked for, and perhaps others. @throws BAD_ID, AMBIGUOUS_NAME, BAD_USAGE */
  whoCanReach(estate: Estate, question: WhoCanReachQuestion): ReachAnswer
  /** @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME */
  effectivePermissions(estate: Estate, question: EffectivePermissionsQuestion): PermissionAnswer
  /** Null where it is not decided. */
  exposureOf(estate: Estate, resource: Entity): Exposure | null
}

/** What is made only for the rows that are shown. */
export interface Proof {
  readonly conditions: readonly string[]
  readonly evidence: readonly EvidenceStep[]
}

export interface ReachAnswer {
  readonly target: Entity
  readonly rows: readonly ReachRow[]
  readonly caveats: readonly Caveat[]
}

/** One answer: a principal, a way, a certainty, and every action that it holds for. */
export interface ReachRow {
  readonly principal: Entity
  readonly via: ReachVia
  readonly certainty: Certainty
  readonly actions: readonly string[]
  levels(): readonly AccessLevel[]
  prove(): Proof
}

export interface PermissionAnswer {
  readonly rows: readonly PermissionRow[]
  readonly caveats: readonly Caveat[]
}

/** One thing that a principal can do. */
export interface PermissionRow {
  /** Unique and stable within the answer. */
  readonly key: string
  readonly target: Entity
  readonly via: ReachVia
  readonly certainty: Certainty
  readonly plane: Plane | null
  readonly actions: readonly string[]
  levelsOf(actions: readonly string[]): readonly AccessLevel[]
  /** The actions of these levels alone; none where it has none. */
  ofLevels(levels: ReadonlySet<AccessLevel>): readonly string[]
  prove(): Proof
}
