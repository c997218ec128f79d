import { setTimeout as sleep } from 'node:timers/promises'
import { ACCOUNT, type Input, type Until } from './call.ts'
import type { Connections } from './connections.ts'
import { isBroken } from './failure.ts'
import type { Connection } from './service.ts'
import type { Task } from './task.ts'
import type { BundleFolder } from '../../bundle/bundle-folder.ts'

export interface Asking {
  readonly account: string
  /** The region that is asked about what has none. */
  readonly home: string
  readonly connections: Connections
  readonly folder: BundleFolder
  readonly signal: AbortSignal
  readonly task: Task
}

/** Makes a call. @param token of the page before @returns one page of the answer @throws what AWS or the network says */
export async function ask(asking: Asking, token: string | undefined): Promise<object> {
  const { account, home, connections, signal, task } = asking
  const { call, service } = task.of
  const connection = await connections.to(service, task.askIn ?? task.region ?? home)
  const values = call.after === undefined ? task.values : await prepare(connection, task, signal)
  const paging = call.pages === undefined || token === undefined ? {} : { [call.pages[0]]: token }
  const input = { ...forAccount(call.input, account), ...values, ...paging }
  const output = await askUntil(connection, call.command, input, call.until, signal)
  return { ...Object.fromEntries((call.lists ?? []).map((list) => [list, []])), ...withoutUndefined(output) }
}

async function prepare(connection: Connection, { of, values }: Task, signal: AbortSignal): Promise<Input> {
  const before = of.call.after
  if (before === undefined) return {}
  const output = await askUntil(connection, before.command, { ...before.input, ...values }, before.until, signal)
  const given = (before.gives ?? []).map((member) => [member, String(output[member])] as const)
  return Object.fromEntries(given)
}

const POLL_MS = 1000
const POLLS = 600

async function askUntil(
  connection: Connection,
  command: string,
  input: object,
  until: Until | undefined,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  for (let polls = 0; polls < POLLS; polls += 1) {
    const output = await askWhole(connection, command, input, signal)
    const state = until === undefined ? '' : String(output[until.member])
    if (until?.failed?.includes(state) === true) throw new Error(`AWS says ${state}.`)
    if (until?.not.includes(state) !== true) return output
    await sleep(POLL_MS, undefined, { signal })
  }
  throw new Error('AWS was still at work after ten minutes.')
}

const BROKEN_ANSWERS = 3

/** The SDK asks again by itself where AWS is too busy or the network fails, but not where an answer breaks off. */
async function askWhole(connection: Connection, command: string, input: object, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  for (let broken = 1; ; broken += 1) {
    try {
      return await connection.ask(command, input, signal)
    } catch (error) {
      if (broken === BROKEN_ANSWERS || !isBroken(error)) throw error
    }
  }
}

const forAccount = (input: Input = {}, account: string): Input =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value === ACCOUNT ? account : value]))

const withoutUndefined = (output: object): object => Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined))
