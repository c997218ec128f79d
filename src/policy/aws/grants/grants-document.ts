import type { JsonObject } from '../document.ts'

/** Grants that are no policies, written as a resource policy, so that they are compiled, evaluated and explained like one. */

/** A document without statements would be a fault; grants that grant nothing are none. */
const NOTHING: JsonObject = { Sid: 'Nothing', Effect: 'Allow', Principal: { AWS: [] }, Action: '*', Resource: '*' }

/** Version 2008-10-17 knows no variables: what AWS compares literally stays literal. */
export function documentOf(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2008-10-17', Statement: statements.length > 0 ? statements : [NOTHING] }
}

/**
 * What can't be read: the compiler reports it, and what it could have granted is CONDITIONAL.
 * @param what it should have been
 */
export function unreadableDocument(what: string): JsonObject {
  return documentOf([{ Effect: 'Allow', Principal: UNREADABLE, Action: '*', Resource: '*', Unreadable: what }])
}

/** No such principals exist: whom it means can't be told. */
export const UNREADABLE: JsonObject = { Unknown: '?' }
