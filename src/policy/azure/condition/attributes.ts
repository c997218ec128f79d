import type { AttributeValue, AzureContext } from '../types.ts'
import { BLOB_PATH, nameOfTarget } from './target-names.ts'
import { SUBOPERATION } from './parse.ts'

/** What is known of an attribute: `null`, that it has a value; undefined, nothing. */
export interface KnownAttribute {
  readonly values: AttributeValue | undefined
  /** False where the values' letter case may have been lost. */
  readonly isCaseKnown: boolean
}

/** What conditions are evaluated against. */
export interface AttributeSource {
  /** Lower-cased. */
  readonly action: string
  /** As the caller wrote it. */
  readonly targetId: string
  readonly context: AzureContext
}

const ABSENT: KnownAttribute = { values: [], isCaseKnown: true }
const NOT_KNOWN: KnownAttribute = { values: undefined, isCaseKnown: true }
const LIST_BLOBS = 'blob.list'

export function knownAttribute(key: string, source: AttributeSource): KnownAttribute {
  const { context, targetId, action } = source
  const given = context.entries.get(key)
  if (given !== undefined) return { values: key.endsWith(PRINCIPAL_TYPE) ? principalTypes(given) : given, isCaseKnown: true }
  if (key === BLOB_PATH && context.entries.get(SUBOPERATION)?.some((name) => name.toLowerCase() === LIST_BLOBS) === true) return ABSENT
  const told = nameOfTarget(key, targetId, action)
  if (told !== undefined) return told
  if (key === SUBOPERATION && !hasSubOperations(action)) return ABSENT
  return isUnknown(key, context) ? NOT_KNOWN : ABSENT
}

/** Whether the request may be that suboperation; undefined where it is not known. */
export function isSubOperation(name: string, source: AttributeSource): boolean | undefined {
  const wanted = name.toLowerCase()
  const { values } = knownAttribute(SUBOPERATION, source)
  if (values === null || values === undefined) {
    // Blobs are listed by their container, never by one of themselves.
    const isOneBlob = wanted === LIST_BLOBS && nameOfTarget(BLOB_PATH, source.targetId, source.action) !== undefined
    return isOneBlob ? false : undefined
  }
  return values.some((value) => value.toLowerCase() === wanted)
}

/** Only data actions on storage have suboperations. */
function hasSubOperations(action: string): boolean {
  return action.startsWith('microsoft.storage/') || action.includes('*')
}

function isUnknown(key: string, { unknown }: AzureContext): boolean {
  if (typeof unknown === 'boolean') return unknown
  return unknown.some((each) => each === key || (each.endsWith('*') && key.startsWith(each.slice(0, -1))))
}

const PRINCIPAL_TYPE = '[microsoft.authorization/roleassignments:principaltype]'

/** To role assignments a managed identity is a service principal. */
function principalTypes(values: AttributeValue): AttributeValue {
  return values === null ? null : values.map((value) => (value.toLowerCase() === 'managedidentity' ? 'ServicePrincipal' : value))
}
