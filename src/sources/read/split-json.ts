import { findJsonFault } from './json-fault.ts'
import { DEEPEST, dropRead, findEnd, findNearEnd, moveOver, skipWhitespace, type TextWindow } from './text-window.ts'

/**
 * Splits JSON text, as it arrives, into pieces small enough to hold: elements of the large lists of a top-level object come one by one,
 * everything else of that object comes together at its end. Objects directly within a top-level array, one on each line, or simply one after
 * another count as top-level. Boundaries are found by scanning, pieces are parsed by JSON.parse.
 */

export type JsonEvent =
  | { readonly type: 'element'; readonly document: string; readonly list: string; readonly place: string; readonly value: unknown }
  /** A top-level value has ended, or the text has: then it isn't `whole`. `value` lacks the elements of `lists`. */
  | { readonly type: 'document'; readonly document: string; readonly value: unknown; readonly lists: readonly string[]; readonly whole: boolean }
  /** The text breaks off or isn't of its format (JSON unless said); nothing comes after it. Lines and columns count from 1, columns in UTF-16 units. */
  | { readonly type: 'fault'; readonly line: number; readonly column: number; readonly message: string; readonly format?: 'CSV' }

export interface JsonSplitter {
  push(text: string): Iterable<JsonEvent>
  end(): Iterable<JsonEvent>
  /** Reports a fault of the bytes themselves after the text pushed so far. */
  fail(message: string): Iterable<JsonEvent>
}

/** One element or rest of a document; strings of V8 end at 512M characters. */
const LONGEST_PIECE = 256 * 1024 * 1024
/** Longer objects are read member by member without trying to read them whole. */
const SHORT_OBJECT = 64 * 1024

type State =
  | 'TOP'
  | 'ARRAY_FIRST'
  | 'ARRAY_VALUE'
  | 'ARRAY_NEXT'
  | 'KEY_FIRST'
  | 'KEY'
  | 'COLON'
  | 'MEMBER'
  | 'MEMBER_NEXT'
  | 'LIST_FIRST'
  | 'LIST_VALUE'
  | 'LIST_NEXT'
  | 'DONE'

interface Split extends TextWindow {
  readonly isStreamed: (list: string) => boolean
  state: State
  topIndex: number
  /** Index in the top-level array, -1 outside of one. */
  arrayIndex: number
  document: { members: [string, unknown][]; lists: string[] } | undefined
  key: string
  listIndex: number
}

/** What one step found: an event, `ON` where there was nothing to say, `MORE` where text is missing. */
type Step = JsonEvent | 'ON' | 'MORE'

/** @param isStreamed whether the elements of a top-level object's list of this name are to come one by one */
export function createJsonSplitter(isStreamed: (list: string) => boolean): JsonSplitter {
  const split: Split = {
    isStreamed,
    text: '',
    at: 0,
    line: 1,
    columnsBefore: 0,
    state: 'TOP',
    topIndex: 0,
    arrayIndex: -1,
    document: undefined,
    key: '',
    listIndex: 0,
    scan: undefined,
  }
  return {
    push: (text) => push(split, text),
    end: () => run(split, true),
    fail: (message) => stop(split, faultAt(split, split.text.length, message)),
  }
}

function* push(split: Split, text: string): Iterable<JsonEvent> {
  if (split.state === 'DONE') return
  split.text += text
  yield* run(split, false)
  dropRead(split)
  if (split.text.length > LONGEST_PIECE) yield* stop(split, faultAt(split, 0, 'a single value of more than 256M characters'))
}

function* run(split: Split, final: boolean): Iterable<JsonEvent> {
  while (split.state !== 'DONE') {
    skipWhitespace(split, split.state === 'TOP')
    if (split.at >= split.text.length) break
    const step = STEPS[split.state](split, final)
    if (step === 'MORE') break
    if (step === 'ON') continue
    if (step.type === 'fault') yield* stop(split, step)
    else yield step
  }
  if (final && split.state !== 'DONE' && isOpen(split)) yield* stop(split, brokenOff(split))
}

const isOpen = (split: Split): boolean => split.state !== 'TOP' || split.at < split.text.length

/** What was whole of the document in hand is still handed over, before the fault. */
function* stop(split: Split, fault: JsonEvent): Iterable<JsonEvent> {
  if (split.document !== undefined) yield endDocument(split, false)
  split.state = 'DONE'
  split.text = ''
  yield fault
}

function brokenOff(split: Split): JsonEvent {
  const within = split.document === undefined ? '' : ` in ${placeInHand(split)}`
  return faultAt(split, split.text.length, `the file breaks off${within}`)
}

function placeInHand(split: Split): string {
  const document = documentPath(split)
  switch (split.state) {
    case 'LIST_FIRST':
    case 'LIST_VALUE':
    case 'LIST_NEXT':
      return elementPath(split)
    case 'MEMBER':
    case 'COLON':
      return join(document, split.key)
    default:
      return document === '' ? 'the top-level object' : document
  }
}

