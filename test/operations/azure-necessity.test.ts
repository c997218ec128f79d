import { describe, expect, it } from 'vitest'
import type { GraphFact } from '../../src/domain/facts.ts'
import { compileEstate } from '../../src/estate/compile.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { NOW } from '../support/estate.ts'
import { guidOf } from './azure-facts.ts'
import { ACCOUNT, type AzureWorld, factsOf, group, RG, SUB, VAULT } from './azure-world.ts'

/** design.md §6.4: drop any fact that an answer cites and the answer changes. */

const KEYS = 'Microsoft.Storage/storageAccounts/listKeys/action'
const SECRET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
const ROLES = { Owner: [{ actions: ['*'] }] }
const BASE: AzureWorld = { users: ['alice'], managementGroups: { root: null, mid: 'root' }, subscriptionIn: 'mid', roles: ROLES }

async function ask(facts: readonly GraphFact[], action: string, target: string) {
  const estate = await compileEstate({ snapshot: 's', createdAt: '', coverage: [], findings: [], facts, now: () => NOW })
  return checkAccess(estate, { principal: guidOf('alice'), action, target })
}

const without = (facts: readonly GraphFact[], id: string): GraphFact[] =>
  facts.filter((fact) => (fact.record === 'entity' ? fact.id !== id : fact.from.id !== id && fact.to.id !== id))

describe('evidence can’t be dropped', () => {
  it.each<readonly [string, AzureWorld, string, string, string]>([
    [
      'of a role that nested groups hold at a management group',
      {
        ...BASE,
        groups: { inner: { members: ['alice'] }, outer: { members: ['inner'] } },
        assignments: [{ who: 'outer', role: 'Owner', at: group('mid') }],
      },
      KEYS,
      ACCOUNT,
      'ALLOW',
    ],
    [
      'of a deny assignment',
      { ...BASE, assignments: [{ who: 'alice', role: 'Owner', at: SUB }], denies: [{ name: 'd', at: RG, who: ['*'], blocks: [{ actions: ['*'] }] }] },
      KEYS,
      ACCOUNT,
      'DENY',
    ],
    [
      'of a lock',
      { ...BASE, assignments: [{ who: 'alice', role: 'Owner', at: SUB }], locks: [{ name: 'l', at: ACCOUNT, level: 'ReadOnly' }] },
      KEYS,
      ACCOUNT,
      'DENY',
    ],
    [
      'of an access policy',
      { ...BASE, vaults: { [VAULT]: { accessPolicies: [{ objectId: guidOf('alice'), permissions: { secrets: ['get'] } }] } } },
      SECRET,
      VAULT,
      'ALLOW',
    ],
  ])('%s', async (_, world, action, target, expected) => {
    const facts = factsOf(world)
    const { effect, evidence } = await ask(facts, action, target)
    expect(effect).toBe(expected)
    const cited = evidence.filter(({ relation }) => !['PRINCIPAL', 'TARGET', 'AT'].includes(relation)).map(({ entity }) => entity.id)
    expect(cited.length).toBeGreaterThan(0)
    for (const id of new Set(cited)) expect((await ask(without(facts, id), action, target)).effect, id).not.toBe(expected)
  })
})
