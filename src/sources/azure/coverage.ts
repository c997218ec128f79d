import type { CoverageFact, SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { FileNote } from '../source.ts'
import { canonicalId, managementGroupOf, subscriptionOf } from './arm-id.ts'
import type { Part } from './kinds.ts'
import type { AzureState } from './state.ts'

/**
 * What a listing speaks for. Where its place, an envelope or a manifest says what was listed, all rows belong to that subscription or tenant. Where only
 * the rows tell, each belongs to the subscription that it lies in. A listing of a subscription also prints what holds above it (management groups,
 * the root): such rows belong to the subscriptions that were listed, which shows when all is read. Until then `?{part} {id}` stands for them.
 */

export interface Covered {
  complete: boolean
  takenAt: string | undefined
  /** Newest date in a row. */
  newest: string | undefined
  readonly files: Set<string>
  /** Rows of `az role assignment list` that say nothing of what was listed: the one scope that all are at; undefined: they are at several. */
  onlyAt: { readonly scope: string | undefined; readonly file: string; count: number } | undefined
}

/** An answer that says whether something follows. */
export interface Page {
  readonly file: string
  readonly place: string
  readonly coverages: readonly string[]
  /** Pages of one answer have one. */
  readonly group: string
  readonly goesOn: boolean
  /** Resource Graph: rows of this page, and of the whole answer. */
  readonly rows: number
  readonly total: number | undefined
  /** The same page may be given twice. */
  readonly identity: string
}

/** Listed for a whole tenant, whatever the rows' ids. */
const OF_TENANTS: ReadonlySet<Part> = new Set(['management-groups', 'subscriptions'])

const UNKNOWN_TENANT = 'unknown-tenant'

/** @param id canonical, of where the row's thing lies or holds @param tenant that the row itself names */
export function coverageOf(part: Part, id: string, note: FileNote, tenant: string | undefined): string {
  const isNoted = note.kind?.startsWith('azure/arm/') === true
  const noted = note.tenant?.toLowerCase()
  if (OF_TENANTS.has(part)) {
    const of = isNoted ? (noted ?? tenant) : (tenant ?? noted)
    return of === undefined ? `?${part} /` : `azure:${part}:${of}`
  }
  if (isNoted && note.subscription !== undefined) return `azure:${part}/subscription:${note.subscription.toLowerCase()}`
  const group = isNoted && note.subject !== undefined ? managementGroupOf(canonicalId(note.subject)) : undefined
  if (group !== undefined) return `azure:${part}/management-group:${group}`
  if (isNoted && noted !== undefined) return `azure:${part}/tenant:${noted}`
  const subscription = subscriptionOf(id)
  if (subscription !== undefined) return `azure:${part}/subscription:${subscription}`
  return part === 'role-definitions' && tenant !== undefined ? `azure:${part}/tenant:${tenant}` : `?${part} ${id}`
}

/** Begins to cover, or goes on to. */
export function touch(state: AzureState, id: string, file: string, note: FileNote): Covered {
  const known = state.covered.get(id)
  const covered = known ?? {
    complete: true,
    takenAt: undefined,
    newest: undefined,
    files: new Set<string>(),
    onlyAt: undefined,
  }
  if (known === undefined) state.covered.set(id, covered)
  covered.files.add(file)
  if (note.tenant !== undefined) state.tenants.add(note.tenant.toLowerCase())
  if (note.takenAt !== undefined && (covered.takenAt ?? '') < note.takenAt) covered.takenAt = note.takenAt
  if (note.complete === false) covered.complete = false
  return covered
}

/** The only tenant that anything names. */
export const soleTenant = (state: AzureState): string | undefined => (state.tenants.size === 1 ? [...state.tenants][0] : undefined)

/** What stands for coverages until all is read, resolved. */
export type Resolve = (id: string) => readonly string[]

export function resolver(state: AzureState): Resolve {
  const resolved = new Map<string, readonly string[]>()
  const ids = [...state.covered.keys()]
  return (id) => {
    if (!id.startsWith('?')) return [id]
    const known = resolved.get(id)
    if (known !== undefined) return known
    const found = resolveAbove(state, ids, id)
    resolved.set(id, found)
    return found
  }
}

function resolveAbove(state: AzureState, ids: readonly string[], pending: string): readonly string[] {
  const at = pending.indexOf(' ')
  const part = pending.slice(1, at)
  const id = canonicalId(pending.slice(at + 1))
  const tenant = soleTenant(state) ?? UNKNOWN_TENANT
  if (part === 'management-groups' || part === 'subscriptions') return [`azure:${part}:${tenant}`]
  if (part === 'role-definitions') return [`azure:${part}/tenant:${tenant}`]
  const listed = part === 'azurehound' ? [] : ids.filter((each) => each.startsWith(`azure:${part}/subscription:`))
  if (listed.length > 0) return listed.sort()
  const group = managementGroupOf(id)
  return [group === undefined ? `azure:${part}/root:${tenant}` : `azure:${part}/management-group:${group}`]
}

/** Coverages, and why those are not complete that aren't. */
export function* coverageFacts(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  yield* endlessPages(state, resolve)
  const facts = new Map<string, CoverageFact>()
  for (const [pending, covered] of state.covered) {
    const isBroken = [...covered.files].some((file) => state.broken.has(file))
    for (const id of resolve(pending)) {
      const known = facts.get(id)
      const dates = [covered.takenAt ?? covered.newest, known?.asOf].filter((date) => typeof date === 'string').sort()
      facts.set(id, {
        record: 'coverage',
        id,
        provider: 'azure',
        scope: id.slice(id.indexOf(':', 'azure:'.length) + 1),
        asOf: dates.at(-1) ?? null,
        complete: covered.complete && !isBroken && known?.complete !== false,
      })
    }
  }
  for (const fact of facts.values()) yield { ...fact, complete: fact.complete && !incomplete(state, fact.id) }
}

const incomplete = (state: AzureState, id: string): boolean => state.covered.get(id)?.complete === false

/** Pages after which more should come and does not. */
function* endlessPages(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  const groups = new Map<string, Map<string, Page>>()
  for (const page of state.pages) {
    const group = groups.get(page.group) ?? new Map<string, Page>()
    groups.set(page.group, group.set(page.identity, page))
  }
  for (const pages of [...groups.values()].map((group) => [...group.values()])) {
    const missing = missingOf(pages)
    if (missing === undefined) continue
    const coverages = [...new Set(pages.flatMap((page) => page.coverages.flatMap(resolve)))].sort()
    for (const coverage of coverages) {
      const covered = state.covered.get(coverage) ?? touch(state, coverage, missing.page.file, {})
      covered.complete = false
    }
    yield fileFinding('EXPORT_TRUNCATED', missing.page.file, missing.page.place, missing.message, { coverage: coverages[0] ?? null })
  }
}

function missingOf(pages: readonly Page[]): { readonly page: Page; readonly message: string } | undefined {
  const sorted = [...pages].sort((one, other) => (one.file + one.place < other.file + other.place ? -1 : 1))
  const page = sorted.findLast(({ goesOn }) => goesOn)
  if (page !== undefined && sorted.every(({ goesOn }) => goesOn))
    return { page, message: 'The listing goes on after this page, and no last page is there.' }
  const total = Math.max(0, ...sorted.map((each) => each.total ?? 0))
  const rows = sorted.reduce((sum, each) => sum + each.rows, 0)
  const last = sorted.at(-1)
  if (last === undefined || rows >= total) return undefined
  return { page: last, message: `The answer has ${total} rows, of which ${rows} are here: print all pages (--first, --skip-token).` }
}
