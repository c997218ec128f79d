import type { FileNote } from '../source.ts'

/**
 * Where a bundle keeps an answer, so that its path says what it is about: `{account}/{region}/{CLI service}/{CLI operation}.json`, with
 * `/{subject}` for what was asked of one thing, percent-encoded, and `.0002` for a further page. What has no region lies in `global`.
 * docs/bundle.md.
 */

const LAYOUT =
  /(?:^|[/!])(?<account>\d{12})\/(?<region>global|[a-z]{2,}(?:-[a-z]+)+-\d+)\/(?<service>[a-z0-9-]+)\/(?<operation>[a-z0-9-]+)(?:\/(?<subject>[^/]+?))?(?:\.\d{4,})?\.(?:json|ndjson)$/

/** @param page 1-based; left out where the answer comes in one */
export function pathOf(note: Required<Pick<FileNote, 'kind' | 'account'>> & Pick<FileNote, 'region' | 'subject'>, page?: number): string {
  const [, service = '', operation = ''] = (note.kind ?? '').split('/')
  const subject = note.subject === undefined ? '' : `/${encodeSubject(note.subject)}`
  const suffix = page === undefined ? '' : `.${String(page).padStart(4, '0')}`
  return `${note.account}/${note.region ?? 'global'}/${service}/${operation}${subject}${suffix}.json`
}

/** Dots too, so that no subject looks like a page number, a hidden file or the folder above. */
export const encodeSubject = (subject: string): string => encodeURIComponent(subject).replaceAll('.', '%2E').replaceAll('*', '%2A')

/** What a path tells; nothing where it is not laid out so. */
export function noteOfPath(path: string): FileNote | undefined {
  const groups = LAYOUT.exec(path)?.groups
  if (groups === undefined) return undefined
  const { account, region, service, operation, subject } = groups
  return {
    kind: `aws/${service}/${operation}`,
    account,
    ...(region === 'global' ? {} : { region }),
    ...(subject === undefined ? {} : { subject: decoded(subject) }),
  }
}

function decoded(subject: string): string {
  try {
    return decodeURIComponent(subject)
  } catch {
    return subject
  }
}
