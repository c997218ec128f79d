import { describe, expect, test } from 'vitest'
import { actionKnowledge } from '../../../../src/policy/aws/actions/index.ts'
import { CALLS } from '../../../../src/sources/aws/collect/calls/index.ts'
import { isEachOf, kindOf } from '../../../../src/sources/aws/collect/fan-out.ts'
import type { EachOf } from '../../../../src/sources/aws/collect/call.ts'
import type { ServiceCall } from '../../../../src/sources/aws/collect/service.ts'
import { shapesOf, type Shapes } from './sdk-shapes.ts'

/** Members of lambda's map of variables are kept in a shape of strings: `Environment.Variables` stands for what lies in it. */
const isPath = (paths: readonly string[], end: string): boolean => {
  const wanted = end.replace(/\.\*$/, '')
  return paths.some((path) => path === wanted || path.endsWith(`.${wanted}`))
}

const valuesOf = ({ call }: ServiceCall): readonly string[] =>
  (call.each ?? []).flatMap((each) => (isEachOf(each) ? [...Object.keys(each.take), ...(each.keep ?? [])] : [each.value]))

/** Roles Anywhere is asked without the SDK. */
const OF_SDK = CALLS.filter(({ service }) => service.cli !== 'rolesanywhere')

/** Each with the call that it is a fault of. */
const faults = async (
  of: (call: ServiceCall) => readonly string[] | Promise<readonly string[]>,
  calls: readonly ServiceCall[] = OF_SDK,
): Promise<readonly string[]> => (await Promise.all(calls.map(async (call) => (await of(call)).map((fault) => `${call.kind}: ${fault}`)))).flat()

async function shapes({ service, call }: ServiceCall): Promise<Shapes> {
  const found = await shapesOf(service, call.command)
  if (found === undefined) throw new Error(`${call.command} is no command of the SDK`)
  return found
}

describe('the tables of calls', () => {
  test('give the SDK members that it knows', async () => {
    const strange = await faults(async (of) => {
      const { call } = of
      const { input, output } = await shapes(of)
      const values = call.after === undefined ? valuesOf(of) : (call.after.gives ?? [])
      const given = [...Object.keys(call.input ?? {}), ...values, ...(call.pages === undefined ? [] : [call.pages[0]])]
      const read = [...(call.pages === undefined ? [] : [call.pages[1]]), ...(call.lists ?? []), ...Object.keys(call.shortens ?? {})]
      const waited = call.until === undefined ? [] : [call.until.member]
      return [...given.filter((member) => !input.includes(member)), ...[...read, ...waited].filter((member) => !output.includes(member))]
    })
    expect(strange).toEqual([])
  })

  test('drop what there is, so that no secret stays for a misspelt name', async () => {
    const strange = await faults(async (of) => {
      const { output } = await shapes(of)
      return (of.call.drops ?? []).filter((drop) => !isPath(output, drop) && !SHARED_DROPS.has(drop))
    })
    expect(strange).toEqual([])
  })

  test('ask about what another call names', async () => {
    const strange = await faults(async (of) => {
      const found = await Promise.all((of.call.each ?? []).filter(isEachOf).map((each) => strangeThings(of, each)))
      return found.flat()
    })
    expect(strange).toEqual([])
  })

  test('need actions that AWS knows and that change nothing; where one reads more than settings, something of it is dropped', async () => {
    const strange = await faults(
      ({ needs, call }) =>
        needs.filter((action) => {
          const id = actionKnowledge.idOf(action)
          if (id === -1) return !NO_PERMISSION.has(action)
          const level = actionKnowledge.levelOf(id)
          return !(SETTINGS.has(level) || (level.startsWith('READ_') && (call.drops ?? []).length > 0))
        }),
      CALLS,
    )
    expect(strange).toEqual([])
  })

  test('have no two calls that write the same file', () => {
    const kinds = CALLS.map(({ kind }) => kind)
    expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([])
  })
})

async function strangeThings(of: ServiceCall, each: EachOf): Promise<readonly string[]> {
  const parent = CALLS.find(({ kind }) => kind === kindOf(of, each))
  if (parent === undefined) return [each.of]
  const { output } = await shapes(parent)
  const members = [...Object.values(each.take), ...(each.region === undefined ? [] : [each.region])]
  const paths = members.map((member) => (member === '' ? each.list : `${each.list}.${member}`))
  return [...paths.filter((path) => !output.includes(path)), ...(each.keep ?? []).filter((name) => !valuesOf(parent).includes(name))]
}

const SETTINGS: ReadonlySet<string> = new Set(['LIST', 'READ_METADATA'])
const NO_PERMISSION: ReadonlySet<string> = new Set(['sts:GetCallerIdentity'])
/** One list for all that holds containers: not every answer has each. */
const SHARED_DROPS: ReadonlySet<string> = new Set([
  'environment.value',
  'command',
  'entryPoint',
  'dockerLabels.*',
  'options.*',
  'driverOpts.*',
  'labels.*',
])
