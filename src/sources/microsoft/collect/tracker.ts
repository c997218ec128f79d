import { keyOf, type Note } from '../../collect/note.ts'
import { idOf, type About, type Call } from './call.ts'

/** Which calls are still to be made, so that a collection that stops can say what it lacks. */
export interface Tracker {
  /** @returns false where the call is known already */
  begin(call: Call, about: About): boolean
  /** The call was made, and those that follow from it have begun. */
  end(call: Call, about: About): void
  /** Calls that are not made, or of which more may follow: by kind and subscription. */
  unfinished(): readonly Note[]
}

export const noteOf = (tenant: string, { kind }: Pick<Call, 'kind'>, about: About): Note => ({ kind, tenant, ...about })

export function openTracker(tenant: string, calls: readonly Call[]): Tracker {
  const known = new Set<string>()
  const open = new Map<string, Map<string | undefined, number>>()
  const count = (call: Call, { subscription }: About, by: number): void => {
    const counts = open.get(idOf(call)) ?? new Map<string | undefined, number>()
    open.set(idOf(call), counts.set(subscription, (counts.get(subscription) ?? 0) + by))
  }
  const openIn = (call: Call): readonly (string | undefined)[] => [...(open.get(idOf(call)) ?? [])].flatMap(([of, left]) => (left > 0 ? [of] : []))
  const mayGrow = (call: Call): boolean => parentsOf(call, calls).some((parent) => openIn(parent).length > 0 || mayGrow(parent))
  return {
    begin: (call, about) => {
      const key = keyOf(noteOf(tenant, call, about))
      if (known.has(key)) return false
      known.add(key)
      count(call, about, 1)
      return true
    },
    end: (call, about) => count(call, about, -1),
    unfinished: () =>
      calls.flatMap((call) => {
        const places = new Set(mayGrow(call) ? [undefined, ...openIn(call)] : openIn(call))
        return [...places].map((subscription) => noteOf(tenant, call, subscription === undefined ? {} : { subscription }))
      }),
  }
}

/** INVARIANT: no call follows from itself. */
const parentsOf = ({ each = [] }: Call, calls: readonly Call[]): readonly Call[] => calls.filter((call) => each.some(({ of }) => of === idOf(call)))
