import { lookup } from 'node:dns/promises'
import type { Failure } from '../../collect/outcomes.ts'

/** AWS's messages name who asked for what, and hold no secret. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'UnknownError', reason: '' }
  // The SDK adds hints for programmers below.
  return { code: codeOf(error), reason: (error.message.split('\n')[0] ?? '').slice(0, 500) }
}

/** The SDK names errors after its own classes in places; AWS's own code stands beside. */
function codeOf(error: Error): string {
  const inner = 'Error' in error && typeof error.Error === 'object' && error.Error !== null ? error.Error : {}
  const codes = ['Code' in error ? error.Code : undefined, 'Code' in inner ? inner.Code : undefined, 'code' in error ? error.code : undefined]
  const said = codes.find((code): code is string => typeof code === 'string' && code !== '')
  const status = statusOf(error) ?? 200
  if (isBroken(error)) return 'BrokenAnswer'
  return said ?? (isUnreadable(error) && status >= 300 ? `Http${status}` : error.name)
}

function statusOf(error: Error): number | undefined {
  const response = '$response' in error && typeof error.$response === 'object' && error.$response !== null ? error.$response : {}
  return 'statusCode' in response && typeof response.statusCode === 'number' ? response.statusCode : undefined
}

/** What a token of yesterday's page is answered with; services differ in the words. */
export const isAboutToken = ({ code, reason }: Failure): boolean => /token|marker|pagination|validation|invalid|expired/i.test(`${code} ${reason}`)

/** The answer was given and has nothing in it, which AWS never answers here. */
export class EmptyAnswer extends Error {
  constructor() {
    super('The answer is empty.')
  }
}

/** The answer was given and broke off, so that asking again may help. */
export const isBroken = (error: unknown): boolean =>
  error instanceof EmptyAnswer || (error instanceof Error && !('$fault' in error) && (statusOf(error) ?? 200) < 300 && isUnreadable(error))

const isUnreadable = (error: Error): boolean => error instanceof SyntaxError || error.message.includes('XML parse error')

/**
 * A service that a region does not have has no address there. Only where another service of the region has one: else it is the network.
 * @param find finds the address of a host, or throws
 */
export async function isServiceNotThere(fault: unknown, find: (host: string) => Promise<unknown> = lookup): Promise<boolean> {
  if (!(fault instanceof Error) || !('code' in fault) || fault.code !== 'ENOTFOUND') return false
  const host = 'hostname' in fault && typeof fault.hostname === 'string' ? fault.hostname : ''
  const region = /\.([a-z]{2,}(?:-[a-z]+)+-\d)\.(amazonaws\.com(?:\.cn)?|api\.aws)$/.exec(host)
  if (region === null) return false
  return find(`ec2.${region[1]}.${region[2]}`).then(
    () => true,
    () => false,
  )
}
