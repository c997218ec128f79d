import type { EntityFact, SourceRecord } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { canonicalId, managementGroupOf, placeOf, subscriptionId, subscriptionOf } from '../arm-id.ts'
import { soleTenant, type Resolve } from '../coverage.ts'
import { edge, ref } from '../facts.ts'
import { statementsOf } from '../map/lighthouse.ts'
import { hold, type AzureState } from '../state.ts'
import type { Held } from '../statement.ts'

/** Grants, roles and guardrails, with their edges. */
export function* heldFacts(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  for (const statements of state.held.values()) {
    const isTold = statements.some((held) => !isOfHound(held))
    for (const held of statements) yield* factsOf(isTold && isOfHound(held) ? withoutDocument(held) : held, state, resolve)
  }
}

const isOfHound = ({ coverages }: Held): boolean => [...coverages].every((coverage) => coverage.includes('azurehound'))

/** AzureHound leaves conditions out: where another listing tells of an assignment, that one decides. */
const withoutDocument = ({ statement, coverages }: Held): Held => ({
  statement: { ...statement, entity: { ...statement.entity, name: statement.entity.id, document: null } },
  coverages,
})

function* factsOf({ statement, coverages }: Held, state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  const coverage = [...new Set([...coverages].flatMap(resolve))].sort()
  const { entity, holder, gives, where } = statement
  yield { record: 'entity', ...entity, scope: scopeOf(where, state), coverage } satisfies EntityFact
  const self = ref(entity.label, entity.id)
  if (holder !== undefined) yield edge('HOLDS', ref('Principal', holder.id), self, coverage)
  if (gives !== undefined) yield edge('GIVES', self, ref('Role', gives.id), coverage)
  if (where === undefined) return
  const place = placeOf(where)
  yield edge(entity.label === 'Guardrail' ? 'LIMITS' : 'AT', self, ref(place.label, place.id), coverage)
}

/** The subscription that it holds in, else the tenant. */
function scopeOf(where: string | undefined, state: AzureState): string | null {
  const id = canonicalId(where ?? '/')
  const subscription = subscriptionOf(id)
  if (subscription !== undefined) return subscriptionId(subscription)
  const group = managementGroupOf(id) === undefined ? undefined : state.tree.groups.get(id)?.tenant
  return group ?? soleTenant(state) ?? null
}

/** Who may do what by a delegation, once its definition was read. */
export function* delegationFacts(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  for (const delegation of state.delegations) {
    const statements = statementsOf(state, delegation)
    for (const statement of statements ?? []) hold(state, statement, delegation.coverage)
    if (statements !== undefined) continue
    const message = `The Lighthouse delegation ${delegation.id} is of a definition that no file holds: who may do what by it is not known.`
    const covered = state.covered.get(delegation.coverage)
    if (covered !== undefined) covered.complete = false
    yield fileFinding('ROLE_MISSING', delegation.at.file, delegation.at.place, message, {
      entity: delegation.id,
      coverage: resolve(delegation.coverage)[0] ?? null,
    })
  }
}

/** Until when PIM lets an assignment hold; its listing doesn't tell. */
export function* windowFacts(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  for (const [id, { until, coverages }] of state.windows)
    for (const { statement } of state.held.get(id) ?? []) {
      const { entity, where } = statement
      const coverage = [...new Set([...coverages].flatMap(resolve))].sort()
      const properties = { validUntil: until }
      yield { record: 'entity', ...entity, scope: scopeOf(where, state), properties, document: null, coverage } satisfies EntityFact
    }
}

/** What carries an identity that is a resource of its own has its credentials; where its object id is not known, those of the resource. */
export function* identityFacts(state: AzureState): Generator<SourceRecord> {
  for (const { resource, identity, coverage } of state.carries) {
    const principal = state.identities.get(identity)
    const to = principal === undefined ? ref('Resource', identity) : ref('Principal', principal)
    yield edge('CAN_AUTHENTICATE_AS', ref('Resource', resource), to, [coverage])
  }
}
