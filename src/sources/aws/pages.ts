import type { CoverageFact, FindingFact } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes } from '../source.ts'
import { iamCoverage } from './map/facts.ts'

/** One printed answer of GetAccountAuthorizationDetails, whole or a page of it. */
export interface Page {
  readonly file: string
  readonly document: string
  /** Accounts whose users, groups, roles or policies it holds. */
  readonly accounts: Set<string>
  readonly lists: Set<string>
  /** `IsTruncated`, `Marker` or `NextToken`, if it says that there is more. */
  continued: string | undefined
  /** It breaks off, or a row of it could not be read. */
  damaged: boolean
}

export const newPage = (file: string, document: string): Page => ({
  file,
  document,
  accounts: new Set(),
  lists: new Set(),
  continued: undefined,
  damaged: false,
})

export const IAM_LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const

/** Everything that tells which account a page without rows of one belongs to. */
export interface Surroundings {
  readonly pages: readonly Page[]
  /** Accounts of the pages in a folder, by folder. */
  readonly neighbours: ReadonlyMap<string, ReadonlySet<string>>
  /** Caller identities, by folder. */
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>
  readonly notes: BundleNotes
}

export function surroundingsOf(pages: readonly Page[], callers: Surroundings['callers'], notes: BundleNotes): Surroundings {
  const neighbours = new Map<string, Set<string>>()
  for (const page of pages) {
    const folder = folderOf(page.file)
    const accounts = neighbours.get(folder) ?? new Set()
    for (const account of page.accounts) accounts.add(account)
    neighbours.set(folder, accounts)
  }
  return { pages, neighbours, callers, notes }
}

/** Folder or archive folder of a file, up to and with its last `/` or `!`. */
export const folderOf = (file: string): string => file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('!')) + 1)

/**
 * Pages by account. A page that holds rows of no account (an empty one, or one of policies of AWS alone) belongs to the account that its
 * manifest names, else to the caller's, else to those of the other pages in its folder.
 */
export function pagesByAccount(around: Surroundings): ReadonlyMap<string, readonly Page[]> {
  const byAccount = new Map<string, Page[]>()
  for (const page of around.pages)
    for (const account of accountsOfPage(page, around)) {
      const pages = byAccount.get(account)
      if (pages === undefined) byAccount.set(account, [page])
      else pages.push(page)
    }
  return byAccount
}

export function accountsOfPage(page: Page, around: Surroundings): readonly string[] {
  if (page.accounts.size > 0) return [...page.accounts]
  const noted = around.notes.noteOf(page.file)?.account
  if (noted !== undefined) return [noted]
  const folder = folderOf(page.file)
  return [...(around.callers.get(folder) ?? around.neighbours.get(folder) ?? [])]
}

/** Accounts with something named there that is not: where pages were joined, one in between is missing. */
export type Gaps = ReadonlySet<string>

/**
 * What the pages of an account cover. Complete: none is damaged, its manifest doesn't say otherwise, all four lists were printed, and a last
 * page is there. Pages don't say which one they continue: with a last page there, a page missing in between shows only by what others name.
 */
export function* iamCoverageOf(
  account: string,
  pages: readonly Page[],
  newest: string | undefined,
  gaps: Gaps,
  notes: BundleNotes,
): Generator<CoverageFact | FindingFact> {
  const reasons = incompleteBecause(account, pages, gaps, notes)
  const id = iamCoverage(account)
  for (const { file, place, message } of reasons) yield fileFinding('EXPORT_TRUNCATED', file, place, message, { entity: account, coverage: id })
  yield {
    record: 'coverage',
    id,
    provider: 'aws',
    scope: account,
    asOf: takenAt(pages, notes) ?? newest ?? null,
    complete: reasons.length === 0 && !pages.some((page) => page.damaged),
  }
}

function takenAt(pages: readonly Page[], notes: BundleNotes): string | undefined {
  const times = pages.map((page) => notes.noteOf(page.file)?.takenAt).filter((time) => time !== undefined)
  return times.sort().at(-1)
}

interface Because {
  readonly file: string
  readonly place: string
  readonly message: string
}

function incompleteBecause(account: string, pages: readonly Page[], gaps: Gaps, notes: BundleNotes): readonly Because[] {
  const sorted = [...pages].sort((one, other) => (one.file + one.document < other.file + other.document ? -1 : 1))
  const noted = sorted.filter((page) => notes.noteOf(page.file)?.complete === false)
  if (noted.length > 0) return noted.map((page) => ({ file: page.file, place: '', message: notedReason(account, notes.noteOf(page.file)?.reason) }))
  const continued = sorted.filter((page) => page.continued !== undefined)
  const last = continued.at(-1)
  if (last !== undefined) {
    const place = [last.document, last.continued].filter((part) => part !== '').join('.')
    const because = { file: last.file, place }
    if (continued.length === sorted.length)
      return [{ ...because, message: `The export of account ${account} goes on after this page, and no last page is there.` }]
    if (gaps.has(account))
      return [{ ...because, message: `A page of the export of account ${account} seems to be missing: others name what it would hold.` }]
  }
  const missing = IAM_LISTS.filter((list) => !sorted.some((page) => page.lists.has(list)))
  const [first] = sorted
  return missing.length === 0 || first === undefined
    ? []
    : [
        {
          file: first.file,
          place: first.document,
          message: `The export of account ${account} has no ${missing.join(', no ')}: it was printed with a filter.`,
        },
      ]
}

const notedReason = (account: string, reason: string | undefined): string =>
  `The manifest says that the export of account ${account} is not complete${reason === undefined ? '' : `: ${reason}`}.`
