import type { Origin } from '../../../domain/facts.ts'
import type { AccountSaid, GuardrailType, OrganizationPiece, OrganizationSaid, PolicySaid } from './said.ts'

/** All that was said of an organisation. Where pieces contradict each other, the same one wins in any order. */
export interface OrganizationPicture {
  readonly id: string
  readonly managementAccount: string | undefined
  readonly roots: ReadonlyMap<string, Placed & { readonly policyTypes?: readonly string[] | undefined }>
  readonly units: ReadonlyMap<string, Placed>
  readonly accounts: ReadonlyMap<string, AccountSaid & { readonly at: Origin }>
  /** Of units and accounts. */
  readonly parents: ReadonlyMap<string, string>
  readonly policies: ReadonlyMap<string, PolicySaid & { readonly at: Origin }>
  /** Documents of each policy, with their places: one, unless files contradict each other. */
  readonly contents: ReadonlyMap<string, ReadonlyMap<string, Origin>>
  /** Policies by what they are attached to. */
  readonly attachments: ReadonlyMap<string, ReadonlySet<string>>
  /** Delegated administrators. */
  readonly delegates: ReadonlyMap<string, Origin>
  readonly delegatedServices: ReadonlyMap<string, ReadonlySet<string>>
  /** Keys of what was listed whole, see `listed`. */
  readonly listings: ReadonlySet<string>
  readonly times: readonly string[]
  readonly isBroken: boolean
  /** Accounts that were asked. */
  readonly asked: ReadonlySet<string>
  /** A place to name where there is none better. */
  readonly at: Origin
}

export interface Placed {
  readonly name?: string | undefined
  readonly at: Origin
}

export const listed = {
  policies: (type: string): string => `policies ${type}`,
  targets: (policy: string): string => `targets ${policy}`,
  attachments: (target: string, type: string): string => `attachments ${target} ${type}`,
  services: (account: string): string => `services ${account}`,
}

/** @param said of one organisation, at least one piece */
export function pictureOf(id: string, said: readonly OrganizationSaid[]): OrganizationPicture {
  const picture = emptyPicture(id, said)
  const pieces = said.map((one) => ({ ...one, key: JSON.stringify(one.piece) })).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  for (const { piece, at } of pieces) add(picture, piece, at)
  return picture
}

const keyOf = ({ key, at }: { readonly key: string; readonly at: Origin }): string => `${key} ${at.file} ${at.place}`

function emptyPicture(id: string, said: readonly OrganizationSaid[]) {
  const places = said.map(({ at }) => at).sort((a, b) => (`${a.file} ${a.place}` < `${b.file} ${b.place}` ? -1 : 1))
  return {
    id,
    managementAccount: undefined as string | undefined,
    roots: new Map<string, Placed & { readonly policyTypes?: readonly string[] | undefined }>(),
    units: new Map<string, Placed>(),
    accounts: new Map<string, AccountSaid & { readonly at: Origin }>(),
    parents: new Map<string, string>(),
    policies: new Map<string, PolicySaid & { readonly at: Origin }>(),
    contents: new Map<string, Map<string, Origin>>(),
    attachments: new Map<string, Set<string>>(),
    delegates: new Map<string, Origin>(),
    delegatedServices: new Map<string, Set<string>>(),
    listings: new Set<string>(),
    times: [] as string[],
    isBroken: false,
    asked: new Set(said.map(({ asked }) => asked)),
    at: places[0] ?? { file: '', place: '' },
  }
}

