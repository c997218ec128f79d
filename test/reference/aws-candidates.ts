import { decidedKeys } from './aws-caller.ts'
import { isMultivalued } from './aws-catalogue.ts'
import type { Question } from './aws-question.ts'
import { addressOf, dateOf, numberOf } from './aws-values.ts'

/** Values that an unknown key could have, at least one for every way in which conditions can tell values apart. */

export interface Mention {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

type Form = 'bool' | 'number' | 'date' | 'address' | 'arn' | 'text'

function formOf(operators: readonly string[]): Form {
  const has = (word: string): boolean => operators.some((operator) => operator.includes(word))
  if (has('bool')) return 'bool'
  if (has('numeric')) return 'number'
  if (has('date')) return 'date'
  if (has('ipaddress')) return 'address'
  return has('arn') ? 'arn' : 'text'
}

const OTHER: Readonly<Record<Form, readonly string[]>> = {
  bool: ['true', 'false'],
  number: [],
  date: [],
  address: ['198.51.100.77', '2001:db8:ffff::1'],
  arn: ['arn:aws:none:none:000000000000:none'],
  text: ['none-of-them'],
}

const around = (value: number | undefined): readonly number[] => (value === undefined ? [] : [value - 0.5, value, value + 0.5])

function lastOf(network: string): string {
  const [base = '', prefix] = network.split('/')
  const bits = addressOf(base) ?? ''
  const length = prefix === undefined ? bits.length : Number(prefix)
  const width = bits.length === 32 ? 8 : 16
  const highest = bits.slice(0, length).padEnd(bits.length, '1')
  const groups = [...Array<unknown>(highest.length / width).keys()].map((place) =>
    Number.parseInt(highest.slice(place * width, (place + 1) * width), 2),
  )
  return width === 8 ? groups.join('.') : groups.map((group) => group.toString(16)).join(':')
}

/** Each wildcard filled with nothing, with something, and with what other patterns say. */
function filled(pattern: string, fillings: readonly string[]): readonly string[] {
  const place = pattern.search(/[*?]/)
  if (place < 0) return [pattern]
  const choices = pattern[place] === '?' ? ['z', ...fillings.filter((text) => text.length === 1)] : ['', 'zz', ...fillings]
  return filled(pattern.slice(place + 1), fillings).flatMap((rest) => choices.map((choice) => pattern.slice(0, place) + choice + rest))
}

const swapped = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase())

function texts(mentions: readonly Mention[]): readonly string[] {
  const written = mentions.flatMap((mention) => mention.values)
  // Before version 2012-10-17 `${*}` is what it says.
  const values = [...written, ...written.map((value) => value.replaceAll('${*}', '*').replaceAll('${?}', '?'))]
  const patterned = mentions.some(({ operator }) => /like|arn/.test(operator))
  const pieces = patterned ? values.flatMap((value) => value.split(/[*?]/)).filter((piece) => piece !== '') : []
  const instances = patterned ? values.flatMap((value) => filled(value, [...new Set(pieces)])) : []
  const cased = mentions.some(({ operator }) => operator.includes('ignorecase')) ? values.map(swapped) : []
  return [...values, ...instances, ...cased]
}

type Known = ReadonlyMap<string, readonly string[] | null>

const knownOf = (question: Question): Known => new Map([...decidedKeys(question.principal, question.action, question.account), ...question.given])

/** With the values of variables that are known, else their defaults. */
function substituted({ values, ...mention }: Mention, known: Known): Mention {
  const put = (all: string, key: string, fallback: string | undefined): string => known.get(key.trim().toLowerCase())?.[0] ?? fallback ?? all
  return { ...mention, values: [...values, ...values.map((value) => value.replace(/\$\{([^},]+)(?:, *'([^']*)')?\}/g, put))] }
}

/** What a key that is used as a variable could be compared with: anything that is said anywhere. */
function pool(question: Question, mentions: readonly Mention[]): readonly string[] {
  const known = [...knownOf(question).values()].flatMap((values) => values ?? [])
  const defaults = mentions.flatMap(({ values }) => values.flatMap((value) => [...value.matchAll(/, *'([^']*)'\}/g)].map(([, text = '']) => text)))
  const written = mentions.flatMap(({ values }) => values)
  const cased = mentions.some(({ operator }) => operator.includes('ignorecase')) ? written.map(swapped) : []
  return [...cased, ...question.resource.split(':').slice(5).join(':').split(/[/:]/), ...known, ...defaults, ...written].filter((text) => text !== '')
}

export function candidatesOf(key: string, mentions: readonly Mention[], variables: readonly string[], question: Question): readonly string[] {
  const own = mentions.filter((mention) => mention.key === key).map((mention) => substituted(mention, knownOf(question)))
  const form = formOf(own.map(({ operator }) => operator))
  const values = own.flatMap((mention) => mention.values)
  const compared = variables.includes(key) || values.some((value) => value.includes('${'))
  const said: Readonly<Record<Form, () => readonly string[]>> = {
    bool: () => [],
    number: () => values.flatMap((value) => around(numberOf(value)).map(String)),
    date: () => values.flatMap((value) => around(dateOf(value)).map(String)),
    address: () => values.flatMap((value) => [value.split('/')[0] ?? '', lastOf(value)]),
    arn: () => texts(own).filter((value) => value.split(':').length >= 6),
    text: () => texts(own.filter(({ operator }) => operator !== 'null')),
  }
  // A tag is a text, even where it is compared with numbers.
  const others = /tag\//.test(key) ? [...OTHER[form], ...OTHER.text] : OTHER[form]
  const nothing = form === 'text' && isMultivalued(key) ? [''] : []
  return [...new Set([...others, ...nothing, ...said[form](), ...(compared && form === 'text' ? pool(question, mentions) : [])])]
}
