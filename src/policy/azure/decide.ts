import type { DecisionPart } from '../../domain/decision.ts'
import { covers, intersects } from '../aws/patterns/overlap.ts'
import { decideExactly } from './decide-exactly.ts'
import type { Condition } from './condition/syntax.ts'
import type { AzureDecision, AzurePolicySet, AzureRequest, CompiledCondition, CompiledPermission } from './types.ts'

/** More parts than these are not looked at: the answer is CONDITIONAL. */
const MAX_PARTS = 1000

/**
 * Decides one request; an action with `*` asks about all operations that it stands for. It is split where patterns of roles, deny assignments and
 * conditions speak of some of them.
 */
export function decide(request: AzureRequest): AzureDecision {
  return request.action.includes('*') ? decidePattern(request) : decideExactly(request)
}

function decidePattern(request: AzureRequest): AzureDecision {
  const whole = decideExactly(request)
  const asked = request.action.trim().toLowerCase()
  const patterns = [...patternsOf(request.policies)].filter((pattern) => intersects(pattern, asked) && !covers(pattern, asked))
  const actions = together([...new Set(patterns.flatMap((pattern) => shared(pattern, asked)))])
  const isDeletionTold = (request.policies.locks ?? []).length === 0 || covers('*/delete', asked) || covers('*/read', asked)
  const parts: DecisionPart[] = [{ action: request.action, resource: request.resource.id, effect: whole.effect }]
  if (actions.length > MAX_PARTS) return { ...whole, effect: 'CONDITIONAL', parts }
  for (const action of isDeletionTold ? actions : [...actions, ...verbsOf(asked)]) {
    parts.push({ action, resource: request.resource.id, effect: decideExactly({ ...request, action }).effect })
  }
  if (parts.every(({ effect }) => effect === whole.effect)) return whole
  return { effect: 'CONDITIONAL', because: whole.because, faults: whole.faults, activatable: whole.activatable, parts }
}

/** Patterns, and what each two of them have in common: an operation that both match may be decided as by neither alone. */
function together(patterns: readonly string[]): readonly string[] {
  const found = new Set(patterns)
  const open = patterns.filter((pattern) => pattern.includes('*'))
  for (let at = 1; at < open.length && found.size <= MAX_PARTS; at++) {
    const pattern = open[at] ?? ''
    for (const other of open.slice(0, at)) {
      if (!intersects(pattern, other) || covers(pattern, other) || covers(other, pattern)) continue
      for (const both of shared(pattern, other)) {
        if (!found.has(both) && both.includes('*')) open.push(both)
        found.add(both)
      }
    }
  }
  return [...found]
}

/** Locks tell reads, deletions and other operations apart. */
function verbsOf(asked: string): readonly string[] {
  return ['*/read', '*/delete', '*/write'].flatMap((verb) => shared(verb, asked))
}

/** What two patterns have in common, as patterns; the narrower of them where one holds the other. */
function shared(a: string, b: string): readonly string[] {
  if (covers(b, a)) return [a]
  const [aStart = '', aEnd = ''] = splitAtStars(a)
  const [bStart = '', bEnd = ''] = splitAtStars(b)
  const start = aStart.length >= bStart.length ? aStart : bStart
  const end = aEnd.length >= bEnd.length ? aEnd : bEnd
  const candidates = [`${start}*${end}`, ...(isType(start) && end.startsWith('/') ? [`${start.slice(0, -1)}${end}`] : [])]
  const joined = candidates.filter((candidate) => covers(a, candidate) && covers(b, candidate))
  return joined.length > 0 ? joined : intersects(a, b) ? [a] : []
}

/** `provider/type/`, whose slash may be that of the verb too; a provider alone has no operations. */
function isType(start: string): boolean {
  return start.endsWith('/') && start.indexOf('/') < start.length - 1
}

function splitAtStars(pattern: string): readonly string[] {
  const first = pattern.indexOf('*')
  return first < 0 ? [pattern, pattern] : [pattern.slice(0, first), pattern.slice(pattern.lastIndexOf('*') + 1)]
}

/** Taking locks off is what locks don't stop. */
const SPARED_BY_LOCKS = ['microsoft.authorization/locks/write', 'microsoft.authorization/locks/delete']

/** All patterns of operations that the documents name, lower-cased. */
function patternsOf({ assignments, denyAssignments = [], delegations = [], locks = [] }: AzurePolicySet): ReadonlySet<string> {
  const found = new Set<string>(locks.length > 0 ? SPARED_BY_LOCKS : [])
  for (const { role, condition } of assignments) {
    for (const block of role?.permissions ?? []) addBlock(found, block)
    addCondition(found, condition)
  }
  for (const { permissions, condition } of denyAssignments) {
    for (const block of permissions) addBlock(found, block)
    addCondition(found, condition)
  }
  for (const { role } of delegations) for (const block of role?.permissions ?? []) addBlock(found, block)
  return found
}

function addBlock(found: Set<string>, block: CompiledPermission): void {
  for (const list of [block.actions, block.notActions, block.dataActions, block.notDataActions])
    for (const { text } of list) found.add(text.toLowerCase())
  addCondition(found, block.condition)
}

function addCondition(found: Set<string>, compiled: CompiledCondition | undefined): void {
  if (compiled?.condition !== undefined) for (const pattern of actionsIn(compiled.condition)) found.add(pattern.toLowerCase())
}

function actionsIn(condition: Condition): readonly string[] {
  switch (condition.op) {
    case 'AND':
    case 'OR':
      return condition.parts.flatMap(actionsIn)
    case 'NOT':
      return actionsIn(condition.part)
    case 'ACTION':
      return [condition.pattern]
    case 'SUBOPERATION':
    case 'EXISTS':
    case 'COMPARE':
      return []
  }
}
