import type { FileNote } from '../source.ts'

/**
 * An answer with what it is about, for collectors that keep many in one file: `{"Kind": "aws/s3api/get-bucket-policy", "Account": "111122223333",
 * "Region": "us-east-1", "Subject": "my-bucket", "TakenAt": "…", "Output": {…}}`, or `"Error": {"Code", "Message"}` in the place of the output.
 */
export interface Envelope {
  readonly note: FileNote
  readonly output: unknown
  readonly outputKey: 'Output' | 'Error'
}

const FIELDS = [
  ['Account', 'account'],
  ['Region', 'region'],
  ['Tenant', 'tenant'],
  ['Subscription', 'subscription'],
  ['Subject', 'subject'],
  ['TakenAt', 'takenAt'],
] as const

export function envelopeOf(value: unknown): Envelope | undefined {
  if (typeof value !== 'object' || value === null || !('Kind' in value) || typeof value.Kind !== 'string') return undefined
  if (!('Output' in value) && !('Error' in value)) return undefined
  const said = (key: string): string | undefined => {
    const text: unknown = key in value ? (value as Readonly<Record<string, unknown>>)[key] : undefined
    return typeof text === 'string' && text !== '' ? text : undefined
  }
  const note: { -readonly [Field in keyof FileNote]: FileNote[Field] } = { kind: value.Kind }
  for (const [key, field] of FIELDS) {
    const text = said(key)
    if (text !== undefined && text !== 'global') note[field] = field === 'takenAt' ? isoOf(text) : text
  }
  if ('Output' in value) return { note, output: value.Output, outputKey: 'Output' }
  return { note, output: { Error: value.Error }, outputKey: 'Error' }
}

function isoOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/** What stands in the place of an answer that was an error, as the AWS CLI names it. */
export function errorOf(value: unknown): { readonly code: string; readonly message: string } | undefined {
  if (typeof value !== 'object' || value === null || !('Error' in value)) return undefined
  const error = value.Error
  if (typeof error !== 'object' || error === null || !('Code' in error) || typeof error.Code !== 'string') return undefined
  return { code: error.Code, message: 'Message' in error && typeof error.Message === 'string' ? error.Message : error.Code }
}
