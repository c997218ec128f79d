import { readFileSync } from 'node:fs'
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import { buildSchema, isInterfaceType, isObjectType } from 'graphql'
import type { ApiContext } from './context.ts'
import * as resolvers from './resolvers/index.ts'
import type { Resolvers } from './schema.generated.ts'

/** Scalars need no resolver: JSON and DateTime values pass as they are. */
const resolversByType: Omit<Resolvers, 'JSON' | 'DateTime'> = resolvers

/** `schema.graphql` with its resolvers. */
export function apiSchema(): GraphQLSchema {
  const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'), { assumeValid: true })
  for (const [name, of] of Object.entries(resolversByType)) attach(schema, name, of)
  return schema
}

function attach(schema: GraphQLSchema, name: string, of: object): void {
  const type = schema.getType(name)
  if (isInterfaceType(type) && '__resolveType' in of) {
    type.resolveType = of.__resolveType as (value: unknown) => string
    return
  }
  if (!isObjectType(type)) throw new Error(`resolvers for ${name}, which schema.graphql does not declare`)
  const declared = type.getFields()
  for (const [fieldName, resolve] of Object.entries(of)) {
    const field = declared[fieldName]
    if (field !== undefined) field.resolve = resolve as GraphQLFieldResolver<unknown, ApiContext>
  }
}
