import type { Reason } from '../../domain/decision.ts'
import { statementsOf } from '../../estate/aws/named-principals.ts'
import type { Actor, HeldPolicy } from '../../estate/aws/actors.ts'
import { isOfIdentityCenter } from '../../estate/aws/identity-center.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import type { AwsDecision } from '../../policy/aws/types.ts'
import type { Entity, EvidenceStep } from '../answers.ts'

/** One identity acting by itself: who, what was decided, on what. */
export interface Act {
  readonly actor: Actor
  readonly decision: AwsDecision
  readonly target: AwsTarget
}

/** The chain behind a decision: principal → (group) → grant → role → statement → target, and every guardrail that was asked. */
export function evidenceOf(estate: Estate, { actor, decision, target }: Act): EvidenceStep[] {
  return [
    step('PRINCIPAL', actor.entity, actor.entity.name),
    ...assignmentSteps(estate, actor, target),
    ...decision.because.flatMap((reason) => stepsFor(estate, actor, target, reason)),
    ...(target.account === null || target.entity.id === target.account ? [] : accountStep(estate, target.account)),
    step('TARGET', target.entity, target.entity.id),
  ]
}

/** The step from a principal to an identity that it takes. */
export const actsAs = (role: Entity, how: string): EvidenceStep => step('ACTS_AS', role, `acts as ${role.name} by ${how}`)

const step = (relation: EvidenceStep['relation'], entity: Entity, text: string): EvidenceStep => ({ relation, entity, text })

function accountStep(estate: Estate, account: string): EvidenceStep[] {
  const scope = estate.entity(account)
  return scope === undefined ? [] : [step('AT', scope, `in account ${scope.name === account ? account : `${scope.name} (${account})`}`)]
}

function stepsFor(estate: Estate, actor: Actor, target: AwsTarget, reason: Reason): EvidenceStep[] {
  switch (reason.layer) {
    case 'IDENTITY':
      return identitySteps(estate, actor, reason)
    case 'RESOURCE':
      return resourceSteps(target, reason)
    default: {
      const guardrail = guardrailOf(estate, reason.policy)
      return guardrail === undefined ? [] : [statementStep('LIMITED_BY', guardrail, guardrail.document, reason)]
    }
  }
}

/** What the resource's owner says: its policy, or a grant beside it, as AWS prints it. */
function resourceSteps({ policyHolder, grants }: AwsTarget, reason: Reason): EvidenceStep[] {
  if (reason.policy === undefined) return []
  const grant = grants.all.find(({ entity }) => entity.id === reason.policy)?.entity
  if (grant === undefined) return policyHolder === undefined ? [] : [statementStep('STATEMENT', policyHolder, policyHolder.document, reason)]
  return [step('HOLDS', grant, `holds ${grant.name}`), { ...statementStep('STATEMENT', grant, null, reason), document: printed(grant.document) }]
}

function printed(document: string | null): unknown {
  if (document === null) return null
  try {
    return JSON.parse(document)
  } catch {
    return document
  }
}

/** How a user of Identity Center comes to a role: (group →) assignment → permission set. */
function assignmentSteps({ aws, graph }: Estate, { entity, node }: Actor, target: AwsTarget): EvidenceStep[] {
  if (!isOfIdentityCenter(entity)) return []
  const way = aws.identityCenter.waysOf(node).find(({ role }) => graph.entityAt(role) === target.entity)
  if (way === undefined) return []
  const group = graph.entityAt(way.holder)
  const assignment = graph.entityAt(way.assignment)
  const permissionSets = [...graph.out('GIVES', way.assignment)].map((set) => graph.entityAt(set))
  return [
    ...(way.holder === node ? [] : [step('MEMBER_OF', group, `member of ${group.name}`)]),
    step('HOLDS', assignment, `is assigned ${permissionSets.map(({ name }) => name).join(', ')} in account ${target.account ?? ''}`),
    ...permissionSets.map((set) => step('GIVES', set, `gives the permission set ${set.name}`)),
  ]
}

function identitySteps(estate: Estate, actor: Actor, reason: Reason): EvidenceStep[] {
  const held = actor.held.find(({ policy }) => policy.id === reason.policy)
  if (held === undefined) return []
  // A group that no export states: what it gives is not known.
  if (held.role === held.holder)
    return [
      step('MEMBER_OF', estate.graph.entityAt(held.holder), `member of ${estate.graph.entityAt(held.holder).name}, whose policies were not exported`),
    ]
  const role = estate.graph.entityAt(held.role)
  return [...holdingSteps(estate, actor, held), step('GIVES', role, `gives ${role.name}`), statementStep('STATEMENT', role, role.document, reason)]
}

function holdingSteps(estate: Estate, actor: Actor, held: HeldPolicy): EvidenceStep[] {
  const grant = step('HOLDS', estate.graph.entityAt(held.grant), `holds ${estate.graph.entityAt(held.role).name}`)
  if (held.holder === actor.node) return [grant]
  const group = estate.graph.entityAt(held.holder)
  return [step('MEMBER_OF', group, `member of ${group.name}`), grant]
}

/** A guardrail by its own id, or a boundary by the policy that it is made of. */
const guardrailOf = (estate: Estate, policy: string | undefined): Entity | undefined =>
  policy === undefined ? undefined : (estate.entity(`${policy}#boundary`) ?? estate.entity(policy))

function statementStep(relation: 'STATEMENT' | 'LIMITED_BY', entity: Entity, document: string | null, reason: Reason): EvidenceStep {
  const statement = statementAt(document, reason.statement)
  const verb = reason.kind === 'EXPLICIT_DENY' ? 'denied by' : reason.kind === 'ALLOW' ? 'allowed by' : 'not allowed by'
  const where = reason.statement === undefined ? entity.name : `${reason.statement} of ${entity.name}`
  return {
    relation,
    entity,
    ...(reason.policy === undefined ? {} : { policy: reason.policy }),
    ...(reason.statement === undefined ? {} : { statement: reason.statement }),
    ...(statement === undefined ? {} : { document: statement }),
    ...(reason.kind === 'MISSING_ALLOW' ? {} : { effect: reason.kind === 'ALLOW' ? ('Allow' as const) : ('Deny' as const) }),
    text: `${verb} ${where}`,
  }
}

/** The statement that a reason names (by Sid, or `Statement[2]`), as the provider wrote it. */
function statementAt(document: string | null, name: string | undefined): unknown {
  if (document === null || name === undefined) return undefined
  const statements = statementsOf(document)
  const place = /^Statement\[(\d+)\]$/.exec(name)?.[1]
  return place === undefined ? statements.find((statement) => statement['Sid'] === name) : statements[Number(place)]
}
