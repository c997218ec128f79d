import { printable } from '../output/table.ts'

/** Everything known of one entity, a field a line; lists a line each, documents as JSON. */
export function detailsText(entity: Readonly<Record<string, unknown>>): string {
  return Object.entries(entity)
    .filter(([, value]) => isTold(value))
    .map(([field, value]) => fieldText(field, value))
    .join('')
}

function isTold(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function fieldText(field: string, value: unknown): string {
  if (Array.isArray(value)) return `${field}:\n${value.map((item) => `  ${printable(itemText(item))}\n`).join('')}`
  if (typeof value !== 'object' || value === null) return `${field}: ${printable(String(value))}\n`
  if ('id' in value && 'name' in value) return `${field}: ${printable(itemText(value))}\n`
  if (field === 'exposure') return exposureText(value)
  return `${field}:\n${indented(JSON.stringify(value, null, 2))}\n`
}

/** `AwsGroup developers arn:…`; behind a grant the role that it gives, and where; of a use, what and when. */
function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item)
  const { kind, name, id, role, at, action, lastUsed } = item as Readonly<Record<string, unknown>>
  if (typeof action === 'string') return `${action}  ${typeof lastUsed === 'string' ? lastUsed : 'never'}`
  const head = [kind, name, id].filter((part) => typeof part === 'string').join('  ')
  const given = role === null || role === undefined ? '' : ` → ${itemText(role)}`
  const places = Array.isArray(at) && at.length > 0 ? ` in ${at.map(itemText).join(', ')}` : ''
  return `${head}${given}${places}`
}

/** Each part that is so, a line; nothing where it is exposed to nobody. */
function exposureText(exposure: object): string {
  const lines = Object.entries(exposure)
    .filter(([, value]) => isTold(value))
    .map(([part, value]) => `  ${part}: ${printable(Array.isArray(value) ? value.join(' ') : String(value))}\n`)
  return lines.length === 0 ? '' : `exposure:\n${lines.join('')}`
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${printable(line)}`)
    .join('\n')
}
