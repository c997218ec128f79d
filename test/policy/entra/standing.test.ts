import { describe, expect, it } from 'vitest'
import { attributesOfRule, isDynamic, isExternal, isGuest, isMemberNow, managedIdentityOf, publisherOf } from '../../../src/policy/entra/index.ts'

describe('R6: Privileged Identity Management for groups', () => {
  it.each([
    [{ accessId: 'member', isEligible: false }, true],
    [{ accessId: 'member', isEligible: true }, false],
    [{ accessId: 'owner', isEligible: false }, false],
    [{ accessId: 'Member', isEligible: false, endsAt: 10 }, true],
    [{ accessId: 'member', isEligible: false, endsAt: 5 }, false],
    [{ accessId: 'member', isEligible: false, startsAt: 6 }, false],
  ])('%j is a member at 5: %s', (row, expected) => {
    expect(isMemberNow(row, 5)).toBe(expected)
  })

  it('is not known where the time is not', () => {
    expect(isMemberNow({ accessId: 'member', isEligible: false, endsAt: 5 })).toBeUndefined()
  })
})

describe('R7: dynamic groups', () => {
  it('are those whose rule is in force', () => {
    expect(isDynamic({ groupTypes: ['Unified', 'dynamicMembership'], membershipRuleProcessingState: 'On' })).toBe(true)
    expect(isDynamic({ groupTypes: ['DynamicMembership'], membershipRuleProcessingState: 'Paused' })).toBe(false)
    expect(isDynamic({ groupTypes: [] })).toBe(false)
  })

  it('are joined through the attributes that their rule looks at', () => {
    const rule = '(user.department -eq "user.title") -and (user.Department -ne null) -or (device.deviceOwnership -eq "Company \\" user.mail")'
    expect(attributesOfRule(rule)).toEqual(['user.department', 'device.deviceownership'])
  })
})

describe('R8: guests', () => {
  it.each([
    [{ userType: 'Guest', userPrincipalName: 'a@b.c' }, true],
    [{ userType: 'Member', userPrincipalName: 'a_b.c#EXT#@t.onmicrosoft.com' }, false],
    [{ userPrincipalName: 'a_b.c#EXT#@t.onmicrosoft.com' }, true],
    [{ userPrincipalName: 'a@b.c' }, undefined],
    [{}, undefined],
  ])('%j: %s', (user, expected) => {
    expect(isGuest(user)).toBe(expected)
  })

  it('a member can be external', () => {
    expect(isExternal({ userPrincipalName: 'a_b.c#EXT#@t.onmicrosoft.com' })).toBe(true)
    expect(isExternal({ creationType: 'Invitation' })).toBe(true)
    expect(isExternal({ userPrincipalName: 'a@b.c', issuers: ['T.onmicrosoft.com'], ownDomains: ['t.onmicrosoft.com'] })).toBe(false)
    expect(isExternal({ userPrincipalName: 'a@b.c', issuers: ['google.com'], ownDomains: ['t.onmicrosoft.com'] })).toBe(true)
    expect(isExternal({ userPrincipalName: 'a@b.c' })).toBeUndefined()
  })
})

describe('R9: service principals', () => {
  it('of managed identities name their resource', () => {
    const userAssigned = '/subscriptions/s/resourcegroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Id1'
    expect(managedIdentityOf(['isExplicit=True', userAssigned])).toEqual({ armId: userAssigned.toLowerCase(), isUserAssigned: true })
    expect(managedIdentityOf(['isExplicit=False', '/subscriptions/s/resourcegroups/r/providers/Microsoft.Compute/virtualMachines/vm'])).toMatchObject(
      { isUserAssigned: false },
    )
    expect(managedIdentityOf(['https://app'])).toBeUndefined()
  })

  it('of other tenants are third parties', () => {
    expect(['t1', 'T1', 'other', 'f8cdef31-a31e-4b4a-93e4-5f571e91255a', undefined].map((owner) => publisherOf(owner, 't1'))).toEqual([
      'OWN',
      'OWN',
      'THIRD_PARTY',
      'MICROSOFT',
      'UNKNOWN',
    ])
  })
})
