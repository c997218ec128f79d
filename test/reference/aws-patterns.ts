import { actionsOf, entryOf, formatsOf } from './aws-catalogue.ts'
import type { Question } from './aws-question.ts'
import { textsOf } from './aws-question.ts'
import { like, tokens } from './aws-text.ts'
import { statementsOf } from './aws-worlds.ts'

/** A question about a pattern is one about every action and resource that it matches: here, about one of each sort that policies tell apart. */

const isPattern = (text: string): boolean => /[*?]/.test(text)

const matches = (pattern: string, value: string): boolean => like(tokens(pattern, false, new Map()), value)

function actionsLike(pattern: string): readonly string[] {
  if (!isPattern(pattern)) return [pattern]
  const [service = ''] = pattern.split(':')
  return actionsOf(service)
    .map(({ name }) => `${service}:${name}`)
    .filter((action) => matches(pattern.toLowerCase(), action.toLowerCase()))
}

/** Ends of the resources that policies name, so that a question's `*` can become any of them. */
function endings(question: Question): readonly string[] {
  const named = statementsOf(question).flatMap(({ json }) => [...textsOf(json['Resource']), ...textsOf(json['NotResource'])])
  const texts = named.flatMap((pattern) => ['', 'zz', 'yy'].map((filling) => pattern.replaceAll('*', filling).replaceAll('?', filling[0] ?? 'x')))
  const said = question.resource.split(/[*?]/, 1)[0] ?? ''
  const beyond = texts.filter((text) => text.startsWith(said)).map((text) => text.slice(said.length))
  return [...beyond, ...texts.flatMap((text) => [...text.matchAll(/[/:]/g)].map(({ index }) => text.slice(index + 1)))]
}

function instances(pattern: string, fillings: readonly string[]): readonly string[] {
  const place = pattern.search(/[*?]/)
  if (place < 0) return [pattern]
  const choices = pattern[place] === '?' ? ['y', ...fillings.filter((text) => text.length === 1)] : ['', 'zz', 'yy', 'zz/yy', '/zz', ...fillings]
  return instances(pattern.slice(place + 1), fillings).flatMap((rest) => choices.map((choice) => pattern.slice(0, place) + choice + rest))
}

/** Names of objects and names with paths may hold slashes. */
function isOfType(format: string, arn: string): boolean {
  const source = format.replace(/[.+()[\]{}^$|\\]/g, (sign) => (sign === '$' || sign === '{' || sign === '}' ? sign : `\\${sign}`))
  const pattern = source.replace(/\$\{([^}]*)\}/g, (_all, name: string) => (/ObjectName|WithPath/.test(name) ? '.+' : '[^/]+'))
  return new RegExp(`^${pattern}$`).test(arn)
}

function resourcesLike(question: Question, action: string): readonly string[] {
  const formats = formatsOf(action)
  const candidates = instances(question.resource, [...new Set(endings(question))])
  return entryOf(action) === undefined ? candidates : candidates.filter((arn) => formats.some((format) => isOfType(format, arn)))
}

export function partsOf(question: Question): readonly Question[] {
  return actionsLike(question.action).flatMap((action) => {
    const asked = isPattern(question.action) || isPattern(question.resource)
    const resources = question.resource === '*' || !asked ? [question.resource] : resourcesLike(question, action)
    return resources.map((resource) => ({ ...question, action, resource }))
  })
}
