import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSnapshotDraft } from '../../src/operations/ingest.ts'

const SUBSCRIPTION = '/subscriptions/11111111-2222-4333-8444-555555555555'
const assignment = (number: number, condition: string): object => ({
  id: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-00000000000${number}`,
  name: `00000000-0000-4000-8000-00000000000${number}`,
  type: 'Microsoft.Authorization/roleAssignments',
  principalId: '99999999-2222-4333-8444-555555555555',
  principalType: 'User',
  roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
  scope: SUBSCRIPTION,
  condition,
  conditionVersion: '2.0',
})
const GUIDS = '{8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9}'
const request = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]'

it('a condition that cannot be parsed, or cannot mean what it says, is named with its file and place, and the others are loaded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'permiscope-conditions-'))
  const rows = [
    assignment(1, `${request} ForAnyOfAnyValues:GuidEquals ${GUIDS}`),
    assignment(2, `${request} ForAnyOfAnyValues:GuidEquals {`),
    assignment(3, `${request} ForAnyOfAnyValues:GuidNotEquals ${GUIDS}`),
  ]
  writeFileSync(join(folder, 'assignments.json'), JSON.stringify(rows))
  const { findings, entities } = await readSnapshotDraft([folder])
  rmSync(folder, { recursive: true })
  expect([...entities].filter(({ kind }) => kind === 'AzureRoleAssignment')).toHaveLength(3)
  const conditions = findings.filter(({ code }) => code.startsWith('POLICY_'))
  expect(conditions.map(({ code, severity, place }) => [code, severity, place])).toEqual([
    ['POLICY_INVALID', 'refused', expect.stringMatching(/^\[1\].*condition, character \d+$/)],
    ['POLICY_MISTAKEN', 'warning', expect.stringMatching(/^\[2\].*condition/)],
  ])
})
