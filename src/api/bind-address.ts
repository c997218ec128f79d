import { isIPv4, isIPv6 } from 'node:net'
import { PermiscopeError } from '../domain/errors.ts'

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 4400

/**
 * The address to listen on. There is no authentication yet, so whoever reaches the port reads everything: only loopback will do, but for a
 * container (PERMISCOPE_CONTAINER=1), where the address is the container's own and its published port is what must be on loopback.
 * @throws BAD_USAGE
 */
export function bindAddress(host: string, environment: Readonly<Record<string, string | undefined>>): string {
  if (isLoopback(host) || environment['PERMISCOPE_CONTAINER'] === '1') return host
  throw new PermiscopeError(
    'BAD_USAGE',
    `refusing to listen on ${host}: Permiscope has no authentication yet, so it serves loopback only (127.0.0.1, ::1, localhost). To use it from another machine, forward the port, as with ssh -L ${DEFAULT_PORT}:127.0.0.1:${DEFAULT_PORT}.`,
  )
}

function isLoopback(host: string): boolean {
  if (host === 'localhost') return true
  return isIPv4(host) ? host.startsWith('127.') : isIPv6(host) && host === '::1'
}

/** `http://127.0.0.1:4400`; what people can open, also where every address is listened on. */
export function serverUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? DEFAULT_HOST : host
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`
}
