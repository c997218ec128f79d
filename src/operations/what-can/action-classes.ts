import type { Actor } from '../../estate/aws/actors.ts'
import { bitsOf, hasBit } from '../../estate/aws/bitmap.ts'
import type { Estate } from '../../estate/estate.ts'
import type { StatementProgram } from '../../policy/aws/types.ts'

/** Actions that no statement of an actor, and no rule of AWS, tells apart. */
export interface ActionClass {
  readonly sample: string
  /** Action ids, ascending. */
  readonly actions: readonly number[]
  /** Statements (allowing or not) that name them. */
  readonly programs: readonly StatementProgram[]
}

/**
 * Parts the known actions by which of the actor's statements (own, group, boundary, SCP) name them, by what resource types they take and, where
 * a statement has a condition, by which condition keys they carry. One decision then holds for a class.
 */
export function actionClasses(estate: Estate, actor: Actor): ActionClass[] {
  const allowing = programsOf(actor.held.map(({ policy }) => policy)).filter(({ effect, unreadable }) => effect === 'Allow' && !unreadable)
  const ceiling = estate.aws.ceilingOf(actor.account)
  const others = programsOf([...actor.held.map(({ policy }) => policy), ...actor.boundary, ...(ceiling.serviceControl ?? []).flat()]).filter(
    (program) => !allowing.includes(program),
  )
  const programs = [...allowing, ...others]
  const classes = new Map<string, { readonly sample: string; readonly actions: number[]; readonly programs: readonly StatementProgram[] }>()
  for (const action of namedActions(estate, allowing)) {
    const naming = programs.filter((program) => program.unreadable || hasBit(program.actions, action))
    const key = `${naming.map(({ number }) => number).join()}|${tellingApart(estate, action, naming)}`
    const known = classes.get(key)
    if (known === undefined) classes.set(key, { sample: estate.aws.knowledge.nameOf(action), actions: [action], programs: naming })
    else known.actions.push(action)
  }
  return [...classes.values()]
}

function programsOf(policies: readonly { readonly statements: readonly { readonly program: StatementProgram }[] }[]): StatementProgram[] {
  return [...new Set(policies.flatMap(({ statements }) => statements.map(({ program }) => program)))]
}

function namedActions(estate: Estate, allowing: readonly StatementProgram[]): number[] {
  const union = new Uint32Array(Math.ceil(estate.aws.knowledge.size / 32))
  for (const { actions } of allowing) actions.forEach((word, at) => (union[at] = (union[at] ?? 0) | word))
  return bitsOf(union)
}

/** What the evaluator tells actions apart by, beside their names in statements. */
function tellingApart(estate: Estate, action: number, naming: readonly StatementProgram[]): string {
  const { knowledge } = estate.aws
  const types = knowledge.resourceTypesOf(action).join()
  const service = /^(sts|kms|iam|s3):/.exec(knowledge.nameOf(action))?.[1] ?? ''
  return naming.some(({ hasCondition }) => hasCondition) ? `${service}${types}|${knowledge.conditionKeysOf(action).join()}` : `${service}${types}`
}
