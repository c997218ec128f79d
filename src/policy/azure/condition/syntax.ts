/**
 * The syntax tree of a condition.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export type Condition =
  | { readonly op: 'AND' | 'OR'; readonly parts: readonly Condition[] }
  | { readonly op: 'NOT'; readonly part: Condition }
  | { readonly op: 'ACTION'; readonly pattern: string; readonly matches: (lowerCasedAction: string) => boolean }
  | { readonly op: 'SUBOPERATION'; readonly name: string }
  | { readonly op: 'EXISTS'; readonly attribute: Attribute }
  | Comparison

export interface Comparison {
  readonly op: 'COMPARE'
  readonly left: Attribute
  readonly operator: Operator
  readonly right: Attribute | Values
}

/** `@Resource[Microsoft.Storage/storageAccounts:name]`. */
export interface Attribute {
  readonly kind: 'ATTRIBUTE'
  /** As `attributeKey` spells it. */
  readonly key: string
  /** As written. */
  readonly text: string
}

export interface Values {
  readonly kind: 'VALUES'
  readonly values: readonly string[]
}

export type Quantifier = 'ANY' | 'ALL'

export interface Operator {
  /** As Azure spells it: `ForAnyOfAnyValues:StringEquals`. */
  readonly name: string
  /** Of values on the left and on the right; absent without cross product. */
  readonly left?: Quantifier
  readonly right?: Quantifier
  /** The operator without negation. */
  readonly base: BaseOperator
  readonly isNegated: boolean
}

export type BaseOperator =
  | 'BoolEquals'
  | 'StringEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringStartsWith'
  | 'StringStartsWithIgnoreCase'
  | 'StringLike'
  | 'StringLikeIgnoreCase'
  | 'NumericEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateTimeEquals'
  | 'DateTimeLessThan'
  | 'DateTimeLessThanEquals'
  | 'DateTimeGreaterThan'
  | 'DateTimeGreaterThanEquals'
  | 'GuidEquals'
