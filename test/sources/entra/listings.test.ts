import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { factsOf, findingsOf, folderOf, read, type Read } from '../reading.ts'
import { ADA, ADMINS, APP, APP_ID, APP_SP, applications, BLOCKED, directory, GLOBAL_ADMINISTRATOR, globalAdministrator } from './directory.ts'
import { GRAPH_SP, groups, GUEST, id, IDENTITY, IDENTITY_ARM_ID, member, MICROSOFT_TENANT, NESTED, page, placed, READ_ALL } from './directory.ts'
import { servicePrincipals, TENANT, users, VENDOR_SP } from './directory.ts'

let whole: Read

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-entra-'))
  await writeDirectory(folder)
  whole = await read(folder)
  return () => rm(folder, { recursive: true, force: true })
})

async function writeDirectory(folder: string): Promise<void> {
  for (const [name, content] of Object.entries(directory)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), JSON.stringify(content))
  }
}

describe('a directory that was listed whole', () => {
  test('has a tenant with its name and domains, which contains what was listed', () => {
    expect(whole.entities).toContainEqual(
      expect.objectContaining({ kind: 'EntraTenant', id: TENANT, name: 'Acme', properties: { aliases: ['acme.example'] } }),
    )
    for (const each of [ADA, ADMINS, APP, APP_SP, GLOBAL_ADMINISTRATOR]) expect(whole.arrows).toContain(`${TENANT} CONTAINS ${each}`)
  })
  test('has no findings, and is complete in each part', () => {
    expect(whole.findings).toEqual([])
    expect(whole.coverages.filter(({ complete }) => !complete)).toEqual([])
    expect(whole.coverages.map((coverage) => coverage.id)).toContain(`entra:members:${TENANT}`)
  })
  test('gives the same facts whatever the order of its files', async () => {
    const shuffled = Object.fromEntries(
      Object.entries(directory)
        .reverse()
        .map(([name, content], index) => [`${index}/${name}`, content]),
    )
    expect(factsOf(await read(await folderOf(shuffled)))).toEqual(factsOf(whole))
  })
})

describe('users', () => {
  test('a member of the directory is a person who answers to the user principal name', () => {
    expect(whole.entity(ADA)).toMatchObject({
      kind: 'EntraUser',
      provider: 'entra',
      scope: TENANT,
      properties: { nature: 'HUMAN', aliases: ['ada@acme.example'], userType: 'Member', state: 'ENABLED' },
    })
  })
  test('a guest is from outside, and keeps its type and the state of its invitation', () => {
    expect(whole.entity(GUEST)?.properties).toMatchObject({ nature: 'EXTERNAL', userType: 'Guest', invitationState: 'Accepted' })
  })
  test.each([
    ['named as a guest', { userPrincipalName: 'x_y.example#EXT#@acme.example' }],
    ['invited and made a member', { userPrincipalName: 'x@acme.example', creationType: 'Invitation', userType: 'Member' }],
  ])('one %s is from outside whatever its type', async (_what, said) => {
    const { entity } = await read(await folderOf({ 'users.json': [{ id: ADA, ...said }] }))
    expect(entity(ADA)?.properties.nature).toBe('EXTERNAL')
  })
  test('one whose account is disabled is blocked; where nothing tells, its state is not known', async () => {
    expect(whole.entity(BLOCKED)?.properties.state).toBe('BLOCKED')
    expect(whole.entity(GUEST)?.properties).not.toHaveProperty('state')
  })
})

