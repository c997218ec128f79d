import { expect, test } from 'vitest'
import { factsOf, folderOf, read, type Read } from '../reading.ts'
import {
  ADA,
  ada,
  ADMINS,
  APP,
  applications,
  APP_ID,
  APP_SP,
  GLOBAL_ADMINISTRATOR,
  globalAdministrator,
  GRAPH_SP,
  groups,
  GUEST,
} from './directory.ts'
import { member, NESTED, page, placed, READ_ALL, servicePrincipals, TENANT, users } from './directory.ts'

const capitals = (row: object): object => ({
  ...row,
  id: (row as { id: string }).id.toUpperCase(),
  tenantId: TENANT.toUpperCase(),
  tenantName: 'ACME',
})
const hound = (rows: readonly object[]): object => ({ data: rows, meta: { type: 'azure', version: 5, count: rows.length } })
const kind = (name: string, data: object): object => ({ kind: name, data })
const assignment = { id: 'RA-1', principalId: ADMINS, roleDefinitionId: GLOBAL_ADMINISTRATOR, directoryScopeId: '/' }
const given = { id: 'ARA-1', principalId: APP_SP, principalType: 'ServicePrincipal', resourceId: GRAPH_SP, appRoleId: READ_ALL }

const rows = [
  kind('AZDevice', { id: 'D', tenantId: TENANT }),
  ...users.map((user) => kind('AZUser', capitals(user))),
  ...groups.map((group) => kind('AZGroup', capitals(group))),
  ...servicePrincipals.map((each) => kind('AZServicePrincipal', capitals(each))),
  ...applications.map((each) => kind('AZApp', capitals(each))),
  kind('AZRole', capitals(globalAdministrator)),
  kind('AZGroupMember', { members: [{ member: member('user', ADA.toUpperCase()), groupId: ADMINS.toUpperCase() }], groupId: ADMINS.toUpperCase() }),
  kind('AZGroupMember', { members: null, groupId: NESTED }),
  kind('AZGroupOwner', { owners: [{ owner: member('user', GUEST), groupId: ADMINS }], groupId: ADMINS }),
  kind('AZAppOwner', { owners: [{ owner: member('user', ADA), appId: APP.toUpperCase() }], appId: APP_ID.toUpperCase() }),
  kind('AZRoleAssignment', { roleAssignments: [assignment], roleDefinitionId: GLOBAL_ADMINISTRATOR, tenantId: TENANT }),
  kind('AZRoleAssignment', { roleAssignments: null, roleDefinitionId: READ_ALL, tenantId: TENANT }),
  kind('AZAppRoleAssignment', { ...given, appId: APP_ID, tenantId: TENANT }),
]

const collected = async (): Promise<Read> => read(await folderOf({ 'hound.json': hound(rows) }))

/** Without what AzureHound adds to each row, and what a page of Graph adds to the whole. */
const arrowsOf = ({ arrows }: Read): readonly string[] => [...new Set(arrows)].sort()

test('says the same as Graph', async () => {
  const graph = await read(
    await folderOf({
      [placed('users')]: page(users),
      [placed('groups')]: page(groups),
      [placed('service-principals')]: page(servicePrincipals),
      [placed('applications')]: page(applications),
      [placed('role-definitions')]: page([globalAdministrator]),
      [placed('group-members', ADMINS)]: page([member('user', ADA)]),
      [placed('group-members', NESTED)]: page([]),
      [placed('group-owners', ADMINS)]: page([member('user', GUEST)]),
      [placed('application-owners', APP)]: page([member('user', ADA)]),
      [placed('role-assignments')]: page([assignment]),
      [placed('app-role-assignments')]: page([given]),
    }),
  )
  const hounded = await collected()
  expect(arrowsOf(hounded)).toEqual(arrowsOf(graph))
  const statements = ({ entities }: Read): readonly string[] =>
    [...new Set(entities.map((entity) => JSON.stringify([entity.id, entity.kind, entity.name, entity.properties, entity.coverage])))].sort()
  expect(statements(hounded)).toEqual(statements(graph))
  expect(hounded.coverages.map(({ id, complete }) => [id, complete]).sort()).toEqual(graph.coverages.map(({ id, complete }) => [id, complete]).sort())
})

test('knows whose owners an application has, by the client id outside or the object id inside', async () => {
  const empty = kind('AZAppOwner', { owners: null, appId: APP_ID })
  const { entities } = await read(await folderOf({ 'hound.json': hound([...applications.map((each) => kind('AZApp', capitals(each))), empty]) }))
  expect(entities.some(({ id, properties }) => id === APP && properties.ownersListed === true)).toBe(true)
  expect((await collected()).arrows).toContain(`${ADA} OWNS ${APP}`)
})

test('rows on lines say the same as in one collection', async () => {
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  const facts = (reading: Read): readonly string[] => factsOf(reading).map((fact) => fact.replaceAll(/"file":"[^"]*"/g, ''))
  expect(facts(await read(await folderOf({ 'hound.ndjson': lines })))).toEqual(facts(await collected()))
})

test('a collection that breaks off is not complete', async () => {
  const text = JSON.stringify(hound([kind('AZUser', capitals(ada))]))
  const { coverages, entity } = await read(await folderOf({ 'hound.json': text.slice(0, text.indexOf('"meta"')) }))
  expect(coverages).toMatchObject([{ id: `entra:users:${TENANT}`, complete: false }])
  expect(entity(ADA)).toBeDefined()
})

test('a collection of a directory and of its subscriptions is read by both who know of them', async () => {
  const subscription = '33333333-3333-3333-3333-333333333333'
  const both = [
    kind('AZSubscription', {
      id: `/subscriptions/${subscription}`,
      subscriptionId: subscription,
      displayName: 'S',
      state: 'Enabled',
      tenantId: TENANT,
    }),
    kind('AZUser', capitals(ada)),
    kind('AZTenant', { id: `/tenants/${TENANT}`, tenantId: TENANT, displayName: 'Acme', domains: ['acme.example'], collected: true }),
  ]
  const { entities, findings } = await read(await folderOf({ 'hound.json': hound(both) }))
  expect(entities.map(({ id }) => id)).toEqual(expect.arrayContaining([`/subscriptions/${subscription}`, ADA]))
  expect(entities.some(({ id, name }) => id === TENANT && name === 'Acme')).toBe(true)
  expect(findings.filter(({ code }) => code === 'NOT_RECOGNISED')).toEqual([])
})
