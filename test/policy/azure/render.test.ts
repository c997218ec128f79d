import { describe, expect, it } from 'vitest'
import { renderCondition, renderReason } from '../../../src/policy/azure/index.ts'
import { ACCOUNT, ALICE, ask, assign, BLOBS_READ, GROUP, MACHINE, role, SUBSCRIPTION, VAULT, type AzureQuestion } from './ask.ts'

const data = role({ dataActions: ['*'], actions: ['*'] })
const NAME = '@Request[x:name]'

function words(question: Partial<AzureQuestion>): readonly string[] {
  const { conditions } = ask({ action: BLOBS_READ, target: ACCOUNT, roles: [data], assignments: [assign(data, GROUP)], ...question })
  return conditions === undefined ? [] : renderCondition(conditions)
}

function wordsIf(condition: string): readonly string[] {
  return words({ assignments: [assign(data, GROUP, { condition })] })
}

describe('conditions in words', () => {
  it.each([
    [`${NAME} StringEquals 'a'`, [`${NAME} is a (StringEquals)`]],
    [`NOT (${NAME} StringEquals 'a')`, [`${NAME} is not a, or is absent (not StringEquals)`]],
    [`${NAME} StringNotEquals 'a'`, [`${NAME} is not a (StringNotEquals)`]],
    [`${NAME} StringLike 'a*' AND Exists @Request[y]`, [`${NAME} is like a* (StringLike)`, '@Request[y] is present']],
    [`${NAME} StringLike 'a*' OR NOT Exists @Request[y]`, [`${NAME} is like a* (StringLike) or @Request[y] is absent`]],
    ["@Request[x:n] ForAllOfAnyValues:StringEquals {'a', 'b'}", ['every value of @Request[x:n] is a or b (ForAllOfAnyValues:StringEquals)']],
    [
      "@Request[x:n] ForAnyOfAllValues:StringNotEquals {'a', 'b'}",
      ['some value of @Request[x:n] is not a and b (ForAnyOfAllValues:StringNotEquals)'],
    ],
    ['@Request[x:n] NumericGreaterThan 5', ['@Request[x:n] is greater than 5 (NumericGreaterThan)']],
    ["@Environment[UtcNow] DateTimeLessThan '2027-01-01'", ['@Environment[UtcNow] is before 2027-01-01 (DateTimeLessThan)']],
    ["SubOperationMatches{'Blob.List'}", ['the suboperation is Blob.List']],
    ['not parsable', [`the condition of ${GROUP}/providers/Microsoft.Authorization/roleAssignments/of-${data.name}, which can’t be read, holds`]],
  ])('%s', (condition, expected) => {
    expect(wordsIf(condition)).toEqual(expected)
  })

  it.each<[Partial<AzureQuestion>, string]>([
    [{ roles: [] }, `role ${data.name}, whose definition was not loaded, grants it`],
    [{ principal: { isInDirectory: false } }, `principal ${ALICE}, which no directory export has, exists`],
    [{ assignments: [assign(data, GROUP, { endDateTime: '2027-01-01T00:00:00Z' })] }, 'the time is until 2027-01-01T00:00:00.000Z'],
    [
      { assignments: [assign(data, '/providers/Microsoft.Management/managementGroups/m')], ancestors: null },
      `${ACCOUNT.toLowerCase()} lies in /providers/microsoft.management/managementgroups/m; the tree of management groups was not loaded`,
    ],
    [
      { assignments: [assign(data, GROUP, { principalId: 'g', principalType: 'Group' })], principal: { uncertainGroups: ['g'] } },
      `${ALICE} is a member of group g, whose members were not loaded`,
    ],
    [{ denies: [{ id: 'd', scope: SUBSCRIPTION }] }, 'deny assignment d, which can’t be read, does not deny it'],
    [
      { action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', target: VAULT },
      `${VAULT.toLowerCase()} uses Azure RBAC for its data or an access policy of ${VAULT.toLowerCase()} (not loaded) grants it`,
    ],
  ])('%j', (question, expected) => {
    expect(words(question)).toEqual([expected])
  })
})

describe('reasons in words', () => {
  it('say what decided and what would have to change', () => {
    const locks = [{ id: 'lock-1', level: 'ReadOnly', scope: GROUP }]
    const { because } = ask({ action: 'Microsoft.Compute/virtualMachines/start/action', target: MACHINE, locks })
    expect(because.map(renderReason)).toEqual([
      'The lock lock-1 lets nothing but reads pass. Remove the lock, with Microsoft.Authorization/locks/delete.',
      'No role assignment of the principal or its groups grants it here. Assign a role with this action, here or above.',
    ])
  })
})
