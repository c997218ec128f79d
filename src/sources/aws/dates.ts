/**
 * Dates of exports in the styles in which the CLI, boto3 and the SDKs print them: `2023-03-09T10:41:45+00:00`, `…Z`,
 * `2023-03-09 10:41:45.000000+00:00`, and seconds since 1970 with or without a fraction. ISO 8601 in UTC with milliseconds, or undefined.
 */
export function toIsoDate(value: unknown): string | undefined {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string') return undefined
  if (/^\d{9,11}(\.\d+)?$/.test(value)) return fromEpoch(Number(value))
  return DATE.test(value) ? fromText(value) : undefined
}

const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/

function fromText(text: string): string | undefined {
  const iso = text
    .replace(' ', 'T')
    .replace(/\s/g, '')
    .replace(/\.(\d{3})\d+/, '.$1')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  const zoned = iso.length === 10 || /(Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`
  return toText(new Date(zoned))
}

/** No export is older than 2001: what is larger than a second count of the year 5138 counts milliseconds. */
const fromEpoch = (seconds: number): string | undefined => toText(new Date(seconds > 1e11 ? seconds : Math.round(seconds * 1000)))

const toText = (date: Date): string | undefined => (Number.isNaN(date.getTime()) ? undefined : date.toISOString())
