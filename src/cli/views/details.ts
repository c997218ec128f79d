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
  return `${field}:\n${indented(JSON.stringify(value, null, 2))}\n`
}

/** `AwsGroup developers arn:…`, and behind a grant the role that it gives. */
function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item)
  const { kind, name, id, role } = item as Readonly<Record<string, unknown>>
  const head = [kind, name, id].filter((part) => typeof part === 'string').join('  ')
  return role === null || role === undefined ? head : `${head} → ${itemText(role)}`
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${printable(line)}`)
    .join('\n')
}