describe('groups', () => {
  test('can hold directory roles where they say so; null says that they can not, silence nothing', async () => {
    expect(whole.entities).toContainEqual(expect.objectContaining({ id: ADMINS, properties: expect.objectContaining({ roleAssignable: true }) }))
    expect(whole.entities).toContainEqual(expect.objectContaining({ id: NESTED, properties: expect.objectContaining({ roleAssignable: false }) }))
    const { entity } = await read(await folderOf({ 'groups.json': [{ id: ADMINS, displayName: 'A', securityEnabled: true }] }))
    expect(entity(ADMINS)?.properties).not.toHaveProperty('roleAssignable')
  })
  test('a dynamic one has its rule while that is in force', async () => {
    expect(whole.entity(NESTED)?.properties.membershipRule).toBe('user.department -eq "R&D"')
    const { entity } = await read(await folderOf({ 'g.json': [{ ...groups[1], membershipRuleProcessingState: 'Paused' }] }))
    expect(entity(NESTED)?.properties).not.toHaveProperty('membershipRule')
  })
  test('have the members that the answer in their place lists, groups among them, and no devices', () => {
    expect(whole.arrows.filter((arrow) => arrow.includes('MEMBER_OF'))).toEqual([`${ADA} MEMBER_OF ${ADMINS}`, `${NESTED} MEMBER_OF ${ADMINS}`])
    expect(whole.entity(id(99))).toBeUndefined()
  })
  test('of which all members were listed say so, an empty list included', () => {
    const listed = whole.entities.filter(({ properties }) => properties.membersListed === true).map((group) => group.id)
    expect(listed).toEqual([ADMINS, NESTED])
  })
  test('that are known by their members alone are groups all the same', async () => {
    const { entity } = await read(await folderOf({ [placed('group-members', ADMINS)]: page([]) }))
    expect(entity(ADMINS)).toMatchObject({ kind: 'EntraGroup', properties: { nature: 'GROUP', membersListed: true } })
  })
  test('are owned by their owners, who are no members', () => {
    expect(whole.arrows).toContain(`${GUEST} OWNS ${ADMINS}`)
    expect(whole.arrows).not.toContain(`${GUEST} MEMBER_OF ${ADMINS}`)
  })
  test('whose members go on after the page are not listed whole', async () => {
    const more = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/groups/x/members?$skiptoken=y' }
    const { entities, coverages, findings } = await read(
      await folderOf({ [placed('groups')]: page(groups.slice(0, 1)), [placed('group-members', ADMINS)]: page([member('user', ADA)], more) }),
    )
    expect(entities.filter(({ properties }) => properties.membersListed === true)).toEqual([])
    expect(findings.map(({ code }) => code)).toEqual(['EXPORT_TRUNCATED'])
    expect(coverages).toContainEqual(expect.objectContaining({ id: `entra:members:${TENANT}`, complete: false }))
  })
  test('are listed whole once their last page is there', async () => {
    const more = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/groups/x/members?$skiptoken=y' }
    const { entities, findings, arrows } = await read(
      await folderOf({
        [placed('groups')]: page(groups.slice(0, 1)),
        [placed('group-members', `${ADMINS}.0001`)]: page([member('user', ADA)], more),
        [placed('group-members', `${ADMINS}.0002`)]: page([member('user', BLOCKED)]),
      }),
    )
    expect(findings).toEqual([])
    expect(entities.some(({ id: of, properties }) => of === ADMINS && properties.membersListed === true)).toBe(true)
    expect(arrows).toContain(`${BLOCKED} MEMBER_OF ${ADMINS}`)
  })
  test('of which nobody asked for the members leave a gap that names them', async () => {
    const { findings, coverages } = await read(await folderOf({ [placed('groups')]: page(groups), [placed('group-members', ADMINS)]: page([]) }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: NESTED, coverage: `entra:members:${TENANT}` }])
    expect(coverages).toContainEqual(expect.objectContaining({ id: `entra:members:${TENANT}`, complete: false }))
  })
  test('of which no members were listed at all say so, and nothing that was known of members is replaced', async () => {
    const { findings, coverages } = await read(await folderOf({ [placed('groups')]: page(groups) }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining(ADMINS), coverage: `entra:groups:${TENANT}` }])
    expect(coverages.map((coverage) => coverage.id)).toEqual([`entra:groups:${TENANT}`])
  })
  test('with expanded members have them, whole where fewer than 20 are shown', async () => {
    const many = Array.from({ length: 20 }, (_, index) => member('user', id(500 + index)))
    const { entities, arrows } = await read(
      await folderOf({
        [placed('groups')]: page([
          { ...groups[0], members: [member('user', ADA)] },
          { ...groups[1], members: many },
        ]),
      }),
    )
    expect(arrows).toContain(`${ADA} MEMBER_OF ${ADMINS}`)
    expect(arrows.filter((arrow) => arrow.endsWith(`MEMBER_OF ${NESTED}`))).toHaveLength(20)
    expect(entities.filter(({ properties }) => properties.membersListed === true).map((group) => group.id)).toEqual([ADMINS])
  })
})