const STEPS: Record<Exclude<State, 'DONE'>, (split: Split, final: boolean) => Step> = {
  TOP: (split, final) => {
    const char = split.text[split.at]
    if (char === '[') {
      split.arrayIndex = 0
      return go(split, 'ARRAY_FIRST')
    }
    return char === '{' ? beginDocument(split) : wholeDocument(split, final)
  },
  ARRAY_FIRST: (split, final) => (split.text[split.at] === ']' ? endArray(split) : STEPS.ARRAY_VALUE(split, final)),
  ARRAY_VALUE: (split, final) => (split.text[split.at] === '{' ? beginDocument(split) : wholeDocument(split, final)),
  ARRAY_NEXT: (split) => {
    const char = split.text[split.at]
    if (char === ']') return endArray(split)
    return char === ',' ? go(split, 'ARRAY_VALUE') : unexpected(split, '"," or "]"')
  },
  KEY_FIRST: (split, final) => (split.text[split.at] === '}' ? closeDocument(split) : STEPS.KEY(split, final)),
  KEY: (split, final) => {
    if (split.text[split.at] !== '"') return unexpected(split, 'a name in double quotes')
    return takeValue(split, final, (key) => {
      split.key = String(key)
      split.state = 'COLON'
      return 'ON'
    })
  },
  COLON: (split) => (split.text[split.at] === ':' ? go(split, 'MEMBER') : unexpected(split, '":"')),
  MEMBER: (split, final) => {
    if (split.text[split.at] === '[' && split.isStreamed(split.key)) return beginList(split)
    return takeValue(split, final, (value) => {
      split.document?.members.push([split.key, value])
      split.state = 'MEMBER_NEXT'
      return 'ON'
    })
  },
  MEMBER_NEXT: (split) => {
    const char = split.text[split.at]
    if (char === '}') return closeDocument(split)
    return char === ',' ? go(split, 'KEY') : unexpected(split, '"," or "}"')
  },
  LIST_FIRST: (split, final) => (split.text[split.at] === ']' ? go(split, 'MEMBER_NEXT') : STEPS.LIST_VALUE(split, final)),
  LIST_VALUE: (split, final) =>
    takeValue(split, final, (value) => {
      const event: JsonEvent = { type: 'element', document: documentPath(split), list: split.key, place: elementPath(split), value }
      split.listIndex += 1
      split.state = 'LIST_NEXT'
      return event
    }),
  LIST_NEXT: (split) => {
    const char = split.text[split.at]
    if (char === ']') return go(split, 'MEMBER_NEXT')
    return char === ',' ? go(split, 'LIST_VALUE') : unexpected(split, '"," or "]"')
  },
}

function go(split: Split, state: State): Step {
  split.at += 1
  split.state = state
  return 'ON'
}

function beginDocument(split: Split): Step {
  const value = takeShortObject(split)
  if (value !== undefined) return endWhole(split, value)
  split.document = { members: [], lists: [] }
  return go(split, 'KEY_FIRST')
}

/**
 * A short object without a list to stream (an envelope, an answer about one thing) is parsed at once: there are many, and member by member each
 * would take three times as long. Whatever is wrong with it is found member by member.
 */
function takeShortObject(split: Split): object | undefined {
  const end = findNearEnd(split, SHORT_OBJECT)
  const value = end === undefined ? undefined : parsedObject(split.text.slice(split.at, end))
  if (end === undefined || value === undefined) return undefined
  for (const name in value) if (Array.isArray(value[name]) && split.isStreamed(name)) return undefined
  split.at = end
  return value
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function beginList(split: Split): Step {
  split.document?.lists.push(split.key)
  split.listIndex = 0
  return go(split, 'LIST_FIRST')
}

function closeDocument(split: Split): Step {
  split.at += 1
  return endDocument(split, true)
}

/** A list of nothing is a value all the same: it may answer a question that only its place tells. */
function endArray(split: Split): Step {
  const isEmpty = split.arrayIndex === 0
  split.arrayIndex = -1
  const event: Step = isEmpty ? { type: 'document', document: documentPath(split), value: [], lists: [], whole: true } : 'ON'
  split.topIndex += 1
  split.at += 1
  split.state = 'TOP'
  return event
}

function endDocument(split: Split, whole: boolean): JsonEvent {
  const { members, lists } = split.document ?? { members: [], lists: [] }
  const event: JsonEvent = { type: 'document', document: documentPath(split), value: Object.fromEntries(members), lists, whole }
  split.document = undefined
  nextDocument(split)
  return event
}

function nextDocument(split: Split): void {
  if (split.arrayIndex >= 0) split.arrayIndex += 1
  else split.topIndex += 1
  split.state = split.arrayIndex >= 0 ? 'ARRAY_NEXT' : 'TOP'
}

/** A top-level value that is no object. */
function wholeDocument(split: Split, final: boolean): Step {
  return takeValue(split, final, (value) => endWhole(split, value))
}

function endWhole(split: Split, value: unknown): JsonEvent {
  const event: JsonEvent = { type: 'document', document: documentPath(split), value, lists: [], whole: true }
  nextDocument(split)
  return event
}

/** The first top-level value has an empty path, the following ones `[1]`, `[2]` …; elements of a top-level array add theirs. */
function documentPath(split: Split): string {
  const top = split.topIndex === 0 ? '' : `[${split.topIndex}]`
  return split.arrayIndex < 0 ? top : `${top}[${split.arrayIndex}]`
}

const elementPath = (split: Split): string => `${join(documentPath(split), split.key)}[${split.listIndex}]`

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

function takeValue(split: Split, final: boolean, use: (value: unknown) => Step): Step {
  const end = findEnd(split, final)
  if (end === 'MORE') return 'MORE'
  if (end === 'DEEP') return faultAt(split, split.at, `a value nested deeper than ${DEEPEST} levels`)
  const piece = split.text.slice(split.at, end)
  let value: unknown
  try {
    value = JSON.parse(piece)
  } catch {
    const fault = findJsonFault(piece)
    return faultAt(split, split.at + (fault?.offset ?? 0), fault?.message ?? 'not JSON')
  }
  split.at = end
  return use(value)
}

function unexpected(split: Split, what: string): JsonEvent {
  return faultAt(split, split.at, `${what} was expected, ${JSON.stringify(split.text[split.at])} is there`)
}

function faultAt(split: Split, at: number, message: string): JsonEvent {
  const { line, columnsBefore } = moveOver(split, at)
  return { type: 'fault', line, column: columnsBefore + 1, message }
}
