import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/**
 * A server on this machine that answers as Azure Resource Manager and Microsoft Graph do: listings in pages, Resource Graph, faults. It knows
 * nothing of the tables of calls.
 */

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly authorization: string
  /** How many requests came before. */
  readonly index: number
}

/** What is listed, an object, or a fault; undefined: there is no such thing. */
export type Reply =
  | { readonly rows: readonly object[] }
  | { readonly object: object }
  | { readonly status: number; readonly code?: string; readonly message?: string; readonly retryAfter?: number }
  | { readonly body: string }
  /** The connection breaks: before the answer, or in the middle of it. */
  | { readonly reset: true }
  | { readonly cut: Reply }
  /** Half of the answer, and then nothing. */
  | { readonly stall: Reply }
  | undefined

export interface LoopbackServer {
  readonly endpoint: string
  readonly asked: readonly Asked[]
  /** How many requests were under way at the same time, at most. */
  busiest(): number
  close(): Promise<void>
}

export interface Serving {
  readonly reply: (asked: Asked) => Reply
  readonly pageSize: number
}

export async function startLoopback(serving: Serving): Promise<LoopbackServer> {
  const asked: Asked[] = []
  const underWay = { now: 0, most: 0 }
  const server = createServer((request, response) => {
    underWay.now += 1
    underWay.most = Math.max(underWay.most, underWay.now)
    response.on('close', () => (underWay.now -= 1))
    void answer(request, response, { ...serving, asked })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { endpoint: `http://127.0.0.1:${port}`, asked, busiest: () => underWay.most, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Long enough for what is asked at the same time to be seen so. */
const ANSWER_MS = 2

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving & { readonly asked: Asked[] }): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
  const asked: Asked = {
    method: request.method ?? '',
    path: decodeURIComponent(pathname),
    query: searchParams,
    body: text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>),
    authorization: request.headers.authorization ?? '',
    index: serving.asked.length,
  }
  serving.asked.push(asked)
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS))
  send(response, written(asked, request.headers.host ?? '', serving))
}

interface Written {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly isStalled?: true
}

function send(response: ServerResponse, { status, headers, body, isStalled }: Written): void {
  if (body === undefined) return void response.destroy()
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  if (isStalled === true) response.write(body)
  else response.end(body)
}

const isGraph = ({ path }: Asked): boolean => path.startsWith('/v1.0/')

function written(asked: Asked, host: string, { reply, pageSize }: Serving): Written {
  if (!asked.authorization.startsWith('Bearer ')) return fault({ status: 401, code: 'AuthenticationFailed' })
  if (!isGraph(asked) && !asked.query.has('api-version')) return fault({ status: 400, code: 'MissingApiVersionParameter' })
  return writtenAs(reply(asked), asked, host, pageSize)
}

function writtenAs(reply: Reply, asked: Asked, host: string, pageSize: number): Written {
  if (reply === undefined) return fault({ status: 404, code: isGraph(asked) ? 'Request_ResourceNotFound' : 'ResourceNotFound', message: asked.path })
  if ('reset' in reply) return { status: 0, headers: {}, body: undefined }
  if ('cut' in reply) return halfOf(writtenAs(reply.cut, asked, host, pageSize))
  if ('stall' in reply) return { ...halfOf(writtenAs(reply.stall, asked, host, pageSize)), isStalled: true }
  if ('status' in reply) return fault(reply)
  if ('body' in reply) return { status: 200, headers: {}, body: reply.body }
  const page = 'object' in reply ? reply.object : pageOf(reply.rows, asked, host, pageSize)
  return { status: 200, headers: {}, body: JSON.stringify(page) }
}

const halfOf = (whole: Written): Written => ({ ...whole, body: whole.body?.slice(0, Math.ceil(whole.body.length / 2)) })

interface Fault {
  readonly status: number
  readonly code?: string
  readonly message?: string
  readonly retryAfter?: number
}

const fault = ({ status, code = 'Refused', message = 'as the test wants it', retryAfter }: Fault): Written => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  body: JSON.stringify({ error: { code, message } }),
})

function pageOf(rows: readonly object[], asked: Asked, host: string, pageSize: number): object {
  if (asked.path.startsWith('/providers/Microsoft.ResourceGraph/')) return pageOfResourceGraph(rows, asked, pageSize)
  const from = Number(asked.query.get('$skiptoken') ?? 0)
  const value = rows.slice(from, from + pageSize)
  const query = new URLSearchParams(asked.query)
  query.set('$skiptoken', String(from + pageSize))
  const next = from + pageSize < rows.length ? `http://${host}${encodeURI(asked.path)}?${query.toString()}` : undefined
  if (!isGraph(asked)) return { value, ...(next === undefined ? {} : { nextLink: next }) }
  return { '@odata.context': contextOf(asked), ...(next === undefined ? {} : { '@odata.nextLink': next }), value }
}

/** `https://graph.microsoft.com/v1.0/$metadata#groups('…')/members` is told as Graph tells it: of members, only that they are objects. */
function contextOf({ path }: Asked): string {
  const named = path.slice('/v1.0/'.length)
  const isOfObjects = /\/(?:members|owners)$/.test(named)
  const what = isOfObjects ? 'directoryObjects' : named.replaceAll(/\/([0-9a-f-]{36})(?=\/)/g, "('$1')")
  return `https://graph.microsoft.com/v1.0/$metadata#${what}`
}

function pageOfResourceGraph(rows: readonly object[], { body }: Asked, pageSize: number): object {
  const options = body['options'] as { readonly $skipToken?: string } | undefined
  const from = Number(options?.$skipToken ?? 0)
  const data = rows.slice(from, from + pageSize)
  const token = from + pageSize < rows.length ? { $skipToken: String(from + pageSize) } : {}
  return { totalRecords: rows.length, count: data.length, data, facets: [], resultTruncated: 'false', ...token }
}
