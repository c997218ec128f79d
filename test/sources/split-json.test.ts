import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonFault } from '../../src/sources/read/json-fault.ts'
import { createJsonSplitter, type JsonEvent } from '../../src/sources/read/split-json.ts'

const streams = (list: string): boolean => list.startsWith('L')

function split(text: string, sizes: readonly number[]): readonly JsonEvent[] {
  const splitter = createJsonSplitter(streams)
  const events: JsonEvent[] = []
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    events.push(...splitter.push(text.slice(at, at + size)))
    at += size
  }
  return [...events, ...splitter.end()]
}

/** The values that events were split from. Elements come before the document that they are of. */
function joined(events: readonly JsonEvent[]): readonly unknown[] {
  const values: unknown[] = []
  let elements: { readonly list: string; readonly value: unknown }[] = []
  for (const event of events) {
    if (event.type === 'element') elements.push(event)
    if (event.type !== 'document') continue
    const lists = event.lists.map((list) => [list, elements.filter((element) => element.list === list).map(({ value }) => value)])
    values.push(lists.length === 0 ? event.value : Object.fromEntries([...Object.entries(event.value ?? {}), ...lists]))
    elements = []
  }
  return values
}

const key = fc.constantFrom('a', 'La', 'Lb', '__proto__', 'x"y\\', '')
const json = fc.jsonValue({ maxDepth: 3 })
const document = fc.dictionary(key, fc.oneof(json, fc.array(json, { maxLength: 4 })), { maxKeys: 4, noNullPrototype: true })
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
const indent = fc.constantFrom(undefined, 1, '\t', '\r\n ')
/** -0 has no JSON. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('text that is split', () => {
  test('has the same values as JSON.parse finds, however it arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(document, json), { minLength: 1, maxLength: 3 }), indent, sizes, (values, space, chunks) => {
        const text = values.map((value) => JSON.stringify(value, null, space)).join('\n')
        const flat = values.flatMap((value) => (Array.isArray(value) && value.length > 0 ? value : [value]))
        expect(joined(split(text, chunks)).map(plain)).toEqual(plain(flat))
      }),
      { numRuns: 500 },
    )
  })

  test('is at fault where JSON.parse refuses it, and only there', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.constantFrom('', '"', '{', ']', ',', ':', '\\', 'x', '0', '\n'), sizes, (value, at, inserted, chunks) => {
        const text = JSON.stringify(value)
        const place = at % (text.length + 1)
        const broken = text.slice(0, place) + inserted + text.slice(place + 1)
        const refused = isRefused(broken)
        if (!refused || splitsInSeveral(broken)) return
        expect(split(broken, chunks).some(({ type }) => type === 'fault')).toBe(true)
        expect(findJsonFault(broken)).toBeDefined()
      }),
      { numRuns: 1000 },
    )
  })

  test('gives the same events in one piece and in many', () => {
    fc.assert(
      fc.property(document, fc.nat(), sizes, (value, at, chunks) => {
        const text = JSON.stringify(value, null, 2)
        const cut = text.slice(0, at % (text.length + 1))
        expect(split(cut, chunks)).toEqual(split(cut, [cut.length + 1]))
      }),
      { numRuns: 500 },
    )
  })
})

function isRefused(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch {
    return true
  }
}

/** Values one after another are no JSON, but what we read. */
const splitsInSeveral = (text: string): boolean => split(text, [1000]).every(({ type }) => type !== 'fault')

describe('a fault', () => {
  test('is found exactly where JSON.parse refuses a text', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.constantFrom('', '"', '{', ']', ',', ':', 'x', '0'), (value, at, inserted) => {
        const text = JSON.stringify(value)
        const place = at % (text.length + 1)
        const changed = text.slice(0, place) + inserted + text.slice(place + 1)
        expect(findJsonFault(changed) !== undefined).toBe(isRefused(changed))
      }),
      { numRuns: 1000 },
    )
  })

  test('is placed at the character that is wrong, or at the beginning of the word, number or escape that it is in', () => {
    fc.assert(
      fc.property(document, fc.nat(), (value, at) => {
        const text = JSON.stringify(value)
        const place = at % (text.length + 1)
        const offset = findJsonFault(`${text.slice(0, place)}\u0001${text.slice(place)}`)?.offset ?? -1
        expect(offset).toBeLessThanOrEqual(place)
        expect(text.slice(Math.max(offset, 0), place)).toMatch(/^[\w\\+.-]*$/)
      }),
      { numRuns: 1000 },
    )
  })
})
