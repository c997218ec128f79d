import type { DocumentNode, GraphQLOutputType, GraphQLSchema } from 'graphql'
import { getNamedType, isCompositeType, isListType, isNonNullType } from 'graphql'
import type { ComplexityEstimator } from 'graphql-query-complexity'
import { getComplexity } from 'graphql-query-complexity'
import { PermiscopeError } from '../domain/errors.ts'
import { DEFAULT_PAGE } from '../operations/paging.ts'
import { LIMITS } from './limits.ts'

/** A question is work even where it asks for one row: 500 of them fill a request. */
const QUESTION_COST = 1000
/** Fields that are questions themselves: each decides what a principal, or the public, may do at worst. */
const ASKING_FIELDS = new Set(['isPrivileged', 'privilegedBecause', 'exposure'])
/** Rows of a list whose length nobody knows beforehand: evidence, members of a group. */
const LIST_GUESS = 10

/** Every field costs 1; a connection multiplies what it holds by its page, a list by a guess. */
const fieldCost: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (type.name === 'Query') return QUESTION_COST + pageSize(field, args) * childComplexity
  if (ASKING_FIELDS.has(field.name)) return QUESTION_COST
  const multiplies =
    isList(field.type) && isCompositeType(getNamedType(field.type)) && !type.name.endsWith('Connection') && !type.name.startsWith('__')
  return 1 + (multiplies ? LIST_GUESS : 1) * childComplexity
}

function pageSize(field: { readonly args: readonly { readonly name: string }[] }, args: Readonly<Record<string, unknown>>): number {
  if (!field.args.some(({ name }) => name === 'first')) return 1
  return typeof args['first'] === 'number' ? Math.max(1, args['first']) : DEFAULT_PAGE
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

/** @throws LIMIT_EXCEEDED; GraphQLError where the variables don't fit */
export function checkQueryCost(schema: GraphQLSchema, query: DocumentNode, variables: Readonly<Record<string, unknown>>): void {
  const cost = getComplexity({ schema, query, variables: { ...variables }, estimators: [fieldCost] })
  if (cost > LIMITS.queryCost) {
    throw new PermiscopeError('LIMIT_EXCEEDED', `the query costs ${cost}, at most ${LIMITS.queryCost} is allowed: ask for fewer rows or fields`, {
      cost,
      limit: LIMITS.queryCost,
    })
  }
}
