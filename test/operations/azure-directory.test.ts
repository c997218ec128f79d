import { describe, expect, it } from 'vitest'
import type { EntityFact, GraphFact } from '../../src/domain/facts.ts'
import type { FactEdge } from '../../src/domain/vocabulary.ts'
import type { Estate } from '../../src/estate/estate.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { entity, guidOf, TENANT } from './azure-facts.ts'
import { azureEstate, type AzureWorld } from './azure-world.ts'

const RESET = 'microsoft.directory/users/password/update'
const CREDENTIALS = 'microsoft.directory/applications/credentials/update'

const HELPDESK = entity('EntraRole', '729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator', {
  document: { displayName: 'Helpdesk Administrator', isBuiltIn: true, rolePermissions: [{ allowedResourceActions: [RESET] }] },
})
const GLOBAL = entity('EntraRole', '62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', {
  document: {
    displayName: 'Global Administrator',
    isBuiltIn: true,
    rolePermissions: [{ allowedResourceActions: ['microsoft.directory/allEntities/allProperties/allTasks'] }],
  },
})
const UNIT = entity('AdministrativeUnit', guidOf('unit'), 'Berlin')
const APPLICATION = entity('EntraApplication', guidOf('shop'), 'shop', { properties: { ownersListed: true } })
const TENANT_ENTITY = entity('EntraTenant', TENANT, 'Acme')
const USERS = ['alice', 'bob', 'carol', 'root'] as const
const user = (name: string): EntityFact => entity('EntraUser', guidOf(name), name)

function edge(kind: FactEdge, from: EntityFact, to: EntityFact): GraphFact {
  return { record: 'edge', kind, from: { label: from.label, id: from.id }, to: { label: to.label, id: to.id }, coverage: ['x'] }
}

function assigned(who: string, role: EntityFact, at: EntityFact, kind = 'EntraRoleAssignment'): readonly GraphFact[] {
  const grant = entity(kind, `${who}-${role.name}`, role.name, { document: { principalId: guidOf(who), roleDefinitionId: role.id } })
  return [grant, edge('HOLDS', user(who), grant), edge('GIVES', grant, role), edge('AT', grant, at)]
}

const COVERAGE = [
  'users',
  'groups',
  'members',
  'service-principals',
  'role-assignments',
  'administrative-unit-members',
  'app-role-assignments',
  'administrative-units',
].map((part) => `entra:${part}:${TENANT}`)
const DIRECTORY: AzureWorld = {
  users: USERS,
  coverage: COVERAGE,
  more: [
    HELPDESK,
    GLOBAL,
    UNIT,
    APPLICATION,
    edge('CONTAINS', UNIT, user('carol')),
    edge('OWNS', user('carol'), APPLICATION),
    ...assigned('alice', HELPDESK, UNIT),
    ...assigned('bob', HELPDESK, TENANT_ENTITY),
    ...assigned('root', GLOBAL, TENANT_ENTITY),
  ],
}

const effects = (estate: Estate, who: string, action: string, targets: readonly string[]): string[] =>
  targets.map((target) => checkAccess(estate, { principal: who, action, target }).effect)

