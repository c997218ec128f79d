import { isRecord } from '../document.ts'
import type { Each, EachOf, Values } from './call.ts'
import { CALLS } from './calls/index.ts'
import type { ServiceCall } from './service.ts'
import { newTask, type Task } from './task.ts'

/** Which calls are made for the things that another call names. */

interface Dependent {
  readonly of: ServiceCall
  readonly each: EachOf
}

export const isEachOf = (each: Each): each is EachOf => 'of' in each

/** Kind of the call whose answer names the things. */
export const kindOf = ({ service }: ServiceCall, { of }: EachOf): string => `aws/${of.includes('/') ? of : `${service.cli}/${of}`}`

const DEPENDENTS: ReadonlyMap<string, readonly Dependent[]> = Map.groupBy(
  CALLS.flatMap((of) => (of.call.each ?? []).filter(isEachOf).map((each) => ({ of, each }))),
  ({ of, each }) => kindOf(of, each),
)

const dependentsOf = (kind: string): readonly Dependent[] => DEPENDENTS.get(kind) ?? []

/** What can't be asked where a call is not answered. */
export function allDependentsOf(kind: string, seen: Set<ServiceCall> = new Set()): ReadonlySet<ServiceCall> {
  for (const { of } of dependentsOf(kind))
    if (of.kind !== kind && !seen.has(of)) {
      seen.add(of)
      allDependentsOf(of.kind, seen)
    }
  return seen
}

/** Counts the batches of each call, since a further page goes on where the one before ended. */
export type BatchCounts = Map<ServiceCall, number>

/** The calls that a page of an answer leads to. */
export function offspringOf(task: Task, output: unknown, counts: BatchCounts): readonly Task[] {
  return dependentsOf(task.of.kind).flatMap(({ of, each }) => {
    const things = thingsAt(output, each.list.split('.')).filter((thing) => each.unless?.(thing) !== true)
    const kept = Object.fromEntries((each.keep ?? []).flatMap((name) => (name in task.values ? [[name, task.values[name] ?? '']] : [])))
    return each.batch === undefined
      ? things.flatMap((thing) => taskOf(task, of, each, kept, thing))
      : batches(task, { of, each }, kept, things, counts)
  })
}

function taskOf(parent: Task, of: ServiceCall, each: EachOf, kept: Values, thing: unknown): readonly Task[] {
  const taken = Object.entries(each.take).map(([name, member]) => [name, textAt(thing, member)] as const)
  if (taken.some(([, text]) => text === undefined)) return []
  const values: Values = { ...kept, ...Object.fromEntries(taken.map(([name, text]) => [name, text ?? ''])) }
  const askIn = each.region === undefined ? undefined : textAt(thing, each.region)
  return [newTask(of, parent.region, values, { subjects: Object.keys(each.take), askIn })]
}

function batches(parent: Task, { of, each }: Dependent, kept: Values, things: readonly unknown[], counts: BatchCounts): readonly Task[] {
  const [[name, member] = ['', '']] = Object.entries(each.take)
  const texts = things.map((thing) => textAt(thing, member)).filter((text) => text !== undefined)
  const size = each.batch ?? 1
  const first = counts.get(of) ?? 1
  const tasks = Array.from({ length: Math.ceil(texts.length / size) }, (_, index) => {
    const values = { ...kept, [name]: texts.slice(index * size, (index + 1) * size) }
    return newTask(of, parent.region, values, { subjects: [], batch: first + index, isFresh: parent.isFresh })
  })
  counts.set(of, first + tasks.length)
  return tasks
}

function thingsAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => thingsAt(item, path))
  const [name, ...rest] = path
  if (name === undefined) return value === undefined || value === null ? [] : [value]
  return isRecord(value) ? thingsAt(value[name], rest) : []
}

function textAt(thing: unknown, member: string): string | undefined {
  const value = member === '' ? thing : isRecord(thing) ? thing[member] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
