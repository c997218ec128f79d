import type { FindingFact, Origin, SourceRecord } from '../../../domain/facts.ts'
import { fileFinding, findingAt } from '../../finding.ts'
import { canonicalId, managementGroupOf, placeOf, subscriptionId, subscriptionOf, topResourceOf } from '../arm-id.ts'
import { soleTenant, type Resolve } from '../coverage.ts'
import type { AzureState } from '../state.ts'
import { before } from '../statement.ts'
import { isRootGroup } from './tree.ts'

/**
 * What is wrong with what was read together: roles that no listing defines, principals that Azure calls unknown, scopes that are gone, and listings
 * that show only a part. Each names the first grant that it touches.
 * @param coverages what is covered and how completely, without what follows from here
 */
export function* findingsOf(state: AzureState, resolve: Resolve, coverages: SourceRecord[]): Generator<FindingFact> {
  yield* missingRoles(state, resolve)
  yield* gonePrincipals(state, resolve)
  yield* missingScopes(state, resolve, coverages)
  for (const finding of [...filteredLists(state), ...brokenTree(state, resolve), ...houndFinding(state, coverages)]) {
    markIncomplete(coverages, finding.coverage)
    yield finding
  }
}

interface First {
  readonly at: Origin
  readonly coverage: string | null
  count: number
}

function noteFirst(firsts: Map<string, First>, key: string, at: Origin, coverage: string | undefined): void {
  const known = firsts.get(key)
  if (known === undefined) firsts.set(key, { at, coverage: coverage ?? null, count: 1 })
  else firsts.set(key, { ...(before(at, known.at) ? { at, coverage: coverage ?? null } : known), count: known.count + 1 })
}

function* missingRoles(state: AzureState, resolve: Resolve): Generator<FindingFact> {
  const missing = new Map<string, First>()
  for (const statements of state.held.values())
    for (const { statement, coverages } of statements) {
      const role = statement.gives?.id
      if (role !== undefined && !state.held.has(role)) noteFirst(missing, role, statement.at, firstOf(coverages, resolve))
    }
  for (const [role, { at, coverage, count }] of missing) {
    const message = `No export defines the role ${role}, which ${grants(count)}: what that allows is not known. Print it with az role definition list.`
    yield findingAt('ROLE_MISSING', at, message, { entity: role, coverage })
  }
}

const grants = (count: number): string => (count === 1 ? 'a grant gives' : `${count} grants give`)

const firstOf = (coverages: ReadonlySet<string>, resolve: Resolve): string | undefined => [...coverages].flatMap(resolve).sort()[0]

/** Azure says `Unknown` of a principal that its directory has no more. */
function* gonePrincipals(state: AzureState, resolve: Resolve): Generator<FindingFact> {
  const gone = new Map<string, First>()
  for (const statements of state.held.values())
    for (const { statement, coverages } of statements) {
      const { holder } = statement
      if (holder !== undefined && state.principals.get(holder.id)?.isGone === true)
        noteFirst(gone, holder.id, statement.at, firstOf(coverages, resolve))
    }
  for (const [principal, { at, coverage, count }] of gone) {
    const message = `Azure knows ${principal} no more, to whom ${count === 1 ? 'a grant is' : `${count} grants are`} left over: nobody holds it.`
    yield findingAt('PRINCIPAL_MISSING', at, message, { entity: principal, coverage })
  }
}

function* missingScopes(state: AzureState, resolve: Resolve, coverages: readonly SourceRecord[]): Generator<FindingFact> {
  const complete = new Set(coverages.flatMap((each) => (each.record === 'coverage' && each.complete ? [each.id] : [])))
  for (const { printed, grant } of state.places.values()) {
    const scope = grant === undefined ? undefined : missingScope(state, canonicalId(printed), complete)
    if (grant === undefined || scope === undefined) continue
    const message = `The grant is at ${canonicalId(printed)}, but no complete listing has ${scope}: it was deleted, or could not be seen.`
    yield findingAt('SCOPE_MISSING', grant.at, message, { entity: grant.id, coverage: resolve(grant.coverage)[0] ?? null })
  }
}

