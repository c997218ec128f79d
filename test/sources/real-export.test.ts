import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { read } from './reading.ts'

const shared = fileURLToPath(new URL('../../../shared/data/aws', import.meta.url))
const isThere = existsSync(shared)
if (!isThere) console.warn('The real export is not read: ../shared/data/aws is not there.')

const countBy = (items: readonly { readonly kind: string }[]): Record<string, number> =>
  Object.fromEntries([...new Set(items.map(({ kind }) => kind))].sort().map((kind) => [kind, items.filter((item) => item.kind === kind).length]))

describe.skipIf(!isThere)('the real export', () => {
  test('is read whole: every row, every attachment, both accounts', async () => {
    const { entities, edges, coverages, findings } = await read(`${shared}/account-authorization-details.json`)
    expect(findings).toEqual([])
    expect(coverages.map(({ id, complete }) => `${id} ${complete}`).sort()).toEqual(['aws:iam:012345678901 true', 'aws:iam:200611803367 true'])
    expect(countBy(entities.filter(({ coverage }) => coverage.length > 0))).toMatchObject({
      AwsUser: 44,
      AwsGroup: 5,
      AwsRole: 78,
      AwsManagedPolicy: 84,
      AwsRootUser: 2,
      AwsAccount: 2,
    })
    const ids = new Set(entities.map(({ label, id }) => `${label} ${id}`))
    expect(edges.flatMap(({ from, to }) => [from, to]).filter(({ label, id }) => !ids.has(`${label} ${id}`))).toEqual([])
  })

  test('trusts a session of Identity Center as the role behind it, path and all', async () => {
    const { arrows } = await read(`${shared}/account-authorization-details.json`)
    const role = 'arn:aws:iam::200611803367:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_dc6414f7f2ab04fc'
    expect(arrows.filter((arrow) => arrow.startsWith(`${role} HOLDS `) && arrow.includes('#trust/')).length).toBe(40)
  })

  test('the small dumps, resource policies and trees beside it are all recognised', async () => {
    const { findings, entities } = await read(`${shared}/iam-evaluation/files`)
    expect(findings).toEqual([])
    expect(new Set(entities.filter(({ label }) => label === 'Guardrail').map(({ kind }) => kind))).toEqual(
      new Set(['PermissionsBoundary', 'ServiceControlPolicy']),
    )
  })
})
