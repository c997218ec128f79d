import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { askedIn, type Asked, type AwsRequest } from './requests.ts'

/**
 * A server that answers like AWS from what a test gives it: whole answers by operation, and faults. What it is not told is answered with
 * nothing in it, in the service's own protocol.
 */

export interface Replay extends Asked {
  readonly request: AwsRequest
  /** Members of the input, where they are sent as JSON or as a form. */
  readonly input: Readonly<Record<string, unknown>>
  /** How many requests came before. */
  readonly index: number
}

/** An error of AWS; a body as it is; or an output that is sent as JSON. */
export type Reply =
  | { readonly error: string; readonly status?: number; readonly message?: string }
  | { readonly body: string }
  | { readonly output: object }
  /** The connection breaks: before the answer, or in the middle of it. */
  | { readonly reset: true }
  | { readonly cut: Reply }
  | undefined

export interface ReplayServer {
  readonly endpoint: string
  readonly asked: readonly Replay[]
  /** How many requests to a service were under way at the same time, at most. */
  busiest(service: string): number
  close(): Promise<void>
}

export async function startReplay(reply: (replay: Replay) => Reply): Promise<ReplayServer> {
  const asked: Replay[] = []
  const underWay = new Map<string, { now: number; most: number }>()
  const server = createServer((request, response) => void answer(request, response, { asked, underWay, reply }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { endpoint: `http://127.0.0.1:${port}`, asked, busiest: (service) => underWay.get(service)?.most ?? 0, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

interface Serving {
  readonly asked: Replay[]
  readonly underWay: Map<string, { now: number; most: number }>
  readonly reply: (replay: Replay) => Reply
}

/** Long enough for what is asked at the same time to be seen so. */
const ANSWER_MS = 3

async function answer(incoming: IncomingMessage, response: ServerResponse, { asked, underWay, reply }: Serving): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  const request: AwsRequest = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body }
  const replay: Replay = { ...(await askedIn(request)), request, input: inputOf(request), index: asked.length }
  asked.push(replay)
  const counted = underWay.get(replay.service) ?? { now: 0, most: 0 }
  underWay.set(replay.service, counted)
  counted.now += 1
  counted.most = Math.max(counted.most, counted.now)
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS))
  counted.now -= 1
  send(response, replay, reply(replay))
}

function inputOf({ body, url }: AwsRequest): Readonly<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(url, 'http://localhost').searchParams)
  if (!body.startsWith('{')) return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
  return { ...query, ...(JSON.parse(body) as Readonly<Record<string, unknown>>) }
}

function send(response: ServerResponse, replay: Replay, reply: Reply): void {
  if (reply !== undefined && 'reset' in reply) return void response.destroy()
  if (reply !== undefined && 'cut' in reply) return cutShort(response, replay, reply.cut)
  const { status, body } = written(replay, reply)
  response.writeHead(status, { 'content-type': isXml(replay) ? 'text/xml' : 'application/x-amz-json-1.1', 'x-amzn-requestid': 'replayed' })
  response.end(body)
}

/** Ends in good order, but in the middle of the text: what a proxy does that gives up. */
function cutShort(response: ServerResponse, replay: Replay, reply: Reply): void {
  const { body } = written(replay, reply)
  response.writeHead(200, { 'content-type': isXml(replay) ? 'text/xml' : 'application/x-amz-json-1.1' })
  response.end(body.slice(0, Math.ceil(body.length / 2)))
}

function written(replay: Replay, reply: Reply): { readonly status: number; readonly body: string } {
  if (reply === undefined) return { status: 200, body: isXml(replay) ? emptyXml(replay) : '{}' }
  if ('body' in reply) return { status: 200, body: reply.body }
  if ('output' in reply) return { status: 200, body: JSON.stringify(reply.output) }
  if (!('error' in reply)) return { status: 500, body: '' }
  const { error, message = 'as the test wants it' } = reply
  const status = reply.status ?? 400
  return { status, body: isXml(replay) ? errorXml(replay, error, message) : JSON.stringify({ __type: error, message }) }
}

const XML = new Set(['sts', 'iam', 'ec2', 's3api', 's3control', 'sns', 'autoscaling', 'cloudformation'])
const isXml = ({ service }: Asked): boolean => XML.has(service)

const emptyXml = ({ operation }: Asked): string => `<${operation}Response><${operation}Result></${operation}Result></${operation}Response>`

function errorXml({ service }: Asked, code: string, message: string): string {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  if (service === 's3api') return error
  return service === 'ec2' ? `<Response><Errors>${error}</Errors></Response>` : `<ErrorResponse>${error}</ErrorResponse>`
}