/** @returns what of it isn't there, though a complete listing would have it */
function missingScope(state: AzureState, id: string, complete: ReadonlySet<string>): string | undefined {
  if (managementGroupOf(id) !== undefined) {
    // Of a group that nobody names, the tenant is known only where there is but one.
    const isListed = complete.has(`azure:management-groups:${soleTenant(state) ?? ''}`)
    return isListed && !state.tree.groups.has(id) ? id : undefined
  }
  const subscription = subscriptionOf(id)
  if (subscription === undefined) return undefined
  const tenant = state.tree.subscriptions.get(subscriptionId(subscription))?.tenant ?? soleTenant(state) ?? ''
  const isListed = (part: string): boolean =>
    complete.has(`azure:${part}/subscription:${subscription}`) || complete.has(`azure:${part}/tenant:${tenant}`)
  const top = topResourceOf(id)
  if (top !== undefined && !state.stated.has(top) && isListed('resources')) return top
  const group = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(id)?.[0]
  return group !== undefined && !state.stated.has(group) && isListed('resource-groups') ? group : undefined
}

/** `az role assignment list` without `--all` prints only what is at one scope, and doesn't say so. */
function* filteredLists(state: AzureState): Generator<FindingFact> {
  const listsAbove = [...state.covered.keys()].some((id) => id.startsWith('?role-assignments '))
  for (const [coverage, { onlyAt }] of state.covered) {
    if (onlyAt === undefined || onlyAt.scope === undefined || listsAbove || coverage.startsWith('?')) continue
    const message = `All role assignments of the list are at ${onlyAt.scope}: without --all the CLI prints no others. Those above and below may be missing.`
    yield fileFinding('EXPORT_TRUNCATED', onlyAt.file, '', message, { entity: placeOf(onlyAt.scope).id, coverage })
  }
}

/** A management group or subscription of which no listing says where it lies: what holds above it is not known. */
function* brokenTree(state: AzureState, resolve: Resolve): Generator<FindingFact> {
  const covered = [...state.covered.keys()].filter((id) => id.startsWith('azure:management-groups:') || id.startsWith('?management-groups '))
  const [pending] = covered
  if (pending === undefined) return
  const [coverage = pending] = resolve(pending)
  const tenant = coverage.slice('azure:management-groups:'.length)
  const isLoose = (id: string): boolean => !state.tree.parents.has(id)
  const loose = [
    ...[...state.tree.groups.keys()].filter((id) => isLoose(id) && !isRootGroup(state, id)),
    ...[...state.tree.subscriptions]
      .filter(([id, node]) => isLoose(id) && node.coverages.size > 0 && (node.tenant ?? tenant) === tenant)
      .map(([id]) => id),
  ].sort()
  const [first] = loose
  if (first === undefined) return
  const file = [...(state.covered.get(pending)?.files ?? [])].sort()[0] ?? ''
  const others = loose.length === 1 ? '' : ` Nor of ${loose.length - 1} more.`
  const message = `No listing says in which management group ${first} lies: what is granted above it is not known.${others} Print the tree from its root.`
  yield fileFinding('EXPORT_TRUNCATED', file, '', message, { entity: first, coverage })
}

/** What AzureHound leaves out, said once. */
function* houndFinding(state: AzureState, coverages: SourceRecord[]): Generator<FindingFact> {
  const ids = coverages.flatMap((each) => (each.record === 'coverage' && each.id.startsWith('azure:azurehound/') ? [each.id] : [])).sort()
  const [first] = ids
  if (first === undefined) return
  for (const id of ids) markIncomplete(coverages, id)
  const file = [...state.covered].flatMap(([id, { files }]) => (id.includes('azurehound') ? [...files] : [])).sort()[0] ?? ''
  const message = 'AzureHound collects no conditions of role assignments, role definitions, deny assignments and locks: what these say is not known.'
  yield fileFinding('EXPORT_TRUNCATED', file, '', message, { coverage: first })
}

function markIncomplete(coverages: SourceRecord[], id: string | null): void {
  for (const [index, each] of coverages.entries()) if (each.record === 'coverage' && each.id === id) coverages[index] = { ...each, complete: false }
}
