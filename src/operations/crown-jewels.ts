import { PermiscopeError } from '../domain/errors.ts'

/** Tags that mark what must be protected most, lower-cased: `*` in a value stands for anything. */
export type CrownJewels = readonly { readonly key: string; readonly value: string }[]

const UNLESS_SET = 'crown-jewel=true,criticality=critical'

/** @param environment PERMISCOPE_CROWN_JEWELS: `criticality=high,data-class=*` @throws BAD_USAGE */
export function readCrownJewels(environment: Readonly<Record<string, string | undefined>>): CrownJewels {
  const text = environment['PERMISCOPE_CROWN_JEWELS'] ?? UNLESS_SET
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=')
      if (at < 1) throw new PermiscopeError('BAD_USAGE', `PERMISCOPE_CROWN_JEWELS: "${part}" is no tag: write key=value, with * for any value`)
      return {
        key: part.slice(0, at).trim().toLowerCase(),
        value: part
          .slice(at + 1)
          .trim()
          .toLowerCase(),
      }
    })
}

/** Tags as `key=value`; letter case is no matter, since people are not consistent about it. */
export function marksCrownJewel(tags: readonly string[], crownJewels: CrownJewels): boolean {
  return tags.some((tag) => {
    const at = tag.indexOf('=')
    const key = (at === -1 ? tag : tag.slice(0, at)).toLowerCase()
    const value = at === -1 ? '' : tag.slice(at + 1).toLowerCase()
    return crownJewels.some((jewel) => jewel.key === key && isLike(jewel.value, value))
  })
}

/** Piece by piece, so that no pattern can take long. */
function isLike(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === pattern
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false
  let from = first.length
  for (const piece of rest) {
    const at = text.indexOf(piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return from <= text.length - last.length
}
