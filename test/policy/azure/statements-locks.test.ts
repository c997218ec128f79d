import { describe, expect, it } from 'vitest'
import { ACCOUNT, ask, assign, BLOBS_WRITE, CONTAINER, GROUP, MACHINE, role, SUBSCRIPTION, type AzureQuestion } from './ask.ts'

const owner = role({ actions: ['*'], dataActions: ['*'] })
const holds: Pick<AzureQuestion, 'roles' | 'assignments'> = { roles: [owner], assignments: [assign(owner, SUBSCRIPTION)] }
const LIST_KEYS = 'Microsoft.Storage/storageAccounts/listKeys/action'
const DELETE_GROUP = 'Microsoft.Resources/subscriptions/resourceGroups/delete'

function lock(level: string, scope: string): object {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/l1`, name: 'l1', level }
}

function effect(level: string, scope: string, action: string, target: string): string {
  return ask({ ...holds, action, target, locks: [lock(level, scope)] }).effect
}

describe('L1: a lock', () => {
  it.each([
    ['ReadOnly', 'Microsoft.Storage/storageAccounts/read', 'ALLOW'],
    ['ReadOnly', 'Microsoft.Storage/storageAccounts/write', 'DENY'],
    ['ReadOnly', 'Microsoft.Storage/storageAccounts/delete', 'DENY'],
    ['ReadOnly', LIST_KEYS, 'DENY'],
    ['ReadOnly', 'Microsoft.Authorization/roleAssignments/write', 'DENY'],
    ['CanNotDelete', 'Microsoft.Storage/storageAccounts/write', 'ALLOW'],
    ['CanNotDelete', 'Microsoft.Storage/storageAccounts/delete', 'DENY'],
    ['CanNotDelete', LIST_KEYS, 'ALLOW'],
    ['CanNotDelete', 'Microsoft.Authorization/roleAssignments/delete', 'DENY'],
    ['CanNotDelete', 'Microsoft.Authorization/roleAssignments/write', 'ALLOW'],
    ['NotSpecified', 'Microsoft.Storage/storageAccounts/delete', 'ALLOW'],
  ])('%s and %s', (level, action, expected) => {
    expect(effect(level, ACCOUNT, action, ACCOUNT)).toBe(expected)
  })

  it('is inherited downwards, not upwards', () => {
    expect(effect('ReadOnly', GROUP, 'Microsoft.Compute/virtualMachines/start/action', MACHINE)).toBe('DENY')
    expect(effect('ReadOnly', SUBSCRIPTION, 'Microsoft.Compute/virtualMachines/start/action', MACHINE)).toBe('DENY')
    expect(effect('ReadOnly', MACHINE, 'Microsoft.Resources/subscriptions/resourceGroups/write', GROUP)).toBe('ALLOW')
    expect(effect('ReadOnly', `${SUBSCRIPTION}/resourceGroups/rg10`, 'Microsoft.Compute/virtualMachines/start/action', MACHINE)).toBe('ALLOW')
  })

  it('the strictest wins', () => {
    const locks = [lock('CanNotDelete', ACCOUNT), lock('ReadOnly', GROUP)]
    expect(ask({ ...holds, action: LIST_KEYS, target: ACCOUNT, locks })).toMatchObject({
      effect: 'DENY',
      because: [{ layer: 'LOCK', kind: 'EXPLICIT_DENY', code: 'LOCKED_READ_ONLY' }],
    })
  })

  it('on one resource stops the deletion of its group', () => {
    expect(effect('CanNotDelete', MACHINE, DELETE_GROUP, GROUP)).toBe('DENY')
    expect(effect('CanNotDelete', MACHINE, DELETE_GROUP, `${SUBSCRIPTION}/resourceGroups/rg2`)).toBe('ALLOW')
  })

  it('on one resource leaves the others of its group deletable', () => {
    expect(effect('CanNotDelete', MACHINE, 'Microsoft.Compute/virtualMachines/delete', GROUP)).toBe('ALLOW')
  })

  it('can be taken off by who may delete locks', () => {
    expect(effect('ReadOnly', ACCOUNT, 'Microsoft.Authorization/locks/delete', ACCOUNT)).toBe('ALLOW')
  })

  it('is no reason where nothing grants the action anyway: both are said', () => {
    const decision = ask({ action: LIST_KEYS, target: ACCOUNT, locks: [lock('ReadOnly', ACCOUNT)] })
    expect(decision.because.map(({ layer }) => layer)).toEqual(['LOCK', 'ROLE_ASSIGNMENT'])
  })
})

describe('L2: locks don’t stop', () => {
  it('data actions', () => {
    expect(effect('ReadOnly', ACCOUNT, BLOBS_WRITE, CONTAINER)).toBe('ALLOW')
  })

  it('users of a managing tenant; deny assignments do', () => {
    const contributor = { ...role({ actions: ['*'] }), roleType: 'BuiltInRole' }
    const question: AzureQuestion = {
      action: 'Microsoft.Storage/storageAccounts/delete',
      target: ACCOUNT,
      roles: [contributor],
      delegations: [{ scope: SUBSCRIPTION, authorization: { principalId: 'partner', roleDefinitionId: contributor.name } }],
      principal: { id: 'partner' },
      locks: [lock('CanNotDelete', ACCOUNT)],
    }
    const denies = [
      {
        id: 'd',
        scope: GROUP,
        permissions: [{ actions: ['*/delete'] }],
        principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      },
    ]
    expect(ask(question)).toMatchObject({ effect: 'ALLOW', because: [{ layer: 'DELEGATION' }] })
    expect(ask({ ...question, denies }).effect).toBe('DENY')
  })
})
