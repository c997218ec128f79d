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
  const actions = [...new Set(patterns.flatMap((pattern) => shared(pattern, asked)))]
  const isDeletionTold = (request.policies.locks ?? []).length === 0 || covers('*/delete', asked) || covers('*/read', asked)
  const parts: DecisionPart[] = [{ action: request.action, resource: request.resource.id, effect: whole.effect }]
  if (actions.length > MAX_PARTS) return { ...whole, effect: 'CONDITIONAL', parts }
  for (const action of isDeletionTold ? actions : [...actions, ...verbsOf(asked)]) {
    parts.push({ action, resource: request.resource.id, effect: decideExactly({ ...request, action }).effect })
  }
  if (parts.every(({ effect }) => effect === whole.effect)) return whole
  return { effect: 'CONDITIONAL', because: whole.because, faults: whole.faults, activatable: whole.activatable, parts }
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
  const joined = `${start}*${end}`
  return covers(a, joined) && covers(b, joined) ? [joined] : intersects(a, b) ? [a] : []
}

function splitAtStars(pattern: string): readonly string[] {
  const first = pattern.indexOf('*')
  return first < 0 ? [pattern, pattern] : [pattern.slice(0, first), pattern.slice(pattern.lastIndexOf('*') + 1)]
}

/** All patterns of operations that the documents name, lower-cased. */
function patternsOf({ assignments, denyAssignments = [], delegations = [] }: AzurePolicySet): ReadonlySet<string> {
  const found = new Set<string>()
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
