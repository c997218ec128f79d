import { alwaysSentBy, callerOf, decidedKeys, neverSentBy } from './aws-caller.ts'
import { isMultivalued, sends } from './aws-catalogue.ts'
import type { Question, Statement } from './aws-question.ts'
import { objectOf, textsOf } from './aws-question.ts'
import type { World } from './aws-statement.ts'
import { actionPart, isBroken } from './aws-statement.ts'
import type { Mention } from './aws-candidates.ts'
import { candidatesOf } from './aws-candidates.ts'
import { isPublic } from './aws-public.ts'

/** Every way in which what isn't known could be, as far as some statement can tell the difference. */

const MOST = 2_000_000

export function statementsOf(question: Question): readonly Statement[] {
  const { layers, settings } = question
  return [...Object.values(layers).flatMap((levels) => levels?.flat() ?? []), ...settings.grants, ...settings.keyGrants]
}

function mentionsOf(statements: readonly Statement[]): readonly Mention[] {
  return statements.flatMap(({ json }) =>
    Object.entries(objectOf(json['Condition'])).flatMap(([operator, keys]) =>
      Object.entries(objectOf(keys)).map(([key, values]) => ({ operator: operator.toLowerCase(), key: key.toLowerCase(), values: textsOf(values) })),
    ),
  )
}

function variablesOf(statements: readonly Statement[]): readonly string[] {
  const text = JSON.stringify(statements.filter(({ variables }) => variables).map(({ json }) => json))
  return [...text.matchAll(/\$\{([^},]+)/g)].map(([, key = '']) => key.trim().toLowerCase()).filter((key) => key.includes(':'))
}

/** Whether an endpoint policy applies depends on aws:SourceVpce, even where no condition names it. */
function keysOf(question: Question, mentions: readonly Mention[], variables: readonly string[]): readonly string[] {
  const endpoint = question.layers.ENDPOINT === null || question.given.has('aws:sourcevpc') ? [] : ['aws:sourcevpce']
  return [...new Set([...mentions.map(({ key }) => key), ...variables, ...endpoint])]
}

function isListed(list: readonly string[], key: string): boolean {
  return list.some((entry) => (entry.endsWith('*') ? key.startsWith(entry.slice(0, -1)) : entry === key))
}

function isUnknown(question: Question, known: ReadonlyMap<string, unknown>, key: string): boolean {
  if (question.given.get(key) === null) return true
  if (known.has(key) || neverSentBy(callerOf(question.principal, ''), key)) return false
  if (question.settings.withoutTags && /^(aws:resource|s3:bucket)tag\//.test(key)) return false
  if (!key.startsWith('aws:') && sends(question.action, key) === false) return false
  return typeof question.unknown === 'boolean' ? question.unknown : isListed(question.unknown, key)
}

/** One value or none; several for keys that may have several. Null as given: present. */
function valueSets(key: string, candidates: readonly string[], present: boolean): readonly (readonly string[])[] {
  const single = candidates.map((value) => [value])
  const pairs = isMultivalued(key) ? candidates.flatMap((left, place) => candidates.slice(place + 1).map((right) => [left, right])) : []
  return [...(present ? [] : [[]]), ...single, ...pairs, ...(isMultivalued(key) ? [candidates] : [])]
}

/** Sessions that some policy names, and one that none does. */
function sessionsOf(question: Question, statements: readonly Statement[]): readonly string[] {
  if (!question.principal.includes(':role/')) return ['']
  const text = JSON.stringify(statements.map(({ json }) => [json['Principal'] ?? null, json['NotPrincipal'] ?? null]))
  return [...new Set([...text.matchAll(/:assumed-role\/[^/"]+\/([^"]+)"/g)].map(([, name = '']) => name)), 'a-session-that-nobody-names']
}

function* product(
  choices: readonly (readonly [string, readonly (readonly string[])[]])[],
): Generator<readonly (readonly [string, readonly string[]])[]> {
  const [first, ...rest] = choices
  if (first === undefined) yield []
  else for (const values of first[1]) for (const others of product(rest)) yield [[first[0], values], ...others]
}

const subsets = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.reduce<readonly (readonly T[])[]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])

export function* worldsOf(question: Question): Generator<World> {
  const statements = statementsOf(question).filter((statement) => actionPart(statement, question.action))
  const mentions = mentionsOf(statements)
  const variables = variablesOf(statements)
  const given = [...question.given].flatMap(([key, values]) => (values === null ? [] : [[key, values] as const]))
  const known = new Map([...decidedKeys(question.principal, question.action, question.account), ...given])
  const unknown = keysOf(question, mentions, variables).filter((key) => isUnknown(question, known, key))
  const choices = unknown.map((key) => {
    const candidates = candidatesOf(key, mentions, variables, question)
    const present = question.given.get(key) === null || alwaysSentBy(callerOf(question.principal, ''), key)
    return [key, valueSets(key, candidates, present)] as const
  })
  const size = choices.reduce((product_, [, sets]) => product_ * sets.length, 1)
  if (size > MOST) throw new Error(`${size} worlds are too many for the reference: ${unknown.join(', ')}`)
  const publicity = question.settings.restricted ? isPublic(question.layers.RESOURCE?.flat() ?? []) : false
  const publicities = publicity === undefined ? [true, false] : [publicity]
  for (const session of sessionsOf(question, statements)) {
    for (const assumed of subsets(statements.filter(isBroken))) {
      for (const chosen of product(choices)) {
        const world = { by: callerOf(question.principal, session), context: new Map([...known, ...chosen]), assumed: new Set(assumed) }
        yield* publicities.map((each) => ({ ...world, isPublic: each }))
      }
    }
  }
}
