import type { CompiledPolicy, StatementProgram } from '../../policy/aws/types.ts'
import type { Actor } from './actors.ts'
import type { AwsEstate } from './aws-estate.ts'
import { bitsOf, hasBit } from './bitmap.ts'
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
   * @param others further policies that are to tell them apart
   */
  of(actions: readonly number[], target: AwsTarget, others?: readonly CompiledPolicy[]): readonly ActionClass[]
  /** Actions that the actor's Allow statements name, as a bitmap; all of them for a root user. */
  readonly allowed: Uint32Array
}

/** Services whose evaluation has rules of its own. */
const PARTICULAR = /^(sts|kms|iam|s3):/

export function createActionClasses(aws: AwsEstate, actor: Actor): ActionClasses {
  const own = programsBinding(aws, actor)
  const naming = new Map<number, readonly StatementProgram[]>()
  const namingOf = (action: number): readonly StatementProgram[] => {
    const known = naming.get(action) ?? own.filter((program) => names(program, action))
    naming.set(action, known)
    return known
  }
  return {
    allowed: allowedActions(aws, actor),
    of(actions, target, others = []) {
      const guarding = [...programsGuarding(aws, target, actor), ...programsOf(others)]
      const classes = new Map<string, number[]>()
      for (const action of actions) {
        const named = guarding.length === 0 ? namingOf(action) : [...namingOf(action), ...guarding.filter((program) => names(program, action))]
        // Asked of all resources, what types an action takes matters only to statements about some of them.
        const withTypes = target.arn !== '*' || named.some(isAboutSome)
        const key = `${named.map(({ number }) => number).join()}|${tellingApart(aws, action, named, withTypes)}`
        const list = classes.get(key)
        if (list === undefined) classes.set(key, [action])
        else list.push(action)
      }
      return [...classes.values()].map((list) => ({ sample: aws.knowledge.nameOf(cheapest(aws, list)), actions: list }))
    },
  }
}

const names = ({ unreadable, actions }: StatementProgram, action: number): boolean => unreadable || hasBit(actions, action)

const isAboutSome = ({ notResource, resources, unreadable }: StatementProgram): boolean =>
  unreadable || notResource || !resources.every((pattern) => /^\*+$/.test(pattern))

function programsBinding(aws: AwsEstate, actor: Actor): StatementProgram[] {
  const { serviceControl = [] } = aws.ceilingOf(actor.account)
  const policies = [...actor.held.map(({ policy }) => policy), ...actor.boundary, ...serviceControl.flat()]
  return programsOf(policies)
}

/** Statements of the target's own policy, and of the RCPs over its account. */
function programsGuarding(aws: AwsEstate, target: AwsTarget, actor: Actor): StatementProgram[] {
  const { resourceControl = [] } = aws.ceilingOf(target.account ?? actor.account)
  const policies = [...(target.policy === undefined ? [] : [target.policy]), ...resourceControl.flat()]
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

/** What the evaluator tells actions apart by: services with rules of their own, resource types, and which of the keys in conditions they carry. */
function tellingApart({ knowledge }: AwsEstate, action: number, naming: readonly StatementProgram[], withTypes: boolean): string {
  const types = knowledge.resourceTypesOf(action)
  const taken = withTypes ? types.join() : String(types.length > 0)
  const service = PARTICULAR.exec(knowledge.nameOf(action))?.[1] ?? ''
  const read = naming.flatMap(({ conditionKeys }) => conditionKeys)
  if (read.length === 0) return `${service}|${taken}`
  const carried = new Set(knowledge.conditionKeysOf(action).map(family))
  return `${service}|${taken}|${read.filter((key) => carried.has(family(key))).join()}`
}

/** `aws:resourcetag/team` and `aws:resourcetag/${tagkey}` are of one family. */
const family = (key: string): string => key.split('/', 1)[0] ?? key

function cheapest({ knowledge }: AwsEstate, actions: readonly number[]): number {
  let [best = 0] = actions
  for (const action of actions) if (knowledge.resourceTypesOf(action).length < knowledge.resourceTypesOf(best).length) best = action
  return best
}

export const intersect = (a: Uint32Array, b: Uint32Array): number[] => bitsOf(a.map((word, at) => word & (b[at] ?? 0)))
