import { setTimeout as sleep } from 'node:timers/promises'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { isRecord } from '../document.ts'
import { EmptyAnswer } from './failure.ts'
import type { ClientSettings } from './service.ts'

/** A GET of a REST service of AWS, for services that the SDK has no current client for. */

interface SignedGet extends Pick<ClientSettings, 'credentials' | 'region'> {
  /** As the signature names it. */
  readonly service: string
  readonly url: URL
  readonly signal: AbortSignal
}

const ATTEMPTS = 8
const FIRST_WAIT_MS = 100

/** @throws an error named after AWS's code, or what the network says */
export async function signedGet(get: SignedGet): Promise<Readonly<Record<string, unknown>>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(get)
    } catch (error) {
      if (attempt === ATTEMPTS || !mayPass(error)) throw error
    }
    await sleep(FIRST_WAIT_MS * 2 ** attempt * Math.random(), undefined, { signal: get.signal })
  }
}

async function once({ credentials, region, service, url, signal }: SignedGet): Promise<Readonly<Record<string, unknown>>> {
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 })
  const query = Object.fromEntries(url.searchParams)
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { host: url.host, 'user-agent': `permiscope api/${service}#1` },
  })
  const response = await fetch(url, { headers, signal, redirect: 'error' }).catch((error: unknown) => {
    // What `fetch` says itself is only that it failed.
    throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error
  })
  const text = await response.text()
  if (!response.ok) throw refusal(response, text)
  if (text === '') throw new EmptyAnswer()
  const answer: unknown = JSON.parse(text)
  return isRecord(answer) ? answer : {}
}

class Refusal extends Error {
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = code
    this.status = status
  }
}

function refusal({ status, headers }: Response, text: string): Refusal {
  const code = headers.get('x-amzn-errortype')?.split(':')[0] ?? memberOf(text, '__type')
  return new Refusal(status, code ?? `Http${status}`, memberOf(text, 'message') ?? '')
}

function memberOf(text: string, name: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    return isRecord(answer) && typeof answer[name] === 'string' ? answer[name] : undefined
  } catch {
    return undefined
  }
}

const NETWORK: ReadonlySet<unknown> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'])

/** Too busy, not well, or a connection that broke. */
function mayPass(error: unknown): boolean {
  if (error instanceof Refusal) return error.status === 429 || error.status >= 500 || error.name.includes('Throttl')
  return error instanceof Error && 'code' in error && NETWORK.has(error.code)
}
