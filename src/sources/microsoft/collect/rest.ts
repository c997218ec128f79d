import {
  bearerTokenAuthenticationPolicy,
  bearerTokenAuthenticationPolicyName,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
  RestError,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline'
import type { TokenCredential } from '@azure/identity'
import { PermiscopeError } from '../../../domain/errors.ts'
import { BrokenAnswer, ForeignPage, NOT_WHOLE } from './failure.ts'

/** One of Microsoft's APIs, with credentials. */
export interface Rest {
  /** Without a slash at its end. */
  readonly endpoint: string
  readonly scope: string
  readonly credential: TokenCredential
  /** For clients of the SDK. */
  readonly settings: typeof PIPELINE & { readonly allowInsecureConnection: boolean }
  /** Brings the token to what a client of the SDK sends. */
  authorize(pipeline: Pipeline): void
  /** @param target a path, or the whole address of a next page @throws RestError, BrokenAnswer, ForeignPage */
  get(target: string, signal: AbortSignal): Promise<object>
  /** @throws ForeignPage where a page's address is not of this API */
  checkPage(address: string): void
}

/** Retry-After is waited for; without it, longer each time. */
const PIPELINE = { retryOptions: { maxRetries: 8, maxRetryDelayInMs: 64_000 }, userAgentOptions: { userAgentPrefix: 'permiscope' } } as const

const ANSWER_MS = 120_000

/**
 * @param endpoint address of the API, `https:`, or `http:` to this machine
 * @param audience whom the token is for, where the endpoint stands in for another
 * @param answerMs how long one whole answer may take
 * @throws BAD_USAGE
 */
export function openRest(endpoint: string, audience: string, credential: TokenCredential, answerMs = ANSWER_MS): Rest {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const isLocal = url?.protocol === 'http:' && LOOPBACK.has(url.hostname)
  if (url === undefined || !(url.protocol === 'https:' || isLocal))
    throw new PermiscopeError('BAD_USAGE', `${endpoint} is no address that a token may be sent to: https://… is, or http:// to this machine.`)
  const base = endpoint.replace(/\/+$/, '')
  const scope = `${isLocal ? audience : url.origin}/.default`
  const authorize = (pipeline: Pipeline): void => {
    pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName })
    pipeline.addPolicy(isLocal ? localAuthentication(credential, scope) : bearerTokenAuthenticationPolicy({ credential, scopes: scope }), {
      phase: 'Sign',
    })
    pipeline.addPolicy(wholeWithin(answerMs), { phase: 'Sign' })
  }
  const pipeline = createPipelineFromOptions(PIPELINE)
  authorize(pipeline)
  const client = createDefaultHttpClient()
  const checkPage = (address: string): void => {
    if (!URL.canParse(address) || new URL(address).origin !== url.origin) throw new ForeignPage()
  }
  return {
    endpoint: base,
    scope,
    credential,
    settings: { ...PIPELINE, allowInsecureConnection: isLocal },
    authorize,
    checkPage,
    get: async (target, abortSignal) => {
      const address = target.startsWith('/') ? `${base}${target}` : target
      checkPage(address)
      const request = createPipelineRequest({ url: address, abortSignal, allowInsecureConnection: isLocal })
      request.headers.set('accept', 'application/json')
      return bodyOf(await pipeline.sendRequest(client, request))
    },
  }
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** The SDK sends no token where nothing is encrypted, not even to this machine. */
const localAuthentication = (credential: TokenCredential, scope: string): Parameters<Pipeline['addPolicy']>[0] => ({
  name: bearerTokenAuthenticationPolicyName,
  sendRequest: async (request, next) => {
    const token = await credential.getToken(scope)
    request.headers.set('authorization', `Bearer ${token?.token ?? ''}`)
    return next(request)
  },
})

/** The SDK waits for the rest of an answer that has begun for ever, also where it is told to stop. */
const wholeWithin = (milliseconds: number): Parameters<Pipeline['addPolicy']>[0] => ({
  name: 'permiscopeWholeWithin',
  sendRequest: async (request, next) => {
    const stalled = Promise.withResolvers<never>()
    const fault = new RestError('The answer was not whole in time.', { code: 'ETIMEDOUT', request })
    const giveUp = (): void => stalled.reject(fault)
    const timer = setTimeout(giveUp, milliseconds)
    request.abortSignal?.addEventListener('abort', giveUp)
    try {
      return await Promise.race([next(request), stalled.promise])
    } finally {
      clearTimeout(timer)
      request.abortSignal?.removeEventListener('abort', giveUp)
    }
  },
})

function bodyOf(response: PipelineResponse): object {
  const { status, request, bodyAsText } = response
  if (status !== 200) throw new RestError(`Answered with status ${status}.`, { statusCode: status, request, response })
  return parsedBody(bodyAsText)
}

/** @throws BrokenAnswer */
export function parsedBody(text: string | null | undefined): object {
  try {
    const body: unknown = JSON.parse(text ?? '')
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Said below.
  }
  throw new BrokenAnswer(NOT_WHOLE)
}
