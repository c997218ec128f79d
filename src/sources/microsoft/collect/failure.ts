import { isRestError } from '@azure/core-rest-pipeline'
import type { Failure } from '../../collect/outcomes.ts'

/** The answer was given and is none: it broke off, or is not of the shape that is always given. Asking again may help. */
export class BrokenAnswer extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'BrokenAnswer'
  }
}

export const NOT_WHOLE = 'The answer breaks off or is no JSON.'

/** A page says that the next one is with somebody else, who must not get the token. */
export class ForeignPage extends Error {
  constructor() {
    super('The next page is said to be at another address; it was not asked for.')
    this.name = 'ForeignPage'
  }
}

/** What providers say names who asked for what, and holds no secret. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'UnknownError', reason: '' }
  if (!isRestError(error)) return { code: error.name, reason: shortened(error.message) }
  if (isBroken(error)) return { code: 'BrokenAnswer', reason: NOT_WHOLE }
  const said = saidIn(error.response?.bodyAsText)
  const fallback = error.statusCode === undefined ? (error.code ?? error.name) : `Http${error.statusCode}`
  return { code: said?.code ?? fallback, reason: shortened(said?.message ?? error.message) }
}

const LONGEST_REASON = 500

const shortened = (text: string): string => (text.split('\n')[0] ?? '').slice(0, LONGEST_REASON)

/** `{"error": {"code", "message"}}` of both APIs. */
function saidIn(text: string | null | undefined): { readonly code: string; readonly message: string } | undefined {
  try {
    const body: unknown = JSON.parse(text ?? '')
    const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
    if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string' || error.code === '') return undefined
    return { code: error.code, message: 'message' in error && typeof error.message === 'string' ? error.message : '' }
  } catch {
    return undefined
  }
}

/** The SDK does not ask again by itself where an answer breaks off. */
export const isBroken = (error: unknown): boolean =>
  error instanceof BrokenAnswer || (isRestError(error) && error.code === 'PARSE_ERROR' && (error.statusCode ?? 200) < 300)

/** What a link to a page of yesterday is answered with. */
export const isAboutPage = (error: unknown): boolean =>
  error instanceof ForeignPage || (isRestError(error) && error.statusCode !== undefined && [400, 404, 410].includes(error.statusCode))
