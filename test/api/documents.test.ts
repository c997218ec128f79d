import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_QUERY } from '../../src/api/graphiql-example.ts'
import { apiSchema } from '../../src/api/schema.ts'
import * as documents from '../../src/cli/documents.ts'

const { SHOW, ...others } = documents
const schema = apiSchema()

describe('the GraphQL that the command line and GraphiQL ask', () => {
  it.each(Object.entries({ ...others, ...SHOW, EXAMPLE_QUERY }))('fits the schema: %s', (_, document) => {
    expect(validate(schema, parse(document))).toEqual([])
  })
})
