/** Three-valued decisions, for every provider. */

export type Effect = 'ALLOW' | 'DENY' | 'CONDITIONAL'

/** Layers of AWS, of Azure, of Entra ID; other providers add theirs. */
export const LAYERS = [
  'IDENTITY',
  'BOUNDARY',
  'SESSION',
  'RESOURCE',
  'SCP',
  'RCP',
  'ENDPOINT',
  'SERVICE',
  'ROLE_ASSIGNMENT',
  'DENY_ASSIGNMENT',
  'LOCK',
  'ACCESS_POLICY',
  'DELEGATION',
  'CLASSIC_ADMINISTRATOR',
  'DIRECTORY_ROLE',
  'APP_PERMISSION',
] as const
export type Layer = (typeof LAYERS)[number]

export type ReasonKind = 'ALLOW' | 'EXPLICIT_DENY' | 'MISSING_ALLOW'

/** One cause of a decision. Every layer that alone denies is named. Text for people is rendered from it, late. */
export interface Reason {
  readonly layer: Layer
  readonly kind: ReasonKind
  /** Id of the policy (ARN, or `{principal ARN}#{inline name}`); absent for a whole layer that allows nothing. */
  readonly policy?: string
  /** Sid of the statement, else its place as `Statement[2]`. */
  readonly statement?: string
  /** Level of an SCP or RCP, counted from the root, 0-based. */
  readonly level?: number
  /** A row of REASON_CODES in the provider's evaluator: the rule, stated for people elsewhere. */
  readonly code: string
}

/** What remains to be known. Leaves name the statement that asks. */
export type Expression =
  | { readonly and: readonly Expression[] }
  | { readonly or: readonly Expression[] }
  | { readonly not: Expression }
  | ConditionLeaf

export interface ConditionLeaf {
  /** Operator as written (`StringLikeIfExists`), or a named fact (`SessionName`, `BrokenPolicy`) that no context key holds. */
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly layer: Layer
  readonly policy?: string
  readonly statement?: string
}

/** The answer for one part of a question that names a pattern. */
export interface DecisionPart {
  readonly resource: string
  readonly action: string
  readonly effect: Effect
}

export interface Decision {
  readonly effect: Effect
  readonly because: readonly Reason[]
  /** Present exactly when the effect is CONDITIONAL and the reason is something not known. */
  readonly conditions?: Expression
  /** Present exactly when the question named a pattern whose parts differ. */
  readonly parts?: readonly DecisionPart[]
}
