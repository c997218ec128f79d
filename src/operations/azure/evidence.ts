import type { Reason } from '../../domain/decision.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import { documentOf } from '../../estate/azure/documents.ts'
import type { Estate } from '../../estate/estate.ts'
import type { Entity, EvidenceStep } from '../answers.ts'
import { holderOf, type MicrosoftDecision } from './decisions.ts'
import type { Subject } from './resolve.ts'

/**
 * The chain behind a decision: principal → (group …) → assignment → role → permission block → scope → target; denies, locks and eligibilities that stand
 * in between are named.
 */
export function evidenceOf(estate: Estate, actor: AzureActor, decision: MicrosoftDecision, subject: Subject): EvidenceStep[] {
  const steps = decision.because.flatMap((reason) => stepsFor(estate, actor, subject, reason))
  return [step('PRINCIPAL', actor.entity, actor.entity.name), ...steps, step('TARGET', subject.entity, subject.entity.id)]
}

const step = (relation: EvidenceStep['relation'], entity: Entity, text: string): EvidenceStep => ({ relation, entity, text })

function stepsFor(estate: Estate, actor: AzureActor, subject: Subject, reason: Reason): EvidenceStep[] {
  if (reason.code === 'OWNER') return [step('HOLDS', subject.entity, `owns ${subject.entity.name}`)]
  if (reason.layer === 'APP_PERMISSION') return permissionSteps(estate, actor, reason)
  const grant = reason.policy === undefined ? undefined : estate.entity(reason.policy)
  if (grant === undefined) return reason.policy === undefined ? [] : policySteps(estate, actor, reason.policy)
  if (reason.layer === 'DENY_ASSIGNMENT' || reason.layer === 'LOCK') return [guardrailStep(grant, reason)]
  return grantSteps(estate, actor, grant, reason)
}

function grantSteps(estate: Estate, actor: AzureActor, grant: Entity, reason: Reason): EvidenceStep[] {
  const isEligible = reason.code === 'ELIGIBLE_ONLY'
  const role = estate.roleOf(grant.id)
  const places = estate.placesOf(grant.id)
  const what = role?.name ?? grant.name
  const held = step('HOLDS', grant, `${isEligible ? 'is eligible for' : 'holds'} ${grant.kind === 'GroupEligibility' ? namesOf(places) : what}`)
  return [
    ...membershipSteps(estate, actor, holderOf(estate, grant.id)),
    grant.document === null ? held : { ...held, policy: grant.id, document: documentOf(grant) },
    ...(role === undefined ? [] : [step('GIVES', role, `gives ${role.name}`), ...blockStep(role, reason)]),
    ...places.map((place) => step('AT', place, grant.kind === 'GroupEligibility' ? `membership of ${place.name}` : `at ${place.id}`)),
  ]
}

const namesOf = (entities: readonly Entity[]): string => entities.map(({ name }) => name).join(', ')

/** The groups through which it holds a grant, one in another. */
function membershipSteps({ azure, graph }: Estate, actor: AzureActor, holder: string | undefined): EvidenceStep[] {
  const group = holder === undefined || holder === actor.entity.id ? undefined : graph.numberOf(holder)
  if (group === undefined) return []
  const path = actor.node === -1 ? [] : azure.memberships.pathTo(actor.node, group, azure.now().getTime())
  if (path.length > 0) return path.map((node) => graph.entityAt(node)).map((entity) => step('MEMBER_OF', entity, `member of ${entity.name}`))
  const entity = graph.entityAt(group)
  return [step('MEMBER_OF', entity, `perhaps a member of ${entity.name}, whose members were not all loaded`)]
}

/** The permission block that decides, as the definition has it. */
function blockStep(role: Entity, { statement, kind }: Reason): EvidenceStep[] {
  const index = /permissions\[(\d+)\]$/.exec(statement ?? '')?.[1]
  if (index === undefined || role.document === null) return []
  const printed = documentOf(role)
  const inner = printed['properties']
  const blocks = printed['permissions'] ?? (typeof inner === 'object' && inner !== null && 'permissions' in inner ? inner.permissions : undefined)
  const document: unknown = Array.isArray(blocks) ? blocks[Number(index)] : undefined
  return [
    {
      relation: 'STATEMENT',
      entity: role,
      policy: role.id,
      statement: `permissions[${index}]`,
      ...(document === undefined ? {} : { document }),
      ...(kind === 'ALLOW' ? { effect: 'Allow' as const } : {}),
      text: `${kind === 'ALLOW' ? 'allowed by' : 'would be allowed by'} permissions[${index}] of ${role.name}`,
    },
  ]
}

function guardrailStep(guardrail: Entity, reason: Reason): EvidenceStep {
  return {
    relation: 'LIMITED_BY',
    entity: guardrail,
    policy: guardrail.id,
    ...(guardrail.document === null ? {} : { document: documentOf(guardrail) }),
    effect: 'Deny',
    text: `${reason.layer === 'LOCK' ? 'blocked by the lock' : 'denied by'} ${guardrail.name}`,
  }
}

/** An access policy that the graph has only in its vault's document. */
function policySteps(estate: Estate, actor: AzureActor, policy: string): EvidenceStep[] {
  const vault = estate.entity(policy.slice(0, Math.max(0, policy.indexOf('#'))))
  if (vault === undefined) return []
  const held: EvidenceStep = { relation: 'HOLDS', entity: vault, policy, text: `holds an access policy of ${vault.name}` }
  return [...membershipSteps(estate, actor, holderOf(estate, policy)), held]
}

function permissionSteps(estate: Estate, actor: AzureActor, { policy }: Reason): EvidenceStep[] {
  const held = estate.directory.permissionsOf(actor.entity.id).find(({ name }) => name === policy)
  if (held === undefined) return []
  const { grant, role } = held
  return [step('HOLDS', grant, `holds ${policy ?? grant.name}`), ...(role === undefined ? [] : [step('GIVES', role, `gives ${role.name}`)])]
}