function add(picture: ReturnType<typeof emptyPicture>, piece: OrganizationPiece, at: Origin): void {
  switch (piece.said) {
    case 'management':
      picture.managementAccount = piece.account
      return
    case 'root':
      picture.roots.set(piece.id, filled(picture.roots.get(piece.id), { name: piece.name, policyTypes: piece.policyTypes, at }))
      return
    case 'unit':
      picture.units.set(piece.id, filled(picture.units.get(piece.id), { name: piece.name, at }))
      return
    case 'account': {
      const { name, email, state, joined } = piece
      picture.accounts.set(piece.id, filled(picture.accounts.get(piece.id), { name, email, state, joined, at }))
      return
    }
    case 'parent':
      picture.parents.set(piece.of, piece.parent)
      return
    case 'policy': {
      const { arn, type, name, description, providerManaged } = piece
      picture.policies.set(piece.policy, filled(picture.policies.get(piece.policy), { arn, type, name, description, providerManaged, at }))
      return
    }
    case 'content':
      entryOf(picture.contents, piece.policy, () => new Map<string, Origin>()).set(piece.document, at)
      return
    case 'attachment':
      entryOf(picture.attachments, piece.target, () => new Set<string>()).add(piece.policy)
      return
    default:
      addRest(picture, piece, at)
  }
}

type Rest = Extract<
  OrganizationPiece,
  { said: 'all-policies' | 'all-targets' | 'all-attachments' | 'delegate' | 'delegated-service' | 'all-delegated-services' | 'taken' | 'broken' }
>

function addRest(picture: ReturnType<typeof emptyPicture>, piece: Rest, at: Origin): void {
  switch (piece.said) {
    case 'all-policies':
      picture.listings.add(listed.policies(piece.type))
      return
    case 'all-targets':
      picture.listings.add(listed.targets(piece.policy))
      return
    case 'all-attachments':
      picture.listings.add(listed.attachments(piece.target, piece.type))
      return
    case 'delegate':
      picture.delegates.set(piece.account, at)
      return
    case 'delegated-service':
      entryOf(picture.delegatedServices, piece.account, () => new Set<string>()).add(piece.service)
      return
    case 'all-delegated-services':
      picture.listings.add(listed.services(piece.account))
      return
    case 'taken':
      picture.times.push(piece.time)
      return
    case 'broken':
      picture.isBroken = true
  }
}

/** A piece that leaves something open takes nothing back. */
function filled<Known extends object>(former: Known | undefined, said: Known): Known {
  const open = Object.entries(former ?? {}).filter(([key]) => Object.entries(said).every(([other, value]) => other !== key || value === undefined))
  return { ...said, ...Object.fromEntries(open) }
}

function entryOf<Value>(map: Map<string, Value>, key: string, empty: () => Value): Value {
  const value = map.get(key) ?? empty()
  map.set(key, value)
  return value
}

/** Everything that a policy can be attached to. */
export const targetsIn = ({ roots, units, accounts }: OrganizationPicture): readonly string[] => [
  ...roots.keys(),
  ...units.keys(),
  ...accounts.keys(),
]

export const policiesOfType = ({ policies }: OrganizationPicture, type: GuardrailType): readonly string[] =>
  [...policies].filter(([, policy]) => policy.type === type).map(([key]) => key)

/** A type that is not enabled takes nothing away, whatever policies of it there are. */
export function isDisabled({ roots }: OrganizationPicture, type: GuardrailType): boolean {
  const told = [...roots.values()].flatMap(({ policyTypes }) => (policyTypes === undefined ? [] : [policyTypes]))
  return told.length > 0 && told.every((types) => !types.includes(type))
}

/** Targets of which nobody told what policies of the type are attached to them. */
export function untoldTargets(picture: OrganizationPicture, type: GuardrailType): readonly string[] {
  if (isDisabled(picture, type)) return []
  const ofType = policiesOfType(picture, type)
  const byPolicy = picture.listings.has(listed.policies(type)) && ofType.every((policy) => picture.listings.has(listed.targets(policy)))
  return byPolicy ? [] : targetsIn(picture).filter((target) => !picture.listings.has(listed.attachments(target, type)))
}

/** Units of which nobody told what they lie in. */
export const unplacedUnits = ({ units, parents }: OrganizationPicture): readonly string[] => [...units.keys()].filter((unit) => !parents.has(unit))
