import { pathAbout, type Askable } from '../microsoft/collect/call.ts'
import type { Rest } from '../microsoft/collect/rest.ts'
import { ARM_CALLS } from './collect/calls.ts'
import { openArm } from './collect/clients.ts'

/** The calls to Azure Resource Manager, ready to be made. */
export function armCalls(rest: Rest): readonly Askable[] {
  const arm = openArm(rest)
  return ARM_CALLS.map(({ by, ...call }) => ({
    ...call,
    ask: (about, next, signal) => (by === undefined ? rest.get(next ?? pathAbout(call, about), signal) : by(arm, about, next, signal)),
  }))
}
