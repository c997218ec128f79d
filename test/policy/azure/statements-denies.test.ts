import { describe, expect, it } from 'vitest'
import { ALICE, ask, assign, BLOBS_READ, GROUP, MACHINE, role, SUBSCRIPTION, type AzureQuestion } from './ask.ts'

const START = 'Microsoft.Compute/virtualMachines/start/action'
const EVERYONE = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }
const owner = role({ actions: ['*'], dataActions: ['*'] })
const holds: Pick<AzureQuestion, 'roles' | 'assignments'> = { roles: [owner], assignments: [assign(owner, SUBSCRIPTION)] }

function deny(more: object): object {
  return {
    id: 'deny-1',
    denyAssignmentName: 'no',
    scope: GROUP,
    permissions: [{ actions: ['*'] }],
    principals: [EVERYONE],
    excludePrincipals: [],
    ...more,
  }
}

function effect(more: object, question: Partial<AzureQuestion> = {}): string {
  return ask({ action: START, target: MACHINE, ...holds, denies: [deny(more)], ...question }).effect
}

describe('D1: a deny assignment', () => {
  it('beats any role assignment', () => {
    expect(effect({})).toBe('DENY')
    expect(effect({ scope: `${SUBSCRIPTION}/resourceGroups/rg2` })).toBe('ALLOW')
  })

  it('beats classic administrators, who have nothing anyway', () => {
    const classic = [{ id: 'NA(classic admins)', principalId: ALICE, scope: SUBSCRIPTION }]
    expect(effect({}, { roles: [], assignments: [], classic })).toBe('DENY')
  })

  it('in audit only logs', () => {
    expect([effect({ denyAssignmentEffect: 'audit' }), effect({ denyAssignmentEffect: 'enforced' })]).toEqual(['ALLOW', 'DENY'])
  })

  it('holds where its condition does', () => {
    const condition = '@Environment[isPrivateLink] BoolEquals false'
    expect(effect({ condition }, { context: { '@Environment[isPrivateLink]': ['true'] } })).toBe('ALLOW')
    expect(effect({ condition }, { context: { '@Environment[isPrivateLink]': ['false'] } })).toBe('DENY')
    expect(effect({ condition })).toBe('CONDITIONAL')
  })

  it('nested under properties is the same', () => {
    const { id, ...properties } = { ...deny({}), id: 'deny-1' }
    expect(ask({ action: START, target: MACHINE, ...holds, denies: [{ id, properties }] }).effect).toBe('DENY')
  })

  it('that can’t be read may deny anything', () => {
    const decision = ask({ action: START, target: MACHINE, ...holds, denies: [deny({ permissions: undefined })] })
    expect(decision).toMatchObject({ effect: 'CONDITIONAL', conditions: { not: { operator: 'DenyUnreadable', key: 'deny-1' } } })
  })
})

describe('why it is denied', () => {
  const perhaps = { condition: '@Environment[isPrivateLink] BoolEquals true' }

  it('leaves out what only perhaps denies, where nothing grants it', () => {
    const decision = ask({ action: START, target: MACHINE, denies: [deny(perhaps)] })
    expect(decision.because.map(({ code }) => code)).toEqual(['NO_ROLE'])
  })

  it('names a deny that alone denies beside a missing grant', () => {
    const decision = ask({ action: START, target: MACHINE, denies: [deny({}), deny({ ...perhaps, id: 'deny-2' })] })
    expect(decision.because.map(({ policy, code }) => policy ?? code)).toEqual(['deny-1', 'NO_ROLE'])
  })

  it('names those that only together deny', () => {
    const denies = [deny(perhaps), deny({ id: 'deny-2', condition: 'NOT (@Environment[isPrivateLink] BoolEquals true)' })]
    expect(ask({ action: START, target: MACHINE, ...holds, denies })).toMatchObject({
      effect: 'DENY',
      because: [{ policy: 'deny-1' }, { policy: 'deny-2' }],
    })
  })
})

it('D2: notActions exempt from the deny', () => {
  const permissions = [{ actions: ['*'], notActions: ['Microsoft.Compute/*/action'] }]
  expect(effect({ permissions })).toBe('ALLOW')
  expect(effect({ permissions }, { action: 'Microsoft.Compute/virtualMachines/write' })).toBe('DENY')
})

