import { and, or } from '../formula/formula.ts'
import { blockNames, conditionHolds, isOpen, isReferenced, scopeHolds } from './applies.ts'
import { askedBy, factLeaf, type AzureFormula } from './leaves.ts'
import type { Question } from './question.ts'
import type { CompiledAssignment, CompiledRole } from './types.ts'

/** A document that bears on the request, and whether it applies. */
export interface Hit<Document> {
  readonly document: Document
  readonly applies: AzureFormula
  /** The part of it that applies: a permission block as `permissions[1]`. */
  readonly part?: string
}

/** Role assignments that grant the action, active and eligible alike. */
export function grantsOf(question: Question, isData: boolean): readonly Hit<CompiledAssignment>[] {
  const hits: Hit<CompiledAssignment>[] = []
  for (const document of question.request.policies.assignments) {
    const hit = grantOf(document, question, isData)
    if (hit !== undefined) hits.push(hit)
  }
  return hits
}

function grantOf(document: CompiledAssignment, question: Question, isData: boolean): Hit<CompiledAssignment> | undefined {
  const isHolder = isReferenced(document.principal, question)
  if (isHolder === false) return undefined
  const isThere = scopeHolds(document.scope, question)
  if (isThere === false) return undefined
  const granted = roleGrants(document.role, document.roleId, question, isData)
  if (granted.applies === false) return undefined
  const isSpared = and(conditionHolds(document.condition, document.id, question), isOpen(document, question.request.now))
  const applies = askedBy(and(and(isHolder, isThere), and(granted.applies, isSpared)), 'ROLE_ASSIGNMENT', document.id)
  return applies === false ? undefined : { document, applies, ...(granted.part === undefined ? {} : { part: granted.part }) }
}

/** Blocks are united; each has a condition of its own. */
export function roleGrants(role: CompiledRole | undefined, roleId: string, question: Question, isData: boolean): Omit<Hit<unknown>, 'document'> {
  if (role === undefined) return { applies: factLeaf('RoleNotLoaded', roleId) }
  if (role.isUnreadable) return { applies: factLeaf('RoleUnreadable', roleId) }
  let applies: AzureFormula = false
  let part: string | undefined
  for (const index of blocksNaming(role, question.action, isData)) {
    const block = role.permissions[index]
    if (block === undefined) continue
    const holds = conditionHolds(block.condition, `${role.id}#permissions[${index}]`, question)
    if (holds !== false && (part === undefined || holds === true)) part = `permissions[${index}]`
    applies = or(applies, holds)
    if (applies === true) break
  }
  return { applies, ...(part === undefined ? {} : { part }) }
}

/** Blocks of a role that name an action, by action; one map for each plane. */
interface NamedBlocks {
  readonly control: Map<string, readonly number[]>
  readonly data: Map<string, readonly number[]>
}

/** The same actions are asked of the same roles again and again; a bound keeps invented ones from filling memory. */
const named = new WeakMap<CompiledRole, NamedBlocks>()
const MAX_ACTIONS = 5000

function blocksNaming(role: CompiledRole, action: string, isData: boolean): readonly number[] {
  let ofRole = named.get(role)
  if (ofRole === undefined) named.set(role, (ofRole = { control: new Map(), data: new Map() }))
  const byAction = isData ? ofRole.data : ofRole.control
  const known = byAction.get(action)
  if (known !== undefined) return known
  if (byAction.size >= MAX_ACTIONS) byAction.clear()
  const found = [...role.permissions.keys()].filter((index) => {
    const block = role.permissions[index]
    return block !== undefined && blockNames(block, action, isData)
  })
  byAction.set(action, found)
  return found
}

export function anyApplies(hits: readonly Hit<unknown>[]): AzureFormula {
  let any: AzureFormula = false
  for (const { applies } of hits) any = or(any, applies)
  return any
}
