import { z } from 'zod'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { upperFirstKeys } from '../schema.ts'
import { joined, NOTHING_MAPPED, type About, type OutputKind } from './output.ts'
import { resource, type ResourceSaid, type Said } from './records.ts'
import { inside, memberOf, wrong } from './rows.ts'

/** Outputs that are the policy of one resource. */

type Identity = Pick<ResourceSaid, 'id' | 'kind' | 'name' | 'account'>

interface PolicyOutput extends Omit<OutputKind, 'map' | 'mapAbsent' | 'mapRefused' | 'held' | 'streams'> {
  /** Where the document is in the output. */
  readonly member: string
  /** Without it there is no policy; else something is wrong. */
  readonly mayBeLeftOut?: true
  /** Whose policy it is; undefined where nothing tells. @param value the output with upper-case first letters; empty where there was none */
  readonly resourceOf: (about: About, value: Readonly<Record<string, unknown>>) => Identity | undefined
  readonly documentOf?: (printed: string) => string
}

export const policyOutput = ({ member, mayBeLeftOut, resourceOf, documentOf, ...kind }: PolicyOutput): OutputKind => ({
  ...kind,
  map: (printed, about) => {
    const bare = isBareDocument(printed, member)
    const value = bare ? { [member]: printed } : printed
    const record = upperFirstKeys(value)
    const identity = resourceOf(about, isRecord(record) ? record : {})
    if (identity === undefined) return wrong(about, about.place, 'Nothing tells whose policy this is.')
    const at = { file: about.file, place: about.place }
    return policyOf({ ...identity, printed: memberOf(value, member), at: bare ? at : inside(at, member), mayBeLeftOut, documentOf }, about)
  },
  mapAbsent: (about) => mapWithout(resourceOf(about, {}), about, 'ABSENT'),
  mapRefused: (about) => mapWithout(resourceOf(about, {}), about, 'NOT_LOADED'),
})

/** What `--query Policy --output text` prints is the document itself, as AWS's own pages have it saved. */
const isBareDocument = (value: unknown, member: string): boolean =>
  memberOf(value, member) === undefined && memberOf(value, 'Statement') !== undefined

const mapWithout = (identity: Identity | undefined, about: About, policyState: string): Mapped =>
  identity === undefined ? NOTHING_MAPPED : resource({ ...identity, properties: { policyState } }, about)

const printedPolicy = z.union([z.string(), z.record(z.string(), z.unknown())])

interface PrintedPolicy extends Identity {
  /** What stands where a policy would. */
  readonly printed: unknown
  readonly at: { readonly file: string; readonly place: string }
  readonly mayBeLeftOut?: true | undefined
  readonly documentOf?: ((printed: string) => string) | undefined
  readonly properties?: Said
}

/** A resource with the policy that an output holds; one that is none is reported and counts as not read, never as absent. */
export function policyOf({ printed, at, mayBeLeftOut, documentOf, ...identity }: PrintedPolicy, about: About): Mapped {
  const isNone = printed === undefined || printed === null || printed === ''
  if (isNone && mayBeLeftOut === true) return resource({ ...identity, properties: { ...identity.properties, policyState: 'ABSENT' } }, about)
  const checked = printedPolicy.safeParse(printed)
  if (isNone || !checked.success) {
    const unread = resource({ ...identity, properties: { ...identity.properties, policyState: 'NOT_LOADED' } }, about)
    return joined([wrong(about, at.place, 'no policy document'), unread])
  }
  const policy: unknown = typeof checked.data === 'string' && documentOf !== undefined ? documentOf(checked.data) : checked.data
  return resource({ ...identity, policy, at }, about)
}

/**
 * The one thing that all statements of a policy are about, for policies that may name nothing else.
 * @param document as text or parsed @param pattern of an ARN in it; its first group is the thing's own
 */
export function subjectOfPolicy(document: unknown, pattern: RegExp): string | undefined {
  const things = resourcesNamed(document).map((named) => pattern.exec(named ?? '')?.[1])
  const [only, ...others] = new Set(things)
  return others.length === 0 ? only : undefined
}

/** What each statement of a policy names as its resources; undefined for one that names none. */
export function resourcesNamed(document: unknown): readonly (string | undefined)[] {
  const parsed = typeof document === 'string' ? parse(document) : document
  const statements = isRecord(parsed) ? [parsed['Statement']].flat().filter(isRecord) : []
  return statements.flatMap((statement) => [statement['Resource']].flat()).map((named) => (typeof named === 'string' ? named : undefined))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
