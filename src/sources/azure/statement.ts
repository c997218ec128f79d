import type { EntityFact, Origin, Properties } from '../../domain/facts.ts'

/**
 * What a row says of a grant, a role or a guardrail. Rows about the same thing come from several listings and in several shapes: what they say alike is
 * one statement.
 */
export interface Statement {
  readonly entity: Omit<EntityFact, 'record' | 'coverage'>
  /** What it comes to, whatever the row looks like: equal where two rows say the same. */
  readonly sense: string
  readonly at: Origin
  /** Object id of who holds a grant. */
  readonly holder?: NamedPrincipal
  /** Id of the role that a grant gives. */
  readonly gives?: NamedRole
  /** Where a grant holds, or what a guardrail limits: an ARM id as printed. */
  readonly where?: string
}

/** Somebody whom only the directory describes. */
export interface NamedPrincipal {
  readonly id: string
  readonly kind: string
  readonly name?: string | undefined
  readonly aliases?: readonly string[]
  readonly properties?: Properties
  /** The directory that it is of, where that is told. */
  readonly tenant?: string | undefined
  /** Azure itself says that the directory has it no more. */
  readonly isGone?: boolean
}

export interface NamedRole {
  readonly id: string
  readonly name?: string | undefined
}

/** A statement with all the listings that make it. */
export interface Held {
  statement: Statement
  readonly coverages: Set<string>
}

/** The fuller of two rows that say the same: which file comes first must not matter. */
export function fuller(one: Statement, other: Statement): Statement {
  const [first, second] = [rank(one), rank(other)]
  return first >= second ? one : other
}

function rank({ entity: { id, name, properties, document } }: Statement): string {
  const length = String(document?.length ?? 0).padStart(9, '0')
  return [name === id ? 0 : 1, properties.updatedAt ?? '', length, document ?? '', JSON.stringify(properties)].join('\n')
}

export const before = (one: Origin, other: Origin): boolean => (one.file === other.file ? one.place < other.place : one.file < other.file)
