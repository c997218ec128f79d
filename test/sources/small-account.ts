import { readFileSync } from 'node:fs'

/** An account with one of everything, as the CLI prints it, and the facts that it says. Expectations were written once, by hand review. */

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

export const smallAccountText = fixture('small-account.json')

type Row = Readonly<Record<string, unknown>>
export type Lists = Readonly<Record<'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies', readonly Row[]>>
export const smallAccount: Lists = JSON.parse(smallAccountText)

const facts: readonly unknown[] = JSON.parse(fixture('small-account.facts.json'))
export const smallAccountFacts = facts.map((fact) => JSON.stringify(fact)).sort()

export const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const

/** The same account under another number. */
export function accountNumbered(account: string): Lists {
  return JSON.parse(smallAccountText.replaceAll('111122223333', account))
}

/** A row in each page; all but the last say that there is more. */
export function pagesOf(lists: Lists): readonly object[] {
  const rows = LISTS.flatMap((list) => lists[list].map((row) => ({ list, row })))
  return rows.map(({ list, row }, index) => ({
    ...Object.fromEntries(LISTS.map((name) => [name, name === list ? [row] : []])),
    IsTruncated: index < rows.length - 1,
    ...(index < rows.length - 1 ? { Marker: `page-${index + 1}` } : {}),
  }))
}

/** The export with each value of these keys changed, wherever it stands. */
export const withKeys = (keys: readonly string[], change: (value: unknown) => unknown): object =>
  JSON.parse(smallAccountText, (key, value: unknown) => (keys.includes(key) ? change(value) : value))
