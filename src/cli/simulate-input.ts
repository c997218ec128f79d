import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { PermiscopeError } from '../domain/errors.ts'

/** A document to be decided, or why there is none. */
export type Asked = { readonly document: unknown } | { readonly fault: string; readonly place: string }

export interface Questions {
  /** How the documents came, and so how the answers go. */
  readonly shape: 'one' | 'array' | 'lines'
  readonly asked: readonly Asked[]
}

/** @param file a path, or `-` for standard input @throws BAD_INPUT */
export async function readInput(file: string): Promise<string> {
  try {
    return (file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    throw new PermiscopeError('BAD_INPUT', `can't read ${file}`, { path: '' }, { cause: error })
  }
}

/** One document, an array of them, or NDJSON. What is not JSON is a fault in its place. */
export function readQuestions(input: string, named: string): Questions {
  const whole = parsed(input)
  if ('fault' in whole) return linesOf(input, whole)
  if (Array.isArray(whole.document)) return { shape: 'array', asked: whole.document.map((document: unknown) => ({ document })) }
  return { shape: /\.(?:ndjson|jsonl)$/i.test(named) ? 'lines' : 'one', asked: [whole] }
}

/** NDJSON, where a line by itself is an object; else it was one document, and broken. */
function linesOf(input: string, fault: Asked): Questions {
  const lines = input.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [{ line, number: at + 1 }]))
  const asked = lines.map(({ line, number }) => parsed(line, `line ${number}`))
  if (!asked.some((one) => 'document' in one && isObject(one.document))) return { shape: 'one', asked: [fault] }
  return { shape: 'lines', asked }
}

function parsed(json: string, place = ''): Asked {
  try {
    return { document: JSON.parse(json) as unknown }
  } catch {
    // The parser's own message quotes the document.
    return { fault: json.trim() === '' ? 'the document is empty' : 'the document is not JSON', place }
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