describe('members whom no listing of users states', () => {
  test('are stated by the members, with what is told of them', async () => {
    const { entity, arrows } = await read(
      await folderOf({ [placed('group-members', ADMINS)]: [member('user', ADA, { displayName: 'Ada', userPrincipalName: 'ada@acme.example' })] }),
    )
    expect(entity(ADA)).toMatchObject({ name: 'Ada', coverage: [`entra:members:${TENANT}`], properties: { aliases: ['ada@acme.example'] } })
    expect(arrows).toContain(`${TENANT} CONTAINS ${ADA}`)
  })
  test('of no type that is told are named, and of a kind that may be anything', async () => {
    const { entity } = await read(await folderOf({ [placed('group-members', ADMINS)]: [{ id: ADA }] }))
    expect(entity(ADA)).toMatchObject({ kind: 'DirectoryObject', coverage: [], properties: { nature: 'UNKNOWN' } })
  })
})

describe('applications and service principals', () => {
  test('of one application id are joined: the registration signs in as its service principal', () => {
    expect(whole.arrows).toContain(`${APP} CAN_AUTHENTICATE_AS ${APP_SP}`)
    expect(whole.entity(APP)?.properties).toMatchObject({ appId: APP_ID, aliases: [APP_ID] })
  })
  test('a managed identity is one, and answers to the ARM id of its resource', () => {
    expect(whole.entity(IDENTITY)).toMatchObject({ kind: 'ManagedIdentity', properties: { nature: 'WORKLOAD' } })
    expect(whole.entity(IDENTITY)?.properties.aliases).toContain(IDENTITY_ARM_ID.toLowerCase())
  })
  test('of another tenant are from outside, of Microsoft are not, of the own are neither', () => {
    expect(whole.entity(VENDOR_SP)?.properties).toMatchObject({ external: true, nature: 'EXTERNAL' })
    expect(whole.entity(GRAPH_SP)?.properties).toMatchObject({ providerManaged: true, nature: 'WORKLOAD', publisherTenant: MICROSOFT_TENANT })
    expect(whole.entity(APP_SP)?.properties).toMatchObject({ nature: 'WORKLOAD' })
    expect(whole.entity(APP_SP)?.properties).not.toHaveProperty('external')
  })
  test('state the permissions that they offer, by id and by name of scope', () => {
    expect(whole.entity(`${GRAPH_SP}/${READ_ALL}`)).toMatchObject({ label: 'Role', kind: 'AppRole', name: 'User.Read.All' })
    expect(whole.entity(`${GRAPH_SP}#User.Read`)).toMatchObject({ label: 'Role', kind: 'AppRole', name: 'User.Read' })
  })
  test('are owned, under the object id or the client id by which the owners were asked for', async () => {
    expect(whole.arrows).toContain(`${ADA} OWNS ${APP}`)
    const asked = { [placed('applications')]: page(applications), [placed('application-owners', APP_ID)]: page([member('user', ADA)]) }
    const { arrows, findings, entities } = await read(await folderOf(asked))
    expect(arrows).toContain(`${ADA} OWNS ${APP}`)
    expect(findings).toEqual([])
    expect(entities.some(({ id: of, properties }) => of === APP && properties.ownersListed === true)).toBe(true)
  })
})

