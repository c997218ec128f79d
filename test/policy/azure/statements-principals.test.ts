import { describe, expect, it } from 'vitest'
import { transitiveGroups } from '../../../src/policy/entra/index.ts'
import { ALICE, ask, assign, GROUP, MACHINE, role, SUBSCRIPTION } from './ask.ts'

const READ = 'Microsoft.Compute/virtualMachines/read'
const reader = role({ actions: ['*/read'] })
const base = { action: READ, target: MACHINE, roles: [reader] }

describe('M1: eligible grants nothing until it is activated', () => {
  const eligible = assign(reader, GROUP, { id: 'eligible-1' })

  it('and is named', () => {
    const decision = ask({ ...base, eligible: [eligible] })
    expect(decision.effect).toBe('DENY')
    expect(decision.because).toContainEqual(expect.objectContaining({ code: 'ELIGIBLE_ONLY', policy: 'eligible-1', kind: 'MISSING_ALLOW' }))
    expect(decision.activatable).toEqual(['eligible-1'])
  })

  it('is not named where activating it would not grant it', () => {
    expect(ask({ ...base, action: 'Microsoft.Compute/virtualMachines/write', eligible: [eligible] }).activatable).toEqual([])
  })

  it('through a group is the same', () => {
    const ofGroup = assign(reader, GROUP, { id: 'eligible-2', principalId: 'g1', principalType: 'Group' })
    expect(ask({ ...base, eligible: [ofGroup], principal: { groups: ['g1'] } })).toMatchObject({ effect: 'DENY', activatable: ['eligible-2'] })
  })

  it('beside an active assignment changes nothing', () => {
    expect(ask({ ...base, eligible: [eligible], assignments: [assign(reader, SUBSCRIPTION)] }).effect).toBe('ALLOW')
  })
})

describe('M2: a time-bound assignment', () => {
  const bound = assign(reader, GROUP, {
    assignmentType: 'Activated',
    startDateTime: '2026-11-01T08:00:00Z',
    endDateTime: '2026-11-01T16:00:00Z',
  })

  it.each([
    ['2026-11-01T07:59:59Z', 'DENY'],
    ['2026-11-01T08:00:00Z', 'ALLOW'],
    ['2026-11-01T15:59:59Z', 'ALLOW'],
    ['2026-11-01T16:00:00Z', 'DENY'],
  ])('at %s is %s', (now, expected) => {
    expect(ask({ ...base, assignments: [bound], now }).effect).toBe(expected)
  })

  it('is open-ended where a bound is missing', () => {
    expect(
      ask({ ...base, assignments: [assign(reader, GROUP, { startDateTime: '2026-11-01T08:00:00Z', endDateTime: null })], now: '2030-01-01' }).effect,
    ).toBe('ALLOW')
  })

  it('is CONDITIONAL where the time is not known', () => {
    expect(ask({ ...base, assignments: [bound] })).toMatchObject({ effect: 'CONDITIONAL', conditions: { operator: 'WindowOpen' } })
  })
})

describe('M3: orphaned assignments', () => {
  it('of a principal that no directory export has are at most CONDITIONAL', () => {
    const decision = ask({ ...base, assignments: [assign(reader, GROUP)], principal: { isInDirectory: false } })
    expect(decision).toMatchObject({ effect: 'CONDITIONAL', conditions: { operator: 'PrincipalNotLoaded', key: ALICE } })
    expect(ask({ ...base, principal: { isInDirectory: false } }).effect).toBe('DENY')
  })

  it('without a principal grant nothing to anybody, and are a fault', () => {
    const decision = ask({ ...base, assignments: [assign(reader, GROUP, { principalId: '' })], principal: { uncertainGroups: 'ALL' } })
    expect(decision).toMatchObject({ effect: 'DENY', faults: [{ place: 'principalId', severity: 'unreadable' }] })
  })
})

describe('groups', () => {
  const toGroup = assign(reader, GROUP, { principalId: 'outer', principalType: 'Group' })
  const memberOf = new Map([
    [ALICE, ['inner']],
    ['inner', ['Outer']],
    ['outer', ['inner']],
  ])

  it('G1: membership is transitive', () => {
    const groups = transitiveGroups(ALICE.toUpperCase(), memberOf)
    expect([...groups].sort()).toEqual(['inner', 'outer'])
    expect(ask({ ...base, assignments: [toGroup], principal: { groups } }).effect).toBe('ALLOW')
    expect(ask({ ...base, assignments: [toGroup], principal: { groups: ['inner'] } }).effect).toBe('DENY')
  })

  it('G2: cycles end', () => {
    expect(transitiveGroups('inner', memberOf)).toEqual(['outer'])
    expect(
      transitiveGroups(
        'a',
        new Map([
          ['a', ['a', 'b']],
          ['b', ['a']],
        ]),
      ),
    ).toEqual(['b'])
  })

  it('G3: 4,000 assignments of a subscription are one question', () => {
    const many = Array.from({ length: 4000 }, (_, index) => assign(reader, GROUP, { id: `a${index}`, principalId: `p${index}` }))
    expect(ask({ ...base, assignments: [...many, assign(reader, GROUP)] }).effect).toBe('ALLOW')
    expect(ask({ ...base, assignments: many }).effect).toBe('DENY')
  })

  it('G4: memberships that were not read leave the answer open, and are named', () => {
    const decision = ask({ ...base, assignments: [toGroup], principal: { uncertainGroups: 'ALL' } })
    expect(decision).toMatchObject({ effect: 'CONDITIONAL', conditions: { operator: 'GroupMembership', key: 'outer' } })
    expect(ask({ ...base, assignments: [assign(reader, GROUP, { principalId: 'bob' })], principal: { uncertainGroups: 'ALL' } }).effect).toBe('DENY')
  })
})
