import { describe, expect, it } from 'vitest'
import { ACCOUNT, ask, assign, BLOBS_READ, BLOBS_WRITE, GROUP, MACHINE, role, SUBSCRIPTION, VAULT } from './ask.ts'

const START = 'Microsoft.Compute/virtualMachines/start/action'
const LIST_KEYS = 'Microsoft.Storage/storageAccounts/listKeys/action'

function effect(blocks: readonly object[], action: string, target = ACCOUNT): string {
  const given = role(...blocks)
  return ask({ action, target, roles: [given], assignments: [assign(given, SUBSCRIPTION)] }).effect
}

describe('P1: a role is the union of its blocks, each actions without notActions', () => {
  it('notActions take out of their own block only', () => {
    const blocks = [{ actions: ['Microsoft.Compute/*'], notActions: [START] }]
    expect(effect(blocks, START, MACHINE)).toBe('DENY')
    expect(effect([...blocks, { actions: [START] }], START, MACHINE)).toBe('ALLOW')
  })

  it('notDataActions likewise', () => {
    const blocks = [{ dataActions: ['Microsoft.Storage/*'], notDataActions: [BLOBS_WRITE] }]
    expect([effect(blocks, BLOBS_READ), effect(blocks, BLOBS_WRITE)]).toEqual(['ALLOW', 'DENY'])
  })

  it('names the block that grants', () => {
    const given = role({ actions: ['Microsoft.Network/*'] }, { actions: [START] })
    const decision = ask({ action: START, target: MACHINE, roles: [given], assignments: [assign(given, GROUP)] })
    expect(decision.because).toMatchObject([{ layer: 'ROLE_ASSIGNMENT', kind: 'ALLOW', statement: `${given.name} permissions[1]` }])
  })
})

it('P2: what one role excludes another may grant', () => {
  const excluding = role({ actions: ['*'], notActions: [START] })
  const granting = role({ actions: [START] })
  const question = { action: START, target: MACHINE, roles: [excluding, granting] }
  expect(ask({ ...question, assignments: [assign(excluding, GROUP)] }).effect).toBe('DENY')
  expect(ask({ ...question, assignments: [assign(excluding, GROUP), assign(granting, SUBSCRIPTION)] }).effect).toBe('ALLOW')
})

it('P3: * in actions grants no data action, * in dataActions no control action', () => {
  expect([effect([{ actions: ['*'] }], BLOBS_READ), effect([{ actions: ['*'] }], LIST_KEYS)]).toEqual(['DENY', 'ALLOW'])
  expect([effect([{ dataActions: ['*'] }], BLOBS_READ), effect([{ dataActions: ['*'] }], LIST_KEYS)]).toEqual(['ALLOW', 'DENY'])
})

describe('P4: matching', () => {
  it.each([
    ['microsoft.compute/virtualmachines/*', 'Microsoft.Compute/virtualMachines/extensions/write', 'ALLOW'],
    ['MICROSOFT.COMPUTE/VIRTUALMACHINES/START/ACTION', START, 'ALLOW'],
    ['Microsoft.Compute/virtualMachines/*/action', START, 'ALLOW'],
    ['Microsoft.Compute/*/start/action', START, 'ALLOW'],
    ['Microsoft.Compute/virtualMachines/*/start/action', START, 'DENY'],
    ['*/start/*', START, 'ALLOW'],
    ['*/stop/*', START, 'DENY'],
    ['Microsoft.Compute/virtualMachines', START, 'DENY'],
    ['Microsoft.Compute/virtual?achines/start/action', START, 'DENY'],
    ['*/*/*/*/*/*/*/*/*/*/*/*/*/*/*x', START, 'DENY'],
  ])('%s of %s', (pattern, action, expected) => {
    expect(effect([{ actions: [pattern] }], action, MACHINE)).toBe(expected)
  })
})

describe('P5: the list of operations tells control from data', () => {
  it('*/read holds no action that lists keys, but a read that yields them', () => {
    expect(effect([{ actions: ['*/read'] }], LIST_KEYS)).toBe('DENY')
    expect(effect([{ actions: ['*/read'] }], 'Microsoft.OperationalInsights/workspaces/sharedKeys/read')).toBe('ALLOW')
  })

  it('vaults/* as data action is not vaults/write', () => {
    expect(effect([{ dataActions: ['Microsoft.KeyVault/vaults/*'] }], 'Microsoft.KeyVault/vaults/write', VAULT)).toBe('DENY')
  })

  it('an operation that may be of either plane is CONDITIONAL where only the data plane grants it', () => {
    const given = role({ dataActions: ['Contoso.Things/*'] })
    const question = { action: 'Contoso.Things/boxes/open/action', target: GROUP, roles: [given], assignments: [assign(given, GROUP)] }
    expect(ask(question)).toMatchObject({ effect: 'CONDITIONAL', conditions: { operator: 'DataAction' } })
    expect(ask({ ...question, isDataAction: true }).effect).toBe('ALLOW')
    expect(ask({ ...question, isDataAction: false }).effect).toBe('DENY')
    const control = role({ actions: ['*'] })
    expect(ask({ ...question, roles: [control], assignments: [assign(control, GROUP)] }).effect).toBe('ALLOW')
  })
})

