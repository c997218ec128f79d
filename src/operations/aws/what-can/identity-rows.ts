import { type ActionClasses, createActionClasses, intersect } from '../../../estate/aws/action-classes.ts'
import type { Actor } from '../../../estate/aws/actors.ts'
import { bitsOf } from '../../../estate/aws/bitmap.ts'
import { tagsOf } from '../../../estate/aws/request.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import { renderCondition } from '../../../policy/aws/index.ts'
import type { AwsDecision, StatementProgram } from '../../../policy/aws/types.ts'
import { partConditions } from '../wording.ts'
import { wayOf } from '../ways.ts'
import { exceptFor, exceptionsWithin } from './exceptions.ts'
import type { PermissionRow } from './rows.ts'
import { spellActions } from './spell-actions.ts'

/** What an actor's own and group policies give it, at the grain of the grant: one row for each resource pattern, way, certainty and condition. */
export function identityRows(estate: Estate, actor: Actor): PermissionRow[] {
  const classes = createActionClasses(estate.aws, actor)
  if (actor.entity.kind === 'AwsRootUser') return patternRows(estate, actor, '*', classes, classes.allowed)
  return [...patternsOf(actor)].flatMap(([pattern, programs]) => patternRows(estate, actor, pattern, classes, unionOf(programs)))
}

function unionOf(programs: ReadonlySet<StatementProgram>): Uint32Array {
  const [first, ...rest] = programs
  const union = Uint32Array.from(first?.actions ?? [])
  for (const { actions } of rest) actions.forEach((word, at) => (union[at] = (union[at] ?? 0) | word))
  return union
}

/** Resource patterns of the actor's Allow statements, with the statements that name each. NotResource grants on everything but. */
function patternsOf(actor: Actor): Map<string, Set<StatementProgram>> {
  const patterns = new Map<string, Set<StatementProgram>>()
  for (const { policy } of actor.held) {
    for (const { program } of policy.statements) {
      if (program.effect !== 'Allow' || program.unreadable) continue
      for (const pattern of program.notResource ? ['*'] : program.resources) {
        const resolved = resolveVariables(actor, pattern)
        patterns.set(resolved, (patterns.get(resolved) ?? new Set()).add(program))
      }
    }
  }
  return patterns
}

/** Puts in what is known of the actor; what only a session knows may be anything. */
function resolveVariables(actor: Actor, pattern: string): string {
  const known = new Map<string, string>(tagsOf(actor.entity.properties.tags).map(([key, value]) => [`aws:principaltag/${key.toLowerCase()}`, value]))
  if (actor.entity.kind === 'AwsUser') known.set('aws:username', actor.entity.name)
  if (actor.account !== null) known.set('aws:principalaccount', actor.account)
  return pattern.replaceAll(/\$\{([^}]*)\}/g, (whole, name: string) => {
    if (name === '*' || name === '?' || name === '$') return whole
    return known.get(name.split(',')[0]?.trim().toLowerCase() ?? '') ?? '*'
  })
}

function patternRows(estate: Estate, actor: Actor, pattern: string, classes: ActionClasses, granted: Uint32Array): PermissionRow[] {
  const target = patternTarget(estate, actor, pattern)
  const exceptions = exceptionsWithin(estate, actor, target)
  const rows = new Map<string, { readonly row: PermissionRow; readonly actions: number[] }>()
  for (const { sample, actions } of classes.of(applicable(estate, target, granted), target, exceptions.denying)) {
    const decision = estate.aws.decide(actor, sample, target)
    if (decision.effect === 'DENY') continue
    const row = exceptFor(rowOf(actor, target, decision), exceptions.of(sample, decision))
    const key = [row.via, row.certainty, ...row.conditions].join('\n')
    const known = rows.get(key)
    if (known === undefined) rows.set(key, { row, actions: [...actions] })
    else known.actions.push(...actions)
  }
  return [...rows.values()].map(({ row, actions }) => ({ ...row, actions: spellActions(estate.aws.knowledge, actions) }))
}

/** A specific ARN gives nothing to actions that take other resources, or none. */
function applicable(estate: Estate, target: AwsTarget, granted: Uint32Array): number[] {
  const { knowledge } = estate.aws
  const types = target.arn === '*' ? [] : knowledge.typesOfArn(target.arn)
  if (types.length === 0) return bitsOf(granted)
  return [...new Set(types.flatMap(({ name }) => intersect(granted, knowledge.actionsOn(name))))].sort((a, b) => a - b)
}

function patternTarget(estate: Estate, actor: Actor, pattern: string): AwsTarget {
  if (/^\*+$/.test(pattern) && actor.account !== null) return estate.aws.target(actor.account)
  return estate.aws.target(pattern, actor.account ?? undefined)
}

export function rowOf(
  actor: Actor,
  target: AwsTarget,
  decision: AwsDecision,
): Omit<PermissionRow, 'actions'> & { readonly actions: readonly string[] } {
  return {
    target,
    via: wayOf(actor, decision),
    certainty: decision.effect === 'ALLOW' ? 'ALLOWED' : 'CONDITIONAL',
    actions: [],
    conditions: conditionsOf(decision),
    actor,
    decision,
    route: [],
  }
}

const conditionsOf = (decision: AwsDecision): string[] => [
  ...(decision.conditions === undefined ? [] : renderCondition(decision.conditions)),
  ...partConditions(decision.parts),
]
