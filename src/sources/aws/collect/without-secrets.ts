import { isRecord } from '../document.ts'
import type { Call } from './call.ts'

/** The answer without what is a secret or may be. Keys stay, so that the names of environment variables are known. */
export function withoutSecrets(call: Call, output: object): object {
  const { drops, shortens } = call
  const dropped =
    drops === undefined
      ? output
      : withoutValues(
          output,
          drops.map((path) => path.split('.')),
          [],
        )
  if (shortens === undefined || !isRecord(dropped)) return isRecord(dropped) ? dropped : {}
  const shorter = Object.entries(shortens).map(([member, shorten]) => [member, shortened(dropped[member], shorten)] as const)
  return { ...dropped, ...Object.fromEntries(shorter) }
}

const shortened = (value: unknown, shorten: (text: string) => string): unknown => (typeof value === 'string' ? shorten(value) : value)

function withoutValues(value: unknown, drops: readonly (readonly string[])[], path: readonly string[]): unknown {
  if (typeof value === 'string') return value.replaceAll(CREDENTIALS_IN_URL, '//')
  if (Array.isArray(value)) return value.map((item: unknown) => withoutValues(item, drops, path))
  if (!isRecord(value) || value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const at = [...path, key]
      return [key, member !== undefined && drops.some((drop) => endsWith(at, drop)) ? null : withoutValues(member, drops, at)]
    }),
  )
}

/** As in `https://token@github.com/acme/app`. */
const CREDENTIALS_IN_URL = /(?<=:)\/\/[^/@\s"']+@/g

const endsWith = (path: readonly string[], end: readonly string[]): boolean =>
  path.length >= end.length && end.every((name, index) => name === '*' || name === path[path.length - end.length + index])
