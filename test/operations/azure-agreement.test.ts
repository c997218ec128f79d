import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { Connection, EffectivePermission, PageRequest } from '../../src/operations/answers.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { question, UNIVERSES, world } from '../reference/azure-arbitrary.ts'
import { decideOverAll, EVERYBODY, type RefCondition, type RefPattern, type RefWorld } from '../reference/azure.ts'
import { guidOf } from './azure-facts.ts'
import { type AzureWorld, azureEstate, type RoleSpec } from './azure-world.ts'

/**
 * design.md §6.1 for Azure: whoCanReach, effectivePermissions and checkAccess say the same about every principal, action and target of generated tenants,
 * and the same as the reference evaluator. Groups that were not listed and principals that no directory has are among them.
 */

const RUNS = Number(process.env['PERMISCOPE_RUNS'] ?? 150)
const SEED = Number(process.env['PERMISCOPE_SEED'] ?? 20261125)
const PEOPLE = ['alice', 'bob', 'carol']
const GROUPS = ['g1', 'g2', 'g3']

interface Unknowns {
  readonly unlisted: readonly string[]
  readonly unstated: readonly string[]
  readonly treeIsKnown: boolean
}
const ALL_KNOWN: Unknowns = { unlisted: [], unstated: [], treeIsKnown: true }

/** The same tenant as the sources would state it. */
function worldOf({ assignments, denies, locks, memberOf }: RefWorld, { unlisted, unstated, treeIsKnown }: Unknowns): AzureWorld {
  return {
    users: PEOPLE.filter((name) => !unstated.includes(name)),
    groups: Object.fromEntries(
      GROUPS.map((name) => [
        name,
        {
          listed: !unlisted.includes(name),
          members: memberOf.filter(([member, of]) => of === name && member !== name && !unstated.includes(member)).map(([member]) => member),
        },
      ]),
    ),
    managementGroups: { root: null, mid: 'root' },
    resources: [],
    roles: Object.fromEntries(assignments.map(({ role }, index) => [`role-${index}`, role.map(specOf)])),
    assignments: assignments.map(({ principal, scope, condition }, index) => ({
      who: principal,
      role: `role-${index}`,
      at: scope,
      ...(condition === undefined ? {} : { condition: spell(condition) }),
    })),
    denies: denies.map(({ principals, excluded, blocks, scope, onlyAtScope }, index) => ({
      name: `deny-${index}`,
      at: scope,
      who: principals.map((id) => (id === EVERYBODY ? '*' : id)),
      except: excluded,
      blocks: blocks.map(specOf),
      onlyThere: onlyAtScope,
    })),
    locks: locks.map(({ level, scope }, index) => ({ name: `lock-${index}`, at: scope, level })),
    more: [
      scope('/subscriptions/s1'),
      ...(treeIsKnown
        ? [
            {
              record: 'edge' as const,
              kind: 'CONTAINS' as const,
              from: { label: 'Scope' as const, id: '/providers/microsoft.management/managementgroups/mid' },
              to: { label: 'Scope' as const, id: '/subscriptions/s1' },
              coverage: ['x'],
            },
          ]
        : []),
    ],
    coverage: [],
  }
}

const scope = (id: string) =>
  ({
    record: 'entity',
    label: 'Scope',
    kind: 'Subscription',
    id,
    name: id,
    provider: 'azure',
    scope: null,
    properties: {},
    document: null,
    coverage: ['x'],
  }) as const

function specOf({ condition, ...block }: RefPattern): RoleSpec {
  return condition === undefined ? block : { ...block, condition: spell(condition) }
}

function spell(condition: RefCondition): string {
  switch (condition.op) {
    case 'AND':
    case 'OR':
      return condition.parts.map((part) => `(${spell(part)})`).join(` ${condition.op} `)
    case 'NOT':
      return `!(${spell(condition.part)})`
    case 'ACTION':
      return `ActionMatches{'${condition.pattern}'}`
    case 'EXISTS':
      return `Exists ${condition.attribute}`
    case 'COMPARE':
      return `${condition.attribute} ${condition.operator} {${condition.values.map((value) => `'${value}'`).join(', ')}}`
  }
}

const WORD = new Map<boolean | undefined, string>([
  [true, 'ALLOW'],
  [false, 'DENY'],
  [undefined, 'CONDITIONAL'],
])

const unknowns: fc.Arbitrary<Unknowns> = fc.record({
  unlisted: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(GROUPS, { maxLength: 2 }) }),
  unstated: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(PEOPLE, { maxLength: 1 }) }),
  treeIsKnown: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
})

describe('checkAccess and the reference agree', () => {
  it('about generated tenants, ingested as facts, whatever is known of the request', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.array(question, { minLength: 1, maxLength: 8 }), async (generated, questions) => {
        const estate = await azureEstate(worldOf(generated, ALL_KNOWN))
        for (const { asked, open } of questions) {
          const universes = Object.fromEntries(open.map((key) => [key, UNIVERSES[key] ?? []]))
          const context = Object.entries(asked.attributes)
            .filter(([key]) => !open.includes(key))
            .map(([key, values]) => ({ key, values }))
          const { effect } = checkAccess(estate, { principal: asked.principal, action: asked.action, target: asked.target, context })
          const expected = WORD.get(decideOverAll(generated, asked, universes))
          // The values tried are fewer than there are: what is certain must be so for them.
          if (effect !== 'CONDITIONAL' || open.length === 0) expect(effect).toBe(expected)
        }
      }),
      { numRuns: RUNS, seed: SEED },
    )
  })
})