describe('D3: who is denied', () => {
  it('everybody but excluded ones', () => {
    expect(effect({ excludePrincipals: [{ id: ALICE.toUpperCase(), type: 'User' }] })).toBe('ALLOW')
    expect(effect({ excludePrincipals: [{ id: 'bob', type: 'User' }] })).toBe('DENY')
  })

  it('exclusion through a group counts', () => {
    const excludePrincipals = [{ id: 'g1', type: 'Group' }]
    expect(effect({ excludePrincipals }, { principal: { groups: ['G1'] } })).toBe('ALLOW')
    expect(effect({ excludePrincipals }, { principal: { groups: ['g2'] } })).toBe('DENY')
  })

  it('a group of which the members are not known leaves it open', () => {
    const excludePrincipals = [{ id: 'g1', type: 'Group' }]
    expect(effect({ excludePrincipals }, { principal: { uncertainGroups: ['g1'] } })).toBe('CONDITIONAL')
    expect(effect({ principals: [{ id: 'g1', type: 'Group' }] }, { principal: { uncertainGroups: 'ALL' } })).toBe('CONDITIONAL')
  })

  it('named principals, directly or by group', () => {
    expect(effect({ principals: [{ id: ALICE, type: 'User' }] })).toBe('DENY')
    expect(effect({ principals: [{ id: 'g1', type: 'Group' }] }, { principal: { groups: ['g1'] } })).toBe('DENY')
    expect(effect({ principals: [{ id: 'bob', type: 'User' }] })).toBe('ALLOW')
    expect(effect({ principals: [] })).toBe('ALLOW')
  })

  it('another user’s memberships not being known leaves nothing open', () => {
    expect(effect({ principals: [{ id: 'bob', type: 'User' }] }, { principal: { uncertainGroups: 'ALL' } })).toBe('ALLOW')
  })
})

it('D4: doNotApplyToChildScopes holds at the scope alone', () => {
  const more = { doNotApplyToChildScopes: true, permissions: [{ actions: ['*'] }] }
  expect(effect(more)).toBe('ALLOW')
  expect(effect(more, { action: 'Microsoft.Resources/subscriptions/resourceGroups/write', target: GROUP })).toBe('DENY')
})

it('D5: one made by a user stops everybody but those excluded', () => {
  const more = {
    isSystemProtected: false,
    permissions: [{ actions: ['Microsoft.Compute/virtualMachines/delete'] }],
    excludePrincipals: [{ id: 'bob', type: 'User' }],
  }
  expect(effect(more, { action: 'Microsoft.Compute/virtualMachines/delete' })).toBe('DENY')
  expect(
    effect(more, {
      action: 'Microsoft.Compute/virtualMachines/delete',
      principal: { id: 'bob' },
      assignments: [assign(owner, GROUP, { principalId: 'bob' })],
    }),
  ).toBe('ALLOW')
})

describe('D6: locks of blueprints', () => {
  const readOnly = [
    { actions: ['*'], notActions: ['*/read', 'Microsoft.Authorization/locks/delete', 'Microsoft.Network/virtualNetworks/subnets/join/action'] },
  ]
  const doNotDelete = [{ actions: ['*/delete'] }]

  it.each([
    ['Microsoft.Compute/virtualMachines/read', 'ALLOW', 'ALLOW'],
    ['Microsoft.Authorization/locks/delete', 'ALLOW', 'DENY'],
    ['Microsoft.Compute/virtualMachines/delete', 'DENY', 'DENY'],
    [START, 'DENY', 'ALLOW'],
  ])('%s', (action, underReadOnly, underDoNotDelete) => {
    expect(effect({ permissions: readOnly }, { action })).toBe(underReadOnly)
    expect(effect({ permissions: doNotDelete }, { action })).toBe(underDoNotDelete)
  })

  it('actions of a deny don’t stop data actions', () => {
    expect(effect({ permissions: [{ actions: ['*'] }] }, { action: BLOBS_READ })).toBe('ALLOW')
    expect(effect({ permissions: [{ dataActions: ['*'] }] }, { action: BLOBS_READ })).toBe('DENY')
  })
})