it('P6: assignments are united; a lesser one below adds and takes nothing', () => {
  const contributor = role({ actions: ['*'] })
  const reader = role({ actions: ['*/read'] })
  const assignments = [assign(contributor, SUBSCRIPTION), assign(reader, GROUP)]
  expect(ask({ action: START, target: MACHINE, roles: [contributor, reader], assignments }).effect).toBe('ALLOW')
})

describe('P7: conditions of role definitions', () => {
  const LIMIT =
    "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6})"
  const WRITE = 'Microsoft.Authorization/roleAssignments/write'
  const limited = role({ actions: ['Microsoft.Authorization/*', '*/read'], condition: LIMIT, conditionVersion: '2.0' })
  const key = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]'
  const base = { action: WRITE, target: GROUP, roles: [limited], assignments: [assign(limited, GROUP)] }

  it('limit the block that they stand in', () => {
    expect(ask({ ...base, context: { [key]: ['4633458b-17de-408a-b874-0445c86b69e6'] } }).effect).toBe('ALLOW')
    expect(ask({ ...base, context: { [key]: ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635'] } }).effect).toBe('DENY')
    expect(ask(base).effect).toBe('CONDITIONAL')
    expect(ask({ ...base, action: 'Microsoft.Authorization/locks/read' }).effect).toBe('ALLOW')
  })

  it('and one on the assignment must both hold', () => {
    const only = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'"
    const both = { ...base, assignments: [assign(limited, GROUP, { condition: only })] }
    const context = { [key]: ['4633458b-17de-408a-b874-0445c86b69e6'] }
    const type = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]'
    expect(ask({ ...both, context: { ...context, [type]: ['ServicePrincipal'] } }).effect).toBe('ALLOW')
    expect(ask({ ...both, context: { ...context, [type]: ['User'] } }).effect).toBe('DENY')
    expect(ask({ ...both, context: { [key]: ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635'], [type]: ['ServicePrincipal'] } }).effect).toBe('DENY')
  })

  it('protect nothing where another assignment has none', () => {
    const free = role({ actions: [WRITE] })
    expect(ask({ ...base, roles: [limited, free], assignments: [...base.assignments, assign(free, SUBSCRIPTION)] }).effect).toBe('ALLOW')
  })

  it('protect nothing of an action that they do not target', () => {
    const writer = role({ dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'] })
    const condition = `!(ActionMatches{'${BLOBS_WRITE}'}) OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'other'`
    const question = {
      target: `${ACCOUNT}/blobServices/default/containers/logs`,
      roles: [writer],
      assignments: [assign(writer, ACCOUNT, { condition })],
    }
    expect(ask({ ...question, action: BLOBS_WRITE }).effect).toBe('DENY')
    expect(ask({ ...question, action: BLOBS_WRITE.replace('/write', '/add/action') }).effect).toBe('ALLOW')
  })
})

it('P8: userAssignedIdentities/*/assign/action and userAssignedIdentities/assign/action are two', () => {
  const operator = [{ actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action'] }]
  const identity = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1`
  expect(effect(operator, 'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action', identity)).toBe('ALLOW')
  expect(effect(operator, 'Microsoft.ManagedIdentity/userAssignedIdentities/x/assign/action', identity)).toBe('ALLOW')
  expect(effect(operator, 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', identity)).toBe('DENY')
})

describe('P9: default deny', () => {
  it('without assignments, and says so', () => {
    expect(ask({ action: START, target: MACHINE })).toMatchObject({
      effect: 'DENY',
      because: [{ layer: 'ROLE_ASSIGNMENT', kind: 'MISSING_ALLOW', code: 'NO_ROLE' }],
    })
    expect(ask({ action: BLOBS_READ }).because).toMatchObject([{ code: 'NO_DATA_ROLE' }])
  })

  it('a deny assignment comes before what grants', () => {
    const given = role({ actions: ['*'] })
    const denies = [
      {
        id: 'd',
        scope: GROUP,
        permissions: [{ actions: ['*'] }],
        principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      },
    ]
    expect(ask({ action: START, target: MACHINE, roles: [given], assignments: [assign(given, GROUP)], denies })).toMatchObject({
      effect: 'DENY',
      because: [{ layer: 'DENY_ASSIGNMENT', kind: 'EXPLICIT_DENY', policy: 'd' }],
    })
  })

  it('somebody else’s assignment grants nothing', () => {
    const given = role({ actions: ['*'] })
    expect(ask({ action: START, target: MACHINE, roles: [given], assignments: [assign(given, GROUP, { principalId: 'bob' })] }).effect).toBe('DENY')
  })
})
