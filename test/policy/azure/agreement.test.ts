import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeKey, createAzureCompiler, decide, type AzureDecision, type AzurePolicySet } from '../../../src/policy/azure/index.ts'
import { transitiveGroups } from '../../../src/policy/entra/index.ts'
import { ALL_SETS, ancestorsOf, question, relatedComparisons, SEVERAL_VALUED, UNIVERSES, world } from '../../reference/azure-arbitrary.ts'
import { decideOverAll, type RefCondition, type RefPattern, type RefQuestion, type RefWorld } from '../../reference/azure.ts'

/** The same world in the documents of Azure. */
function documentsOf({ assignments, denies, locks }: RefWorld): AzurePolicySet {
  const compiler = createAzureCompiler()
  const roles = assignments.map(({ role }, index) => compiler.role({ id: `role-${index}`, permissions: role.map(blockOf) }))
  return {
    assignments: assignments.map(({ principal, scope, condition }, index) =>
      compiler.assignment(
        { id: `a${index}`, principalId: principal, roleDefinitionId: `role-${index}`, scope, ...textOf(condition) },
        () => roles[index],
      ),
    ),
    denyAssignments: denies.map((deny, index) =>
      compiler.denyAssignment({
        id: `d${index}`,
        scope: deny.scope,
        permissions: deny.blocks.map(blockOf),
        principals: deny.principals.map((id) => ({ id })),
        excludePrincipals: deny.excluded.map((id) => ({ id })),
        doNotApplyToChildScopes: deny.onlyAtScope,
      }),
    ),
    locks: locks.flatMap(({ level, scope }, index) => compiler.lock({ id: `l${index}`, level, scope }) ?? []),
  }
}

function blockOf({ condition, ...block }: RefPattern): object {
  return { ...block, ...textOf(condition) }
}

function textOf(condition: RefCondition | undefined): { readonly condition?: string } {
  return condition === undefined ? {} : { condition: spell(condition) }
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

function ask(policies: AzurePolicySet, { memberOf }: RefWorld, asked: RefQuestion, open: readonly string[]): AzureDecision {
  const groups = new Map<string, string[]>()
  for (const [member, group] of memberOf) groups.set(member, [...(groups.get(member) ?? []), group])
  return decide({
    principal: { id: asked.principal, groups: transitiveGroups(asked.principal, groups) },
    action: asked.action,
    isDataAction: asked.isData,
    resource: { id: asked.target, ancestors: ancestorsOf(asked.target) },
    context: {
      entries: new Map(
        Object.entries(asked.attributes)
          .filter(([key]) => !open.includes(key))
          .map(([key, values]) => [attributeKey(key), values]),
      ),
      unknown: true,
    },
    policies,
  })
}

const WORD = new Map<boolean | undefined, string>([
  [true, 'ALLOW'],
  [false, 'DENY'],
  [undefined, 'CONDITIONAL'],
])

describe('the evaluator and the reference agree', () => {
  it('where all attributes are known', () => {
    fc.assert(
      fc.property(world, fc.array(question, { minLength: 1, maxLength: 12 }), (generated, questions) => {
        const policies = documentsOf(generated)
        for (const { asked } of questions) {
          expect(ask(policies, generated, asked, []).effect).toBe(WORD.get(decideOverAll(generated, asked, {})))
        }
      }),
      { numRuns: 400, seed: 20261125 },
    )
  })

  it('where some are not: exactly what is the same for all their values is certain', () => {
    fc.assert(
      fc.property(world, fc.array(question, { minLength: 1, maxLength: 6 }), (generated, questions) => {
        const policies = documentsOf(generated)
        for (const { asked, open } of questions) {
          const universes = Object.fromEntries(open.map((key) => [key, UNIVERSES[key] ?? []]))
          const expected = WORD.get(decideOverAll(generated, asked, universes))
          const decision = ask(policies, generated, asked, open)
          // The values tried are fewer than there are: what is certain must be so for them; what is not may be so for them by chance.
          if (decision.effect !== 'CONDITIONAL') expect(decision.effect).toBe(expected)
          else expect(decision.conditions).toBeDefined()
        }
      }),
      { numRuns: 400, seed: 20261125 },
    )
  })

  it('of cross products that bear on each other: certain is what holds, or fails, for every set of values', () => {
    let certain = 0
    let missed = 0
    for (const condition of fc.sample(relatedComparisons, { numRuns: 3000, seed: 20261125 })) {
      const everything = { actions: ['*'], notActions: [], dataActions: ['*'], notDataActions: [] }
      const generated: RefWorld = {
        assignments: [{ principal: 'alice', role: [everything], scope: '/', condition }],
        denies: [],
        locks: [],
        memberOf: [],
        parents: {},
      }
      const asked: RefQuestion = { principal: 'alice', action: 'a/b/read', isData: false, target: '/', attributes: {} }
      const expected = WORD.get(decideOverAll(generated, asked, { [SEVERAL_VALUED]: ALL_SETS }))
      const { effect } = ask(documentsOf(generated), generated, asked, [])
      if (effect !== 'CONDITIONAL') expect(effect, spell(condition)).toBe(expected)
      if (expected !== 'CONDITIONAL') certain += 1
      if (expected !== effect) missed += 1
    }
    expect(certain).toBeGreaterThan(100)
    expect(missed / certain).toBeLessThan(0.25)
  })

  it('and are rarely less certain than the values tried', () => {
    let conditional = 0
    let certain = 0
    const samples = fc.sample(fc.tuple(world, question), { numRuns: 2000, seed: 7 })
    for (const [generated, { asked, open }] of samples) {
      if (ask(documentsOf(generated), generated, asked, open).effect !== 'CONDITIONAL') continue
      conditional += 1
      const universes = Object.fromEntries(open.map((key) => [key, UNIVERSES[key] ?? []]))
      if (decideOverAll(generated, asked, universes) !== undefined) certain += 1
    }
    expect(conditional).toBeGreaterThan(100)
    expect(certain / conditional).toBeLessThan(0.05)
  })
})

describe('evidence', () => {
  it('what an ALLOW cites is enough: the cited assignments alone give the same', () => {
    fc.assert(
      fc.property(world, question, (generated, { asked, open }) => {
        const policies = documentsOf(generated)
        const decision = ask(policies, generated, asked, open)
        if (decision.effect !== 'ALLOW') return
        const cited = new Set(decision.because.map(({ policy }) => policy))
        const fewer = { ...policies, assignments: policies.assignments.filter(({ id }) => cited.has(id)) }
        expect(ask(fewer, generated, asked, open).effect).toBe('ALLOW')
        expect(ask({ ...policies, assignments: policies.assignments.filter(({ id }) => !cited.has(id)) }, generated, asked, open).effect).not.toBe(
          'ALLOW',
        )
      }),
      { numRuns: 1000, seed: 20261125 },
    )
  })

  it('the order of documents changes nothing', () => {
    fc.assert(
      fc.property(world, question, (generated, { asked, open }) => {
        const policies = documentsOf(generated)
        const reversed = { ...policies, assignments: [...policies.assignments].reverse() }
        expect(ask(reversed, generated, asked, open).effect).toBe(ask(policies, generated, asked, open).effect)
      }),
      { numRuns: 300, seed: 20261125 },
    )
  })
})
