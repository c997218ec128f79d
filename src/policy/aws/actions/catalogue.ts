import { actionCount, services } from './read-snapshot.ts'
import type { SnapshotAction, SnapshotService } from './read-snapshot.ts'

/** Actions by id and by name. */

const byPrefix = new Map(services.map((service) => [service.name, service]))
const idsByName = new Map<SnapshotService, ReadonlyMap<string, number>>()

/** @param prefix lower-cased, as `s3` */
export const serviceOf = (prefix: string): SnapshotService | undefined => byPrefix.get(prefix)

/** Ids by the spelling asked for. Bounded, as names come from policies and people. */
const idsBySpelling = new Map<string, number>()
const SPELLING_LIMIT = 50_000

/** Any letter case; -1 where the action is not known. */
export function idOf(action: string): number {
  const known = idsBySpelling.get(action)
  if (known !== undefined) return known
  if (idsBySpelling.size >= SPELLING_LIMIT) idsBySpelling.clear()
  const colon = action.indexOf(':')
  const service = byPrefix.get(action.slice(0, Math.max(colon, 0)).toLowerCase())
  const id = service === undefined ? -1 : (idsIn(service).get(action.slice(colon + 1).toLowerCase()) ?? -1)
  idsBySpelling.set(action, id)
  return id
}

function idsIn(service: SnapshotService): ReadonlyMap<string, number> {
  let ids = idsByName.get(service)
  if (ids === undefined) {
    ids = new Map(service.actions().map(({ name }, place) => [name.toLowerCase(), service.firstId + place]))
    idsByName.set(service, ids)
  }
  return ids
}

/** @throws RangeError for a number that is no id: ids come from this catalogue */
export function actionOf(id: number): { readonly service: SnapshotService; readonly action: SnapshotAction } {
  const service = serviceAt(id)
  const action = service?.actions()[id - service.firstId]
  if (service === undefined || action === undefined) throw new RangeError(`${id} is not the id of an AWS action (0 to ${actionCount - 1})`)
  return { service, action }
}

export function nameOf(id: number): string {
  const { service, action } = actionOf(id)
  return `${service.name}:${action.name}`
}

/** The last service whose first id is not beyond `id`, by bisection. */
function serviceAt(id: number): SnapshotService | undefined {
  let low = 0
  let high = services.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((services[middle]?.firstId ?? Infinity) <= id) low = middle
    else high = middle - 1
  }
  return services[low]
}
