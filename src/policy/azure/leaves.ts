import type { ConditionLeaf, Layer } from '../../domain/decision.ts'
import { mapLeaves, type Formula } from '../formula/formula.ts'
import type { Attribute, Comparison } from './condition/syntax.ts'

/** Something not known: how it is shown, and what it means. */
export interface AzureLeaf {
  readonly shown: ShownLeaf
  readonly meaning: LeafMeaning
}

/** A ConditionLeaf of which it is perhaps not noted yet who asks. */
export type ShownLeaf = Omit<ConditionLeaf, 'layer'> & Partial<Pick<ConditionLeaf, 'layer'>>

export type LeafMeaning =
  | { readonly kind: 'EXISTS'; readonly key: string }
  | UnknownComparison
  /** A fact of its own; facts of one id are one. */
  | { readonly kind: 'FACT'; readonly id: string }

/** A comparison of which at least one side is not known. */
export interface UnknownComparison {
  readonly kind: 'COMPARE'
  readonly comparison: Comparison
  /** Keys known to have a value. */
  readonly present: readonly string[]
  /** The values of a side, where they are known. */
  readonly left?: readonly string[]
  readonly right?: readonly string[]
}

export type AzureFormula = Formula<AzureLeaf>

/** Facts that no attribute holds, which an answer may depend on. */
export type FactName =
  | 'PrincipalNotLoaded'
  | 'GroupMembership'
  | 'ManagementGroupHierarchy'
  | 'RoleNotLoaded'
  | 'RoleUnreadable'
  | 'DenyUnreadable'
  | 'ConditionUnreadable'
  | 'WindowOpen'
  | 'SeveralValues'
  | 'SubOperation'
  | 'KeyVaultUsesRbac'
  | 'AccessPolicyGrants'
  | 'AccessPolicyCovers'
  | 'ThroughApplication'
  | 'DataAction'
  | 'ManagedIdentityTarget'

export function factLeaf(name: FactName, key: string, values: readonly string[] = []): AzureFormula {
  const shown = { operator: name, key, values }
  return { op: 'LEAF', leaf: { shown, meaning: { kind: 'FACT', id: [name, key, ...values].join('\u0001') } } }
}

export function existsLeaf(attribute: Attribute): AzureFormula {
  return { op: 'LEAF', leaf: { shown: { operator: 'Exists', key: attribute.text, values: [] }, meaning: { kind: 'EXISTS', key: attribute.key } } }
}

/** Notes in every leaf which document asks. */
export function askedBy(formula: AzureFormula, layer: Layer, policy: string): AzureFormula {
  return typeof formula === 'boolean' ? formula : mapLeaves(formula, (leaf) => ({ ...leaf, shown: { ...leaf.shown, layer, policy } }))
}
