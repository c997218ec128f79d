import { isObject, parseDocument, type JsonObject } from '../document.ts'
import type { PolicyFault, PolicyType } from '../types.ts'
import { placeOf, rejected, unreadable } from './fault.ts'
import { statementFaults } from './statement-rules.ts'

/**
 * The grammar of policies as AWS checks it on saving.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

const ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement'])
const CURRENT_VERSION = '2012-10-17'
const OLD_VERSION = '2008-10-17'

/** Faults of a document with their places; none where AWS accepts it. */
export function validatePolicy(document: unknown, type: PolicyType): readonly PolicyFault[] {
  const object = parseDocument(document)
  return object === undefined ? [unreadable('', 'The document is not a JSON object.')] : validateObject(object, type)
}

export function validateObject(document: JsonObject, type: PolicyType): readonly PolicyFault[] {
  return [...versionFaults(document, type), ...documentFaults(document), ...statementsFaults(document['Statement'], type)]
}

function versionFaults({ Version: version }: JsonObject, type: PolicyType): readonly PolicyFault[] {
  if (version === CURRENT_VERSION) return []
  if (version !== undefined && version !== OLD_VERSION)
    return [rejected('Version', `There is no policy language version ${JSON.stringify(version)}.`)]
  const mayBeOld = type === 'RESOURCE' || type === 'TRUST' || type === 'ENDPOINT'
  return mayBeOld ? [] : [rejected('Version', 'Policy document must be version 2012-10-17 or greater.')]
}

function documentFaults(document: JsonObject): readonly PolicyFault[] {
  const faults = Object.keys(document)
    .filter((name) => !ELEMENTS.has(name))
    .map((name) => rejected(name, `A policy has no element ${name}.`))
  const { Id: id } = document
  return id === undefined || typeof id === 'string' ? faults : [...faults, rejected('Id', 'Id must be a string.')]
}

function statementsFaults(statement: unknown, type: PolicyType): readonly PolicyFault[] {
  if (statement === undefined) return [unreadable('Statement', 'The document has no Statement.')]
  if (!isObject(statement) && !Array.isArray(statement)) return [unreadable('Statement', 'Statement must be an object or a list of objects.')]
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement]
  if (list.length === 0) return [rejected('Statement', 'A policy must have at least one statement.')]
  const faults = list.flatMap((each, index) => statementFaults(each, placeOf('Statement', statement, index), type))
  return [...faults, ...repeatedSids(list, statement)]
}

function repeatedSids(list: readonly unknown[], statement: unknown): readonly PolicyFault[] {
  const seen = new Set<string>()
  const faults: PolicyFault[] = []
  for (const [index, each] of list.entries()) {
    const sid = isObject(each) ? each['Sid'] : undefined
    if (typeof sid !== 'string' || sid === '') continue
    if (seen.has(sid)) faults.push(rejected(`${placeOf('Statement', statement, index)}.Sid`, `Statement ids must be unique; ${sid} is used before.`))
    seen.add(sid)
  }
  return faults
}

/** The document as a whole can't be read. */
export function isUnreadableDocument(faults: readonly PolicyFault[]): boolean {
  return faults.some((fault) => fault.severity === 'unreadable' && (fault.place === '' || fault.place === 'Statement'))
}
