import { readdirSync } from 'node:fs'
import { isInterfaceType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { apiSchema } from '../../src/api/schema.ts'
import * as resolvers from '../../src/api/resolvers/index.ts'
import { LABELS } from '../../src/domain/vocabulary.ts'

const declared = Object.values(apiSchema().getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && (isObjectType(type) || isInterfaceType(type)),
)

describe('schema.graphql', () => {
  it('has one file of resolvers for each type, and each is listed', () => {
    const files = readdirSync(new URL('../../src/api/resolvers', import.meta.url)).filter((file) => /^[A-Z]/.test(file))
    expect(files.map((file) => file.replace('.ts', '')).sort()).toEqual(declared.map(({ name }) => name).sort())
    expect(Object.keys(resolvers).sort()).toEqual(declared.map(({ name }) => name).sort())
  })

  it('has a resolver for each field of each type', () => {
    const missing = declared.filter(isObjectType).flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => field.resolve === undefined)
        .map((field) => `${type.name}.${field.name}`),
    )
    expect(missing).toEqual([])
  })

  it('has a type for each label, which implements Entity', () => {
    const entity = apiSchema().getType('Entity')
    expect(
      isInterfaceType(entity) &&
        apiSchema()
          .getPossibleTypes(entity)
          .map(({ name }) => name)
          .sort(),
    ).toEqual([...LABELS].sort())
  })

  it('has the names of the contract', () => {
    const query = apiSchema().getQueryType()?.getFields() ?? {}
    const signature = (name: string) =>
      `${query[name]?.args.map((arg) => `${arg.name}: ${String(arg.type)}`).join(', ')} → ${String(query[name]?.type)}`
    expect(signature('whoCanReach')).toBe(
      'target: ID!, actions: [String!], levels: [AccessLevel!], certainty: [Certainty!], via: [ReachVia!], account: ID, first: Int, after: String → ReachConnection!',
    )
    expect(signature('effectivePermissions')).toBe(
      'principal: ID!, target: ID, levels: [AccessLevel!], first: Int, after: String → EffectivePermissionConnection!',
    )
    expect(signature('checkAccess')).toBe('principal: ID!, action: String!, target: ID!, context: [ContextEntry!], account: ID → AccessDecision!')
    expect(signature('simulate')).toBe('document: JSON! → AccessDecision!')
    expect(signature('search')).toBe('text: String!, kinds: [String!], first: Int, after: String → EntityConnection!')
    for (const name of ['principal', 'resource', 'scope', 'role']) expect(signature(name)).toMatch(/^id: ID! → /)
  })
})
