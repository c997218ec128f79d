import type { EntityFact, Origin } from '../../domain/facts.ts'
import type { FileNote } from '../source.ts'
import type { About, Mapped, Named } from './facts.ts'
import type { Operation } from './kinds.ts'
import { armIdOf } from './map/principal.ts'
import { idOf } from './map/wrong.ts'
import { textIn, textsIn, type Row } from './row.ts'

/** What a reading has seen so far. It grows; everything that works on it is a function. */
export interface EntraState {
  /** By coverage id. */
  readonly covered: Map<string, Covered>
  /** Answers of which only the other files can tell the directory. */
  readonly homeless: Answer[]
  /** Files that break off. */
  readonly broken: Set<string>
  /** AzureHound's documents whose end is still to come, by file and place. */
  readonly hounds: Map<string, { readonly tenants: Set<string>; readonly answers: Answer[] }>
  /** Who and what is named, by id. */
  readonly named: Map<string, Named>
  readonly stated: Set<string>
  /** Things that listings of others show, by id and coverage. */
  readonly seen: Map<string, EntityFact>
  /** Rows that only all files together settle. */
  readonly held: HeldRow[]
  /** What a listing holds, by operation and tenant: of groups, whether Privileged Identity Management takes it. */
  readonly listed: Map<string, Map<string, Listed>>
  /** By tenant and application id. */
  readonly appIds: Map<string, { readonly applications: Set<string>; readonly servicePrincipals: Set<string> }>
  /** Managed identities by ARM id. */
  readonly identities: Map<string, string>
  readonly managedIdentities: Set<string>
  /** Templates of directory roles, by the directory's own id. */
  readonly directoryRoles: Map<string, string>
  /** Rows of top-level lists, by file, list and operation. */
  readonly lists: Map<string, CountedList>
  /** Members or owners of something that nothing names, by file. */
  readonly untold: Map<string, Origin & { readonly what: string }>
  /** Directories that files name, by folder. */
  readonly tenants: Map<string, Set<string>>
}

export interface Covered {
  readonly id: string
  readonly operation: Operation
  readonly tenant: string
  readonly subscription: string | undefined
  /** By subject. */
  readonly pages: Map<string, Page>
  readonly files: Set<string>
  /** What was asked about and is there no more. */
  readonly gone: Set<string>
  newest: string | undefined
  complete: boolean
  /** There is nothing to list, whatever was asked about. */
  isUnlicensed: boolean
}

/** The answer to one question, which may come in several pages. */
export interface Page {
  isWhole: boolean
  isDamaged: boolean
  isOfAll: boolean
  rows: number
  /** `@odata.count` */
  count: number | undefined
  readonly file: string
  readonly place: string
}

/** One printed answer whose kind is known. */
export interface Answer {
  readonly operation: Operation
  readonly rows: readonly Row[]
  readonly note: FileNote
  readonly file: string
  readonly place: string
  /** Nothing follows. */
  readonly isWhole: boolean
  readonly count: number | undefined
  /** Without a subject it is about all that could be asked about. */
  readonly isOfAll: boolean
}

export interface HeldRow {
  readonly operation: Operation
  readonly row: Row
  readonly about: About
}

export interface Listed {
  readonly isBeyondPim: boolean
}

export interface CountedList {
  readonly operation: Operation
  readonly file: string
  readonly place: string
  readonly note: FileNote
  count: number
}

export const newState = (): EntraState => ({
  covered: new Map(),
  homeless: [],
  broken: new Set(),
  hounds: new Map(),
  named: new Map(),
  stated: new Set(),
  seen: new Map(),
  held: [],
  listed: new Map(),
  appIds: new Map(),
  identities: new Map(),
  managedIdentities: new Set(),
  directoryRoles: new Map(),
  lists: new Map(),
  untold: new Map(),
  tenants: new Map(),
})

/** Notes what can be settled in the end only. */
export function keep(state: EntraState, { records, named = [], seen = [] }: Mapped): void {
  for (const record of records) if (record.record === 'entity') state.stated.add(record.id)
  for (const each of named) keepNamed(state, each)
  for (const each of seen) keepSeen(state, each)
}