const TARGETS = [
  '/',
  '/providers/Microsoft.Management/managementGroups/mid',
  '/subscriptions/s1',
  '/subscriptions/s1/resourceGroups/rg1',
  '/subscriptions/s1/resourceGroups/rg1/providers/Microsoft.Storage/storageAccounts/a',
  '/subscriptions/s1/resourceGroups/rg10/providers/Microsoft.Storage/storageAccounts/b',
  '/subscriptions/s1/resourceGroups/rg1/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c',
]
const CONTROL = [
  'Microsoft.Storage/storageAccounts/read',
  'Microsoft.Storage/storageAccounts/delete',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Authorization/locks/delete',
]
const DATA = ['read', 'add/action'].map((verb) => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${verb}`)

const CERTAIN = { ALLOW: 'ALLOWED', CONDITIONAL: 'CONDITIONAL', DENY: undefined } as const

function all<Node>(ask: (request: PageRequest) => Connection<Node>): Node[] {
  const nodes: Node[] = []
  let after: string | undefined
  do {
    const answer = ask({ first: 5, ...(after === undefined ? {} : { after }) })
    nodes.push(...answer.edges.map(({ node }) => node))
    after = answer.pageInfo.hasNextPage ? (answer.pageInfo.endCursor ?? undefined) : undefined
    if (after === undefined) expect(nodes).toHaveLength(answer.totalCount)
  } while (after !== undefined)
  return nodes
}

describe('the questions agree with one another', () => {
  it('about every principal, action and target of generated tenants', async () => {
    await fc.assert(
      fc.asyncProperty(world, unknowns, async (generated, unknown) => {
        const estate = await azureEstate(worldOf(generated, unknown))
        const people = PEOPLE.filter((name) => estate.entity(guidOf(name)) !== undefined)
        for (const target of TARGETS) compareSets(estate, target, people)
        comparePermissions(estate, people)
      }),
      { numRuns: RUNS, seed: SEED },
    )
  })
})

function compareSets(estate: Estate, target: string, people: readonly string[]): void {
  const together = all((request) => whoCanReach(estate, { target, ...request }))
  const own = new Map(people.map((name) => [name, all((request) => effectivePermissions(estate, { principal: name, target, ...request }))]))
  for (const action of [...CONTROL, ...DATA]) {
    const rows = all((request) => whoCanReach(estate, { target, actions: [action], ...request }))
    const listed = new Map(rows.map(({ principal, certainty }) => [principal.name, certainty]))
    expect(listed.size, `one row for each principal: ${action} ${target}`).toBe(rows.length)
    for (const name of people) {
      const { effect } = checkAccess(estate, { principal: name, action, target })
      expect(listed.get(name), `who-can ${action} ${target}: ${name}`).toBe(CERTAIN[effect])
      const isKnownThere = estate.azure.catalogue.applicable(estate.azure.target(target)).includes(action)
      if (!isKnownThere) continue
      const among = together.filter(({ principal, actions }) => principal.name === name && actions.includes(action)).map(({ certainty }) => certainty)
      expect(among, `who-can ${target}, all actions: ${name} ${action}`).toEqual(effect === 'DENY' ? [] : [CERTAIN[effect]])
      const mine = own.get(name)?.filter(({ actions }) => actions.includes(action)) ?? []
      expect(
        mine.map(({ certainty }) => certainty),
        `what-can ${name} ${action} ${target}`,
      ).toEqual(effect === 'DENY' ? [] : [CERTAIN[effect]])
    }
  }
}

const PLANES = [...CONTROL.map((action) => ({ plane: 'CONTROL' as const, action })), ...DATA.map((action) => ({ plane: 'DATA' as const, action }))]

/** Rows at the grain of the grant: what one surely covers is allowed, and what is not denied is covered by one. */
function comparePermissions(estate: Estate, people: readonly string[]): void {
  for (const name of people) {
    const rows = all((request) => effectivePermissions(estate, { principal: name, ...request }))
    for (const target of TARGETS) for (const asked of PLANES) compareCovering(estate, name, { ...asked, target }, rows)
  }
}

interface Asked {
  readonly plane: 'CONTROL' | 'DATA'
  readonly action: string
  readonly target: string
}

function compareCovering(estate: Estate, name: string, { plane, action, target }: Asked, rows: readonly EffectivePermission[]): void {
  const { effect } = checkAccess(estate, { principal: name, action, target })
  const covering = rows.filter(
    (row) => row.plane === plane && isAtOrAbove(estate, row.target.id, target) && row.actions.some((pattern) => isLike(pattern, action)),
  )
  const sure = covering.find((row) => row.certainty === 'ALLOWED' && !isPerhapsAbove(estate, row.target.id, target))
  if (sure !== undefined) expect(effect, `${name} surely ${action} ${target} by ${sure.target.id} ${sure.actions.join()}`).toBe('ALLOW')
  if (effect !== 'DENY') expect(covering.length, `${name} ${effect} ${action} ${target}`).toBeGreaterThan(0)
}

function isAtOrAbove(estate: Estate, above: string, target: string): boolean {
  const { id } = estate.azure.target(target)
  const isInId = above === '/' || id === above || id.startsWith(`${above}/`)
  return isInId || estate.azure.target(target).surelyAbove.has(above) || isPerhapsAbove(estate, above, target)
}

/** A management group, where what lies in it was not loaded. */
function isPerhapsAbove(estate: Estate, above: string, target: string): boolean {
  const { id, ancestors, surelyAbove } = estate.azure.target(target)
  return ancestors === undefined && above !== id && !surelyAbove.has(above) && /managementgroups\/[^/]+$/.test(above)
}

const isLike = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*')}$`, 'is').test(text)