describe('access in a directory', () => {
  it('is by roles for the tenant or for the members of a unit, and does not reach administrators', async () => {
    const estate = await azureEstate(DIRECTORY)
    expect(effects(estate, 'alice', RESET, ['carol', 'bob', 'root'])).toEqual(['ALLOW', 'DENY', 'DENY'])
    expect(effects(estate, 'bob', RESET, ['carol', 'alice', 'root'])).toEqual(['ALLOW', 'ALLOW', 'DENY'])
    expect(effects(estate, 'root', RESET, ['carol', 'alice', 'bob'])).toEqual(['ALLOW', 'ALLOW', 'ALLOW'])
  })

  it('is listed alike for all who have it, with evidence', async () => {
    const estate = await azureEstate(DIRECTORY)
    for (const target of USERS) {
      const rows = whoCanReach(estate, { target, actions: [RESET] }).edges.map(({ node }) => node)
      const allowed = USERS.filter((who) => effects(estate, who, RESET, [target])[0] === 'ALLOW')
      expect(rows.map(({ principal }) => principal.name).toSorted(), target).toEqual(allowed.toSorted())
    }
    const [row] = whoCanReach(estate, { target: 'carol', actions: [RESET], first: 1 }).edges.map(({ node }) => node)
    expect(row?.evidence.map(({ relation }) => relation)).toEqual(['PRINCIPAL', 'HOLDS', 'GIVES', 'AT', 'TARGET'])
    expect(row?.levels).toEqual(['GRANT'])
  })

  it('to an application is its owners’ too', async () => {
    const estate = await azureEstate(DIRECTORY)
    const rows = whoCanReach(estate, { target: APPLICATION.id, actions: [CREDENTIALS] }).edges.map(({ node }) => node)
    expect(rows.map(({ principal, via }) => `${principal.name} ${via}`).toSorted()).toEqual(['carol DIRECT', 'root DIRECT'])
    expect(checkAccess(estate, { principal: 'carol', action: CREDENTIALS, target: APPLICATION.id }).because[0]?.code).toBe('OWNER')
  })

  it('that one is only eligible for is denied, and the eligibility named', async () => {
    const estate = await azureEstate({
      ...DIRECTORY,
      more: [...(DIRECTORY.more ?? []), ...assigned('carol', GLOBAL, TENANT_ENTITY, 'EntraRoleEligibility')],
    })
    const { effect, because } = checkAccess(estate, { principal: 'carol', action: RESET, target: 'alice' })
    expect([effect, because.map(({ code }) => code)]).toEqual(['DENY', ['ELIGIBLE_ONLY', 'NO_DIRECTORY_ROLE']])
  })

  it('is among what somebody can do: its roles where it holds them, what it owns', async () => {
    const estate = await azureEstate(DIRECTORY)
    const rows = (who: string) =>
      effectivePermissions(estate, { principal: who }).edges.map(({ node }) => `${node.target.name} ${node.actions.join()} ${node.certainty}`)
    expect(rows('alice')).toEqual([`Berlin ${RESET} CONDITIONAL`])
    expect(rows('root')).toEqual(['Acme microsoft.directory/allEntities/allProperties/allTasks ALLOWED'])
    expect(rows('carol')).toEqual([
      'shop microsoft.directory/applications/credentials/update,microsoft.directory/applications/delete,microsoft.directory/applications/owners/update ALLOWED',
    ])
  })

  it('does not apply to resources of Azure, and says so', async () => {
    const estate = await azureEstate(DIRECTORY)
    const { effect, caveats } = checkAccess(estate, { principal: 'root', action: RESET, target: '/subscriptions/x' })
    expect([effect, caveats.map(({ code }) => code)]).toEqual(['DENY', expect.arrayContaining(['ACTION_NOT_APPLICABLE'])])
  })
})

describe('an application permission', () => {
  const graphApi = entity('ServicePrincipal', guidOf('graph'), 'Microsoft Graph', { properties: { appId: '00000003-0000-0000-c000-000000000000' } })
  const job = entity('ServicePrincipal', guidOf('job'), 'job')
  const permission = entity('AppRole', `${graphApi.id}/9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8`, 'RoleManagement.ReadWrite.Directory')
  const grant = entity('AppRoleAssignment', 'app-role-assignment', 'RoleManagement.ReadWrite.Directory')
  const world: AzureWorld = {
    ...DIRECTORY,
    more: [
      ...(DIRECTORY.more ?? []),
      graphApi,
      job,
      permission,
      grant,
      edge('HOLDS', job, grant),
      edge('GIVES', grant, permission),
      edge('AT', grant, graphApi),
    ],
  }

  it('is among what the service principal can do, and what it amounts to in the directory', async () => {
    const estate = await azureEstate(world)
    const rows = effectivePermissions(estate, { principal: 'job' }).edges.map(({ node }) => node)
    expect(rows.find(({ target }) => target.id === graphApi.id)).toMatchObject({
      actions: [permission.name],
      levels: ['GRANT'],
      certainty: 'ALLOWED',
    })
    expect(rows.find(({ target }) => target.id === TENANT)?.actions).toContain('microsoft.directory/roleAssignments/allProperties/allTasks')
    expect(estate.privilegedBecause(job.id)).toEqual([`may give any directory role of tenant ${TENANT} to anybody`])
  })
})
