/**
 * Dates of conditions: the W3C forms of ISO 8601, or seconds since 1970.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */

const MAX_EPOCH = 9_223_372_036_854_775_807n
const FRACTION_DIGITS = 9

/** Milliseconds since 1970; undefined where the text is no date. */
export function parseDate(text: string): number | undefined {
  if (isInteger(text) && text.length !== 4) {
    const seconds = BigInt(text)
    return seconds > MAX_EPOCH || -seconds > MAX_EPOCH + 1n ? undefined : Number(seconds) * 1000
  }
  const t = indexOfAny(text, 'tT')
  const day = parseDay(t < 0 ? text : text.slice(0, t))
  if (day === undefined || t < 0) return day
  const time = text.slice(t + 1)
  return time === '' ? day : parseTime(time, day)
}

function parseDay(text: string): number | undefined {
  const [year, month, day, ...more] = text.split('-')
  if (year === undefined || !isDigits(year) || more.length > 0) return undefined
  const y = Number(year)
  const m = month === undefined ? 1 : within(month, 1, 12)
  const d = day === undefined ? 1 : within(day, 1, 31)
  if (m === undefined || d === undefined) return undefined
  const date = new Date(0)
  date.setUTCFullYear(y, m - 1, d)
  return date.getTime()
}

function parseTime(text: string, day: number): number | undefined {
  const zoneAt = indexOfAny(text, 'zZ+-')
  const zone = zoneAt < 0 ? 0 : parseZone(text.slice(zoneAt))
  const [hour, minute = '0', second = '0', ...more] = (zoneAt < 0 ? text : text.slice(0, zoneAt)).split(':')
  const [whole = '0', fraction = '0', ...rest] = second.split('.')
  if (zone === undefined || hour === undefined || more.length > 0 || rest.length > 0) return undefined
  if (!isDigits(fraction) || fraction.length > FRACTION_DIGITS) return undefined
  const h = within(hour, 0, 24)
  const m = within(minute, 0, 59)
  const s = within(whole, 0, 60)
  if (h === undefined || m === undefined || s === undefined) return undefined
  return day + ((h * 60 + m - zone) * 60 + s) * 1000 + Number(`0.${fraction}`) * 1000
}

/** Minutes east of UTC. */
function parseZone(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0
  const [hours = '', minutes = '0', ...more] = text.slice(1).split(':')
  const isCompact = hours.length === 4 && minutes === '0'
  if (more.length > 0 || (hours.length !== 2 && !isCompact)) return undefined
  const h = within(hours.slice(0, 2), 0, 23)
  const m = within(isCompact ? hours.slice(2) : minutes, 0, 59)
  if (h === undefined || m === undefined) return undefined
  return (text.startsWith('-') ? -1 : 1) * (h * 60 + m)
}

function within(text: string, low: number, high: number): number | undefined {
  if (!isDigits(text) || text.length > 2) return undefined
  const value = Number(text)
  return value >= low && value <= high ? value : undefined
}

function isInteger(text: string): boolean {
  return isDigits(text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text)
}

function isDigits(text: string): boolean {
  if (text === '') return false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return true
}

function indexOfAny(text: string, characters: string): number {
  for (let i = 0; i < text.length; i += 1) if (characters.includes(text.charAt(i))) return i
  return -1
}
