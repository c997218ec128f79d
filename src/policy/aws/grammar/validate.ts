import { parseDocument, type JsonObject } from '../document.ts'
import type { PolicyFault, PolicyType } from '../types.ts'

export function validateObject(document: JsonObject, _type: PolicyType): readonly PolicyFault[] {
  return document['Statement'] === undefined ? [{ place: 'Statement', message: 'The document has no Statement.', severity: 'unreadable' }] : []
}

export function validatePolicy(document: unknown, type: PolicyType): readonly PolicyFault[] {
  const object = parseDocument(document)
  return object === undefined ? [NOT_JSON] : validateObject(object, type)
}

export const NOT_JSON: PolicyFault = { place: '', message: 'The document is not a JSON object.', severity: 'unreadable' }
