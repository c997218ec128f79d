import { serviceOf } from './catalogue.ts'
import { matchesGlob } from './glob.ts'
import { actionCount, services } from './read-snapshot.ts'
import type { SnapshotService } from './read-snapshot.ts'

/**
 * Which known actions a pattern names, as bitmaps. Policies repeat few patterns, so results are kept; the cache is bounded because patterns
 * also come from people's questions.
 */

const WORDS = Math.ceil(actionCount / 32)
const CACHE_LIMIT = 20_000
const NOTHING = new Uint32Array(WORDS)
const cache = new Map<string, Uint32Array>()

/** @param pattern `*`, `s3:*`, `s3:Get*`, `*:Get?bject`, in any letter case. Callers must not change the result. */
export function expand(pattern: string): Uint32Array {
  const key = pattern.toLowerCase()
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= CACHE_LIMIT) cache.clear()
  const bitmap = expandUncached(key)
  cache.set(key, bitmap)
  return bitmap
}

function expandUncached(pattern: string): Uint32Array {
  if (/^\*+$/.test(pattern)) return bitmapOf(services.map(({ firstId, size }) => ({ firstId, size })))
  const colon = pattern.indexOf(':')
  const prefix = colon < 0 ? pattern : pattern.slice(0, colon)
  // A wildcard in the prefix may span the colon (`s3*` matches s3:GetObject), so it is matched against whole names.
  if (/[*?]/.test(prefix)) return matching(services, (service, name) => matchesGlob(pattern, `${service}:${name}`))
  const service = serviceOf(prefix)
  if (service === undefined || colon < 0) return NOTHING
  const rest = pattern.slice(colon + 1)
  return rest === '*' ? bitmapOf([service]) : matching([service], (_, name) => matchesGlob(rest, name))
}

function bitmapOf(ranges: readonly { readonly firstId: number; readonly size: number }[]): Uint32Array {
  const bitmap = new Uint32Array(WORDS)
  for (const { firstId, size } of ranges) for (let id = firstId; id < firstId + size; id++) setBit(bitmap, id)
  return bitmap
}

function matching(candidates: readonly SnapshotService[], fits: (service: string, name: string) => boolean): Uint32Array {
  const bitmap = new Uint32Array(WORDS)
  for (const service of candidates) {
    service.actions().forEach(({ name }, place) => {
      if (fits(service.name, name.toLowerCase())) setBit(bitmap, service.firstId + place)
    })
  }
  return bitmap
}

export const emptyBitmap = (): Uint32Array => new Uint32Array(WORDS)

export function setBit(bitmap: Uint32Array, id: number): void {
  bitmap[id >> 5] = (bitmap[id >> 5] ?? 0) | (1 << (id & 31))
}
