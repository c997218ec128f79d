import { pathAbout, type Askable } from '../microsoft/collect/call.ts'
import type { Rest } from '../microsoft/collect/rest.ts'
import { GRAPH_CALLS } from './collect/calls.ts'

/** The calls to Microsoft Graph, ready to be made. */
export const graphCalls = (rest: Rest): readonly Askable[] =>
  GRAPH_CALLS.map((call) => ({ ...call, ask: (about, next, signal) => rest.get(next ?? pathAbout(call, about), signal) }))
