import { servicesOf } from './statement.ts'
import type { AwsDecision, CompiledPolicy, CompiledStatement } from './types.ts'

/** Long lists of policies, by the services whose actions their statements name: most statements are about other services than the question. */

export type Faults = AwsDecision['faults']

export interface IndexedStatement {
  readonly policy: CompiledPolicy
  readonly statement: CompiledStatement
}

interface PolicyIndex {
  readonly faults: Faults
  /** In the order of the policies, with those about any service among them. */
  readonly byService: ReadonlyMap<string, readonly IndexedStatement[]>
  readonly ofAnyService: readonly IndexedStatement[]
}

/** Shorter lists are gone through faster than looked up, and there are too many of them to keep an index for each. */
const MIN_POLICIES = 8

/** INVARIANT: lists of policies are not changed once a question was asked of them. */
const indexes = new WeakMap<readonly CompiledPolicy[], PolicyIndex>()

function indexOf(policies: readonly CompiledPolicy[]): PolicyIndex | undefined {
  if (policies.length < MIN_POLICIES) return undefined
  const known = indexes.get(policies)
  if (known !== undefined) return known
  const index = makeIndex(policies)
  indexes.set(policies, index)
  return index
}

function makeIndex(policies: readonly CompiledPolicy[]): PolicyIndex {
  const byService = new Map<string, IndexedStatement[]>()
  const ofAnyService: IndexedStatement[] = []
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const services = servicesOf(statement.program)
      if (services === 'ANY') {
        for (const list of byService.values()) list.push({ policy, statement })
        ofAnyService.push({ policy, statement })
        continue
      }
      for (const service of services) {
        const list = byService.get(service) ?? [...ofAnyService]
        list.push({ policy, statement })
        byService.set(service, list)
      }
    }
  }
  return { byService, ofAnyService, faults: listFaults(policies) }
}

/** Statements that can name an action of the service; undefined where the list is too short for an index. */
export function statementsAbout(policies: readonly CompiledPolicy[], service: string): readonly IndexedStatement[] | undefined {
  const index = indexOf(policies)
  return index && (index.byService.get(service) ?? index.ofAnyService)
}

const NO_FAULTS: Faults = []

export function faultsIn(policies: readonly CompiledPolicy[]): Faults {
  return indexOf(policies)?.faults ?? listFaults(policies)
}

function listFaults(policies: readonly CompiledPolicy[]): Faults {
  let all = NO_FAULTS
  for (const policy of policies) {
    if (policy.faults.length > 0) all = [...all, ...policy.faults.map((fault) => ({ ...fault, policy: policy.id }))]
  }
  return all
}
