import { randomBytes } from 'node:crypto'

/**
 * Id and time of a new snapshot. It sorts after `newest` even where the clock was set back, since "the newest" is told by the order of ids.
 * @param newest ISO 8601 time of the newest snapshot in the store, if there is one
 */
export function newSnapshot(newest: string | undefined): { readonly id: string; readonly createdAt: string } {
  const after = newest === undefined ? 0 : Date.parse(newest) + 1
  const createdAt = new Date(Math.max(Date.now(), after)).toISOString()
  return { id: `${createdAt.replaceAll(/[-:.]/g, '')}-${randomBytes(2).toString('hex')}`, createdAt }
}