describe('federated credentials', () => {
  test('are held by the subject as issuer and subject, at the application', () => {
    const subject = 'token.actions.githubusercontent.com:repo:acme/infra:ref:refs/heads/main'
    expect(whole.entity(subject)).toMatchObject({ kind: 'FederatedSubject', provider: 'federation', properties: { external: true } })
    expect(whole.arrows).toContain(`${subject} HOLDS ${APP}#main`)
    expect(whole.arrows).toContain(`${APP}#main AT ${APP}`)
  })
  test.each([
    ["claims['sub'] matches 'repo:acme/*' and claims['job_workflow_ref'] eq 'x'", 'repo:acme/*'],
    ["claims['job_workflow_ref'] matches 'acme/*'", '*'],
  ])('that match by %s let in %s', async (value, pattern) => {
    const credential = { name: 'flex', issuer: 'https://gitlab.example/', subject: null, claimsMatchingExpression: { value, languageVersion: 1 } }
    const { arrows } = await read(await folderOf({ [placed('federated-credentials', APP)]: page([credential]) }))
    expect(arrows).toContain(`gitlab.example:${pattern} HOLDS ${APP}#flex`)
  })
  test('of a managed identity are at its resource, and at the identity where the directory is there', async () => {
    const credential = {
      id: `${IDENTITY_ARM_ID}/federatedIdentityCredentials/gh`,
      name: 'gh',
      issuer: 'https://gitlab.example',
      subject: 's',
      audiences: ['a'],
    }
    const { arrows, coverages, entity } = await read(
      await folderOf({ 'c.json': [credential], [placed('service-principals')]: page(servicePrincipals) }),
    )
    const grant = `${IDENTITY_ARM_ID.toLowerCase()}#gh`
    expect(entity(grant)).toMatchObject({ kind: 'FederatedCredential', scope: '/subscriptions/33333333-3333-3333-3333-333333333333' })
    expect(arrows).toEqual(
      expect.arrayContaining([`gitlab.example:s HOLDS ${grant}`, `${grant} AT ${IDENTITY_ARM_ID.toLowerCase()}`, `${grant} AT ${IDENTITY}`]),
    )
    expect(coverages.map((coverage) => coverage.id)).toContain(
      'azure:identity-federated-credentials/subscription:33333333-3333-3333-3333-333333333333',
    )
  })
})

describe('shapes', () => {
  test('rows in a list, on lines, in a page and with capitals say the same', async () => {
    const texts = [JSON.stringify(users), users.map((user) => JSON.stringify(user)).join('\n'), JSON.stringify({ value: users })]
    const capitals = JSON.stringify(
      users.map((user) => Object.fromEntries(Object.entries(user).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]))),
    )
    const facts = await Promise.all(
      [...texts, capitals].map(async (text) =>
        (await read(await folderOf({ [placed('users')]: text }))).entities.map(({ origin: _, ...entity }) => entity),
      ),
    )
    expect(facts[0]).toHaveLength(4)
    for (const each of facts) expect(each).toEqual(facts[0])
  })
  test('ids in capitals are the same ids', async () => {
    const { entity } = await read(await folderOf({ 'users.json': [{ ...users[0], id: ADA.toUpperCase() }] }))
    expect(entity(ADA)).toBeDefined()
  })
  test('envelopes tell what an answer is about', async () => {
    const envelope = { Kind: 'entra/graph/group-members', Tenant: TENANT, Subject: ADMINS, Output: [member('user', ADA)] }
    expect((await read(await folderOf({ 'all.ndjson': envelope }))).arrows).toContain(`${ADA} MEMBER_OF ${ADMINS}`)
  })
  test('members of which nothing tells the group are refused, once for a file, and nobody is made a member', async () => {
    const members = [member('user', ADA), member('user', GUEST)]
    const loose = await read(
      await folderOf({ 'members.json': members, 'page.json': { '@odata.context': 'x/$metadata#directoryObjects', value: members } }),
    )
    expect(findingsOf(loose)).toEqual(['WRONG_SHAPE members.json [0]', 'WRONG_SHAPE page.json'])
    expect(loose.edges).toEqual([])
  })
  test('a row without id is refused, and the others are loaded', async () => {
    const { findings, entity, coverages } = await read(await folderOf({ [placed('users')]: page([{ displayName: 'Nobody' }, users[0]]) }))
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', place: 'value[0]' }])
    expect(entity(ADA)).toBeDefined()
    expect(coverages).toMatchObject([{ id: `entra:users:${TENANT}`, complete: false }])
  })
  test('documents are kept as printed', () => {
    expect(JSON.parse(whole.entity(GLOBAL_ADMINISTRATOR)?.document ?? '')).toEqual(globalAdministrator)
  })
})
