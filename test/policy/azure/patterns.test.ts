import { describe, expect, it } from 'vitest'
import { ACCOUNT, ask, assign, GROUP, MACHINE, role } from './ask.ts'

const STORAGE = 'Microsoft.Storage/*'
const everyone = [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }]

function decisionOf(block: object, action: string, more: object = {}) {
  const given = role(block)
  return ask({ action, target: ACCOUNT, roles: [given], assignments: [assign(given, GROUP)], isDataAction: false, ...more })
}

describe('an action with * asks about all that it stands for', () => {
  it.each([
    [{ actions: ['*'] }, 'ALLOW'],
    [{ actions: ['microsoft.storage/*'] }, 'ALLOW'],
    [{ actions: ['Microsoft.Compute/*'] }, 'DENY'],
    [{ actions: ['*'], notActions: ['Microsoft.Compute/*'] }, 'ALLOW'],
    [{ actions: ['*'], notActions: ['Microsoft.Storage/storageAccounts/delete'] }, 'CONDITIONAL'],
    [{ actions: ['*/read'] }, 'CONDITIONAL'],
    [{ actions: ['*/read', '*'] }, 'ALLOW'],
  ])('%j: %s', (block, expected) => {
    expect(decisionOf(block, STORAGE).effect).toBe(expected)
  })

  it('with its parts where they differ', () => {
    expect(decisionOf({ actions: ['*'], notActions: ['*/delete'] }, STORAGE).parts).toEqual([
      { action: STORAGE, resource: ACCOUNT, effect: 'ALLOW' },
      { action: 'microsoft.storage/*/delete', resource: ACCOUNT, effect: 'DENY' },
    ])
  })

  it('deny assignments and locks part it too', () => {
    const denies = [{ id: 'd', scope: GROUP, permissions: [{ actions: ['*/write'] }], principals: everyone }]
    const locks = [{ id: `${MACHINE}/providers/Microsoft.Authorization/locks/l`, level: 'ReadOnly', scope: GROUP }]
    expect(decisionOf({ actions: ['*'] }, STORAGE, { denies }).effect).toBe('CONDITIONAL')
    expect(decisionOf({ actions: ['*'] }, STORAGE, { locks }).effect).toBe('CONDITIONAL')
    expect(decisionOf({ actions: ['*'] }, 'Microsoft.Storage/*/read', { locks }).effect).toBe('ALLOW')
  })

  it('so do actions that a condition targets', () => {
    const given = role({ actions: ['*'] })
    const condition = "!(ActionMatches{'Microsoft.Storage/storageAccounts/delete'}) OR @Environment[isPrivateLink] BoolEquals true"
    const question = { target: ACCOUNT, isDataAction: false, roles: [given], assignments: [assign(given, GROUP, { condition })], unknown: false }
    expect(ask({ ...question, action: STORAGE }).parts).toContainEqual({
      action: 'microsoft.storage/storageaccounts/delete',
      resource: ACCOUNT,
      effect: 'DENY',
    })
  })
})
