import type { FileNote } from '../source.ts'

/**
 * Where a bundle keeps an answer, so that its path says what it is about: `{account}/{region}/{CLI service}/{CLI operation}.json`, with
 * `/{subject}` for what was asked of one thing, percent-encoded, and `.0002` for a further page. What has no region lies in `global`.
 * docs/bundle.md.
 */

const AWS =
  /(?:^|[/!])(?<account>\d{12})\/(?<region>global|[a-z]{2,}(?:-[a-z]+)+-\d+)\/(?<service>[a-z0-9-]+)\/(?<operation>[a-z0-9-]+)(?:\/(?<subject>[^/]+?))?(?:\.\d{4,})?\.(?:json|ndjson)$/

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** `{tenant}/{subscription|tenant}/{arm|graph}/{operation}[/{subject}].json` */
const MICROSOFT = new RegExp(
  `(?:^|[/!])(?<tenant>${GUID})/(?<subscription>tenant|${GUID})/(?<service>arm|graph)/(?<operation>[a-z0-9-]+)(?:/(?<subject>[^/]+?))?(?:\\.\\d{4,})?\\.(?:json|ndjson)$`,
  'i',
)

/** @param page 1-based; left out where the answer comes in one */
export function pathOf(note: FileNote, page?: number): string {
  const [, service = '', operation = ''] = (note.kind ?? '').split('/')
  const [whose, where] = note.tenant === undefined ? [note.account ?? '', note.region ?? 'global'] : [note.tenant, note.subscription ?? 'tenant']
  const subject = note.subject === undefined ? '' : `/${encodeSubject(note.subject)}`
  const suffix = page === undefined ? '' : `.${String(page).padStart(4, '0')}`
  return `${whose}/${where}/${service}/${operation}${subject}${suffix}.json`
}

/** Dots too, so that no subject looks like a page number, a hidden file or the folder above. */
export const encodeSubject = (subject: string): string => encodeURIComponent(subject).replaceAll('.', '%2E').replaceAll('*', '%2A')

/** What a path tells; nothing where it is not laid out so. */
export const noteOfPath = (path: string): FileNote | undefined => noteOfAws(path) ?? noteOfMicrosoft(path)

function noteOfMicrosoft(path: string): FileNote | undefined {
  const groups = MICROSOFT.exec(path)?.groups
  if (groups === undefined) return undefined
  const { tenant = '', subscription = '', service = '', operation = '', subject } = groups
  return {
    kind: `${service === 'graph' ? 'entra' : 'azure'}/${service}/${operation}`,
    tenant: tenant.toLowerCase(),
    ...(subscription === 'tenant' ? {} : { subscription: subscription.toLowerCase() }),
    ...(subject === undefined ? {} : { subject: decoded(subject) }),
  }
}

function noteOfAws(path: string): FileNote | undefined {
  const groups = AWS.exec(path)?.groups
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
