import { describe, expect, it } from 'vitest'
import { createAzureCompiler } from '../../../src/policy/azure/index.ts'
import { builtInRoles } from './built-in-roles.ts'

const compiler = createAzureCompiler()
const NAME = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]'

function faultsOf(text: string): readonly { readonly place: string; readonly message: string }[] {
  return compiler.condition(text).faults
}

describe('the grammar of conditions', () => {
  it.each([
    "ActionMatches{'a/b'}",
    "actionmatches {'a/*'}",
    "!(ActionMatches{'a'} AND SubOperationMatches{'Blob.List'})",
    "NOT ActionMatches{'a'}",
    `NOT Exists ${NAME}`,
    `Exists ${NAME} && ${NAME} StringEquals 'x'`,
    `(${NAME} StringEquals 'x' || ${NAME} StringEquals 'y') && Exists ${NAME}`,
    `${NAME} StringEquals 'a' AND ${NAME} StringEquals 'b' AND ${NAME} StringEquals 'c'`,
    `${NAME} ForAnyOfAnyValues:StringEquals {'a', 'b'}`,
    `${NAME}StringEquals'it\\'s'`,
    "@Environment[UtcNow] DateTimeGreaterThan '2023-05-01T13:00:00.0Z'",
    '@Environment[isPrivateLink] BoolEquals true',
    "@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'Blob.List'}",
    '@Resource[x:y] NumericLessThan -5',
    '@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:A_b] StringEquals @Resource[x/tags:Project<$key_case_sensitive$>]',
    "@Request[x/tags&$keys$&] ForAllOfAnyValues:StringEquals {'Project', 'Program'}",
    '@Resource[HasObotoken] boolequals true',
  ])('takes %s', (text) => {
    expect(faultsOf(text)).toEqual([])
  })

  it.each([
    ['', 1, 'the text ends'],
    [`${NAME} StringEquals`, 87, 'A value is expected'],
    [`${NAME} StringsEqual 'x'`, 75, 'A comparison operator'],
    [`${NAME} ForAnyOfSomeValues:StringEquals {'x'}`, 75, 'A comparison operator'],
    [`${NAME} StringEquals {'a', 'b'}`, 75, 'compares one value'],
    [`${NAME} StringEquals 'x`, 88, 'no closing quote'],
    ["ActionMatches{'a'} AND ActionMatches{'b'} OR ActionMatches{'c'}", 43, 'parentheses'],
    ["(ActionMatches{'a'}", 20, '“)”'],
    ["ActionMatches{'a'})", 19, 'AND, OR or the end'],
    ['ActionMatches{}', 15, 'A value'],
    ["@Resource[x StringEquals 'a'", 1, '@Source[name]'],
    ["@Else[x] StringEquals 'a'", 1, 'no source'],
    ["'a' StringEquals 'b'", 1, 'An attribute, a function'],
    ["@Resource[x] StringEquals 'a' ; drop", 31, 'not expected'],
  ])('refuses %s and says where', (text, character, message) => {
    const [fault] = faultsOf(text)
    expect(fault?.place).toBe(`condition, character ${character}`)
    expect(fault?.message).toContain(message)
  })

  it('refuses thousands of parentheses instead of running out of stack', () => {
    expect(faultsOf('('.repeat(5000))).toMatchObject([{ place: 'condition, character 201', message: 'Parentheses are nested too deep.' }])
  })

  it.skipIf(builtInRoles.length === 0)('takes the conditions of all built-in roles', () => {
    const texts = builtInRoles.flatMap((role) => role.permissions.flatMap((block) => block.condition ?? []))
    expect(texts).toHaveLength(31)
    expect(texts.flatMap((text) => faultsOf(text).map((fault) => `${text}: ${fault.place} ${fault.message}`))).toEqual([])
  })

  it('C6: ‘all roles but’ with the wrong cross product is always true, and a finding', () => {
    const wrong =
      '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9}'
    expect(compiler.condition(wrong).faults).toMatchObject([{ severity: 'mistake' }])
    expect(compiler.condition(wrong.replace('OfAnyValues', 'OfAllValues')).faults).toEqual([])
    expect(compiler.condition(wrong.replace(', 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', '')).faults).toEqual([])
  })
})
