import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PermiscopeError } from '../domain/errors.ts'

/**
 * Keeps other websites' scripts away from a server that has no log-in: a page that rebinds its own name to 127.0.0.1 is told by the Host
 * header, a page that sends requests across sites by Sec-Fetch-Site and Origin. Programs send neither of the latter.
 */
export function guardRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!namesLoopback(request.headers.host)) throw new PermiscopeError('BAD_USAGE', 'the Host header must name localhost, 127.0.0.1 or [::1]')
    if (isCrossSite(request)) throw new PermiscopeError('BAD_USAGE', 'requests from other sites are refused')
  })
  // Without the parser of text/plain, no request that browsers send across sites without asking first has a body that is understood.
  app.removeContentTypeParser('text/plain')
}

function namesLoopback(host: string | undefined): boolean {
  if (host === undefined) return false
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host)
}

function isCrossSite({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return true
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`
}
