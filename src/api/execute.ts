import type { DocumentNode, GraphQLSchema } from 'graphql'
import { execute, parse, validate } from 'graphql'
import type { ApiContext } from './context.ts'
import type { SpokenError } from './errors.ts'
import { spokenError } from './errors.ts'
import { apiSchema } from './schema.ts'

/** The response to a GraphQL request, over HTTP or in process. */
export interface ApiResponse {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined
  readonly errors?: readonly SpokenError[]
}

export type ExecuteApi = (query: string, variables: Readonly<Record<string, unknown>>, context: ApiContext) => Promise<ApiResponse>

/** Executes GraphQL in process, without limits and without a server. Documents are parsed once. */
export function inProcessApi(): ExecuteApi {
  const schema = apiSchema()
  const documents = new Map<string, DocumentNode>()
  return async (query, variables, context) => {
    const document = documents.get(query) ?? validDocument(schema, query)
    documents.set(query, document)
    const { data, errors } = await execute({ schema, document, variableValues: variables, contextValue: context })
    // Values are as JSON would carry them: resolvers' objects become plain ones, as they do over HTTP.
    return { data: data ?? null, ...(errors && { errors: errors.map(spokenError) }) }
  }
}

function validDocument(schema: GraphQLSchema, query: string): DocumentNode {
  const document = parse(query)
  const [fault] = validate(schema, document)
  if (fault !== undefined) throw fault
  return document
}