/** Of what is named twice, the more telling description and the first grant, so that the order of files never matters. */
function keepNamed(state: EntraState, fresh: Named): void {
  const known = state.named.get(fresh.stub.id)
  if (known === undefined) {
    state.named.set(fresh.stub.id, fresh)
    return
  }
  const [first, second] = telling(fresh.stub) > telling(known.stub) ? [fresh, known] : [known, fresh]
  const name = [first.stub.name, second.stub.name].find((each) => each !== fresh.stub.id) ?? fresh.stub.id
  const granted = [fresh, known].filter(({ grant }) => grant !== undefined).sort(byPlace)[0]
  const at = granted ?? [fresh, known].sort(byPlace)[0] ?? fresh
  state.named.set(fresh.stub.id, { ...at, stub: { ...first.stub, name } })
}

const telling = ({ kind, name, id }: EntityFact): string => `${kind === 'DirectoryObject' ? 0 : 1}${name === id ? 0 : 1}${kind}${name}`

const byPlace = (one: Named, other: Named): number => (placeOf(one) < placeOf(other) ? -1 : 1)

const placeOf = ({ at, coverage }: Named): string => `${at.file}\n${at.place}\n${coverage}`

function keepSeen(state: EntraState, fresh: EntityFact): void {
  const key = `${fresh.id} ${fresh.coverage.join()}`
  const known = state.seen.get(key)
  if (known === undefined || contentOf(fresh) > contentOf(known)) state.seen.set(key, fresh)
}

const contentOf = ({ kind, name, properties, origin }: EntityFact): string =>
  [String(Object.keys(properties).length).padStart(3, '0'), JSON.stringify([kind, name, properties, origin])].join()

export const listKey = (operation: Operation, tenant: string): string => `${operation} ${tenant}`

const LISTINGS: ReadonlySet<Operation> = new Set(['users', 'groups', 'applications', 'service-principals', 'administrative-units', 'directory-roles'])

/** Notes what is asked about one by one, and what others refer to by another id than its own. */
export function noteListed(state: EntraState, operation: Operation, { fields }: Row, tenant: string): void {
  const id = LISTINGS.has(operation) ? idOf(fields) : undefined
  if (id === undefined) return
  const key = listKey(operation, tenant)
  const listed = state.listed.get(key) ?? new Map<string, Listed>()
  const isBeyondPim =
    fields['onPremisesSyncEnabled'] === true || textsIn(fields, 'groupTypes').some((type) => type.toLowerCase() === 'dynamicmembership')
  state.listed.set(key, listed.set(id, { isBeyondPim }))
  const appId = textIn(fields, 'appId')?.toLowerCase()
  if (appId !== undefined && operation === 'applications') appIdsOf(state, tenant, appId).applications.add(id)
  if (appId !== undefined && operation === 'service-principals') appIdsOf(state, tenant, appId).servicePrincipals.add(id)
  const armId = operation === 'service-principals' ? armIdOf(fields) : undefined
  if (armId !== undefined) state.identities.set(armId, id)
  if (textIn(fields, 'servicePrincipalType')?.toLowerCase() === 'managedidentity') state.managedIdentities.add(id)
  const template = textIn(fields, 'roleTemplateId')?.toLowerCase()
  if (template !== undefined) state.directoryRoles.set(id, template)
}

function appIdsOf(state: EntraState, tenant: string, appId: string): { applications: Set<string>; servicePrincipals: Set<string> } {
  const key = `${tenant} ${appId}`
  const known = state.appIds.get(key) ?? { applications: new Set(), servicePrincipals: new Set() }
  state.appIds.set(key, known)
  return known
}

export function noteTenant(state: EntraState, file: string, tenant: string): void {
  const folder = folderOf(file)
  state.tenants.set(folder, (state.tenants.get(folder) ?? new Set()).add(tenant))
}

export const folderOf = (file: string): string => file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('!')) + 1)
