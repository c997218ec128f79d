import { columnsOf, createCsvSplitter } from './split-csv.ts'
import { createJsonSplitter, type JsonEvent, type JsonSplitter } from './split-json.ts'

/** What sources can read of a text. */
export interface Readable {
  /** Whether elements of a top-level list of this name come one by one. */
  readonly streams: (list: string) => boolean
  /** The list as whose elements the rows of a CSV with these columns are read; undefined where it is no table that is known. */
  readonly tableOf: (columns: readonly string[]) => string | undefined
}

/** No line of names is longer. */
const LONGEST_HEADER = 64 * 1024

/** Splits a CSV whose columns some source knows by its rows, everything else as JSON. */
export function createTextSplitter(readable: Readable): JsonSplitter {
  let chosen: JsonSplitter | undefined
  let head = ''
  const choose = (final: boolean): JsonSplitter | undefined => (chosen ??= splitterFor(head, final, readable))
  return {
    push: (text) => {
      if (chosen !== undefined) return chosen.push(text)
      head += text
      return choose(false)?.push(head) ?? []
    },
    end: () => (chosen === undefined ? afterHead(choose(true), head, (splitter) => splitter.end()) : chosen.end()),
    fail: (message) => (chosen === undefined ? afterHead(choose(true), head, (splitter) => splitter.fail(message)) : chosen.fail(message)),
  }
}

function* afterHead(splitter: JsonSplitter | undefined, head: string, last: (splitter: JsonSplitter) => Iterable<JsonEvent>): Iterable<JsonEvent> {
  if (splitter === undefined) return
  yield* splitter.push(head)
  yield* last(splitter)
}

/** @param final nothing follows @returns undefined where more must be seen */
function splitterFor(head: string, final: boolean, { streams, tableOf }: Readable): JsonSplitter | undefined {
  const text = head.replace(/^[\uFEFF\s]+/, '')
  const end = text.search(/\r?\n/)
  if (/^[[{]/.test(text)) return createJsonSplitter(streams)
  if (end < 0 && !final && text.length < LONGEST_HEADER) return undefined
  const list = tableOf(columnsOf(end < 0 ? text : text.slice(0, end)))
  return list === undefined ? createJsonSplitter(streams) : createCsvSplitter(list)
}
