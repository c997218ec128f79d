import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'
import type { CompiledPolicy, StatementProgram } from '../../policy/aws/types.ts'
import type { Actor } from './actors.ts'
import type { AwsEstate } from './aws-estate.ts'
import { bitmapOf, bitsOf, both, isWithin, overlap, without } from './bitmap.ts'
import type { AwsTarget } from './target.ts'

/** Actions that no statement binding an actor, and no rule of AWS, tells apart: one decision holds for all of them. */
export interface ActionClass {
  /** The action that is the cheapest to decide: it takes the fewest resource types. */
  readonly sample: string
  readonly actions: readonly number[]
}

/** Parts sets of actions into classes for one actor. */
export interface ActionClasses {
  /**
   * Classes of some actions in questions about a target, whose own policy and guardrails may tell them apart too.
   * @param others further statements that are to tell them apart
   */
  of(actions: readonly number[], target: AwsTarget, others?: readonly StatementProgram[]): readonly ActionClass[]
  /** Actions that the actor's Allow statements name, as a bitmap; all of them for a root user. */
  readonly allowed: Uint32Array
}

export function createActionClasses(aws: AwsEstate, actor: Actor): ActionClasses {
  const own = programsBinding(aws, actor)
  const traits = traitsOf(aws.knowledge)
  return {
    allowed: allowedActions(aws, actor),
    of(actions, target, others = []) {
      const programs = [...new Set([...own, ...programsGuarding(aws, target, actor), ...others])]
      const byProgram = refine(actions, programs, aws.knowledge.size)
      const everywhere = target.arn === '*'
      return byProgram.flatMap(({ actions: alike, programs: naming }) => {
        // Asked of all resources, what types an action takes matters only to statements about some of them.
        const withTypes = !everywhere || naming.some(isAboutSome)
        const read = [...new Set(naming.flatMap(({ conditionKeys }) => conditionKeys.map(family)))]
        const classes = groupBy(alike, (action) => traits.of(action, withTypes, read))
        return classes.map((list) => ({ sample: aws.knowledge.nameOf(cheapest(aws, list)), actions: list }))
      })
    },
  }
}

interface Named {
  readonly actions: readonly number[]
  readonly programs: readonly StatementProgram[]
}

/** Parts actions by which of the programs name them. Programs that name the same actions part them once. */
function refine(actions: readonly number[], programs: readonly StatementProgram[], size: number): Named[] {
  const always = programs.filter(({ unreadable }) => unreadable)
  const bySet = Map.groupBy(
    programs.filter(({ unreadable }) => !unreadable),
    (program) => program.actions,
  )
  let parts = [{ bits: bitmapOf(actions, size), programs: always }]
  for (const [set, naming] of bySet) {
    parts = parts.flatMap((part) => {
      if (!overlap(part.bits, set)) return [part]
      const programsOfBoth = [...part.programs, ...naming]
      if (isWithin(part.bits, set)) return [{ bits: part.bits, programs: programsOfBoth }]
      return [
        { bits: both(part.bits, set), programs: programsOfBoth },
        { bits: without(part.bits, set), programs: part.programs },
      ]
    })
  }
  return parts.map(({ bits, programs: naming }) => ({ actions: bitsOf(bits), programs: naming }))
}

function groupBy(actions: readonly number[], keyOf: (action: number) => number | string): number[][] {
  const groups = new Map<number | string, number[]>()
  for (const action of actions) {
    const key = keyOf(action)
    const list = groups.get(key)
    if (list === undefined) groups.set(key, [action])
    else list.push(action)
  }
  return [...groups.values()]
}

const isAboutSome = ({ notResource, resources, unreadable }: StatementProgram): boolean =>
  unreadable || notResource || !resources.every((pattern) => /^\*+$/.test(pattern))

function programsBinding(aws: AwsEstate, actor: Actor): StatementProgram[] {
  const { serviceControl = [] } = aws.ceilingOf(actor.account)
  const policies = [...actor.held.map(({ policy }) => policy), ...actor.boundary, ...serviceControl.flat()]
  return programsOf(policies)
}

/** Statements of the target's own policy and grants, and of the RCPs over its account. */
function programsGuarding(aws: AwsEstate, target: AwsTarget, actor: Actor): StatementProgram[] {
  const { resourceControl = [] } = aws.ceilingOf(target.account ?? actor.account)
  const own = target.policy === undefined ? [] : [target.policy]
  const policies = [...own, ...target.grants.all.map(({ policy }) => policy), ...resourceControl.flat()]
  return programsOf(policies)
}

const programsOf = (policies: readonly CompiledPolicy[]): StatementProgram[] => [
  ...new Set(policies.flatMap(({ statements }) => statements.map(({ program }) => program))),
]

function allowedActions({ knowledge }: AwsEstate, actor: Actor): Uint32Array {
  if (actor.entity.kind === 'AwsRootUser') return knowledge.expand('*')
  const union = new Uint32Array(Math.ceil(knowledge.size / 32))
  for (const { policy } of actor.held) {
    for (const { program } of policy.statements) {
      if (program.effect === 'Allow') program.actions.forEach((word, at) => (union[at] = (union[at] ?? 0) | word))
    }
  }
  return union
}

/** What the evaluator tells actions apart by, beside the statements that name them. */
interface Traits {
  /** @param read families of the context keys that conditions read; those that the action carries count */
  of(action: number, withTypes: boolean, read: readonly string[]): number | string
}

/** Services whose evaluation has rules of its own. */
const PARTICULAR = /^(sts|kms|iam|s3):/

/** Worked out once for each action: numbers that are equal where service rules and resource types are. */
const known = new WeakMap<ActionKnowledge, Traits>()

function traitsOf(knowledge: ActionKnowledge): Traits {
  const traits = known.get(knowledge) ?? createTraits(knowledge)
  known.set(knowledge, traits)
  return traits
}

function createTraits(knowledge: ActionKnowledge): Traits {
  const numbers = new Map<string, number>()
  const number = (text: string): number => {
    const given = numbers.get(text) ?? numbers.size
    numbers.set(text, given)
    return given
  }
  const coarse = new Int32Array(knowledge.size).fill(-1)
  const fine = new Int32Array(knowledge.size).fill(-1)
  const families = new Map<number, ReadonlySet<string>>()
  const fill = (action: number): void => {
    const types = knowledge.resourceTypesOf(action)
    const service = PARTICULAR.exec(knowledge.nameOf(action))?.[1] ?? ''
    coarse[action] = number(`${service}|${types.length > 0}`)
    fine[action] = number(`${service}|${types.join()}`)
  }
  const familiesOf = (action: number): ReadonlySet<string> => {
    const carried = families.get(action) ?? new Set(knowledge.conditionKeysOf(action).map(family))
    families.set(action, carried)
    return carried
  }
  return {
    of(action, withTypes, read) {
      if (coarse[action] === -1) fill(action)
      const trait = (withTypes ? fine[action] : coarse[action]) ?? -1
      if (read.length === 0) return trait
      const carried = familiesOf(action)
      return `${trait}|${read.filter((key) => carried.has(key)).join()}`
    },
  }
}

/** `aws:resourcetag/team` and `aws:resourcetag/*` are of one family. */
const family = (key: string): string => key.split('/', 1)[0] ?? key

function cheapest({ knowledge }: AwsEstate, actions: readonly number[]): number {
  let [best = 0] = actions
  for (const action of actions) if (knowledge.resourceTypesOf(action).length < knowledge.resourceTypesOf(best).length) best = action
  return best
}

export const intersect = (a: Uint32Array, b: Uint32Array): number[] => bitsOf(both(a, b))
