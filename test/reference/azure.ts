/**
 * What Azure RBAC says, spelled as plainly as can be: all is known, nothing is compiled, nothing is shared with the evaluator. Not known values are
 * handled by trying each (`decideOverAll`).
 */

export interface RefPattern {
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
  readonly condition?: RefCondition
}

export type RefCondition =
  | { readonly op: 'AND' | 'OR'; readonly parts: readonly RefCondition[] }
  | { readonly op: 'NOT'; readonly part: RefCondition }
  | { readonly op: 'ACTION'; readonly pattern: string }
  | { readonly op: 'EXISTS'; readonly attribute: string }
  | { readonly op: 'COMPARE'; readonly attribute: string; readonly operator: string; readonly values: readonly string[] }

export interface RefAssignment {
  readonly principal: string
  readonly role: readonly RefPattern[]
  readonly scope: string
  readonly condition?: RefCondition
}

export interface RefDeny {
  readonly principals: readonly string[]
  readonly excluded: readonly string[]
  readonly blocks: readonly RefPattern[]
  readonly scope: string
  readonly onlyAtScope: boolean
}

export interface RefLock {
  readonly level: 'CanNotDelete' | 'ReadOnly'
  readonly scope: string
}

export interface RefWorld {
  readonly assignments: readonly RefAssignment[]
  readonly denies: readonly RefDeny[]
  readonly locks: readonly RefLock[]
  /** Group by member; groups can be members. */
  readonly memberOf: readonly (readonly [member: string, group: string])[]
  /** Parent by management group or subscription. */
  readonly parents: Readonly<Record<string, string>>
}

export interface RefQuestion {
  readonly principal: string
  readonly action: string
  readonly isData: boolean
  readonly target: string
  /** Values of attributes; an attribute that is not here is absent. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

export const EVERYBODY = '00000000-0000-0000-0000-000000000000'

function isAllowed(world: RefWorld, question: RefQuestion): boolean {
  const mine = [question.principal, ...groupsOf(question.principal, world)]
  const denied = world.denies.some((deny) => {
    const isMeant = deny.principals.some((id) => id === EVERYBODY || mine.includes(id)) && !deny.excluded.some((id) => mine.includes(id))
    const isThere = deny.onlyAtScope ? same(deny.scope, question.target) : isAbove(deny.scope, question.target, world)
    return isMeant && isThere && deny.blocks.some((block) => grants(block, question))
  })
  const granted = world.assignments.some(
    ({ principal, scope, role, condition }) =>
      mine.includes(principal) &&
      isAbove(scope, question.target, world) &&
      role.some((block) => grants(block, question)) &&
      holds(condition, question),
  )
  return granted && !denied && !(isLocked(world, question) && !question.isData)
}

/** True or false where it is so for all values that the attributes could have; otherwise undefined. */
export function decideOverAll(
  world: RefWorld,
  question: RefQuestion,
  open: Readonly<Record<string, readonly (readonly string[])[]>>,
): boolean | undefined {
  const [next, ...rest] = Object.keys(open)
  if (next === undefined) return isAllowed(world, question)
  const others = Object.fromEntries(rest.map((key) => [key, open[key] ?? []]))
  const results = (open[next] ?? []).map((values) =>
    decideOverAll(world, { ...question, attributes: { ...question.attributes, [next]: values } }, others),
  )
  return results.every((result) => result === results[0]) ? results[0] : undefined
}

function groupsOf(member: string, world: RefWorld): readonly string[] {
  let found: readonly string[] = []
  for (;;) {
    const more = world.memberOf.filter(([each]) => each === member || found.includes(each)).map(([, group]) => group)
    const all = [...new Set([...found, ...more])]
    if (all.length === found.length) return found
    found = all
  }
}

function segmentsOf(id: string): readonly string[] {
  return id
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '')
}

function same(a: string, b: string): boolean {
  return segmentsOf(a).join('/') === segmentsOf(b).join('/')
}

/** At or above: the first segments are the same, or the tree of management groups leads there. */
function isAbove(scope: string, target: string, world: RefWorld): boolean {
  const [above, below] = [segmentsOf(scope), segmentsOf(target)]
  if (above.every((segment, index) => segment === below[index])) return true
  const parent = Object.entries(world.parents).find(([child]) => segmentsOf(child).every((segment, index) => segment === below[index]))?.[1]
  return parent !== undefined && isAbove(scope, parent, world)
}

function grants(block: RefPattern, question: RefQuestion): boolean {
  const [named, spared] = question.isData ? [block.dataActions, block.notDataActions] : [block.actions, block.notActions]
  return (
    named.some((pattern) => like(question.action, pattern, true)) &&
    !spared.some((pattern) => like(question.action, pattern, true)) &&
    holds(block.condition, question)
  )
}

function isLocked(world: RefWorld, { action, target }: RefQuestion): boolean {
  const verb = action.slice(action.lastIndexOf('/') + 1).toLowerCase()
  if (verb === 'read' || action.toLowerCase().startsWith('microsoft.authorization/locks/')) return false
  return world.locks.some(({ level, scope }) => {
    if (isAbove(scope, target, world)) return level === 'ReadOnly' || verb === 'delete'
    return `${typeOf(target)}/delete` === action.toLowerCase() && isAbove(target, scope, world)
  })
}

function typeOf(target: string): string {
  const segments = segmentsOf(target)
  if (segments.length === 4 && segments[0] === 'subscriptions') return 'microsoft.resources/subscriptions/resourcegroups'
  const [provider, ...rest] = segments.slice(segments.indexOf('providers') + 1)
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/')
}

function holds(condition: RefCondition | undefined, question: RefQuestion): boolean {
  if (condition === undefined) return true
  switch (condition.op) {
    case 'AND':
      return condition.parts.every((part) => holds(part, question))
    case 'OR':
      return condition.parts.some((part) => holds(part, question))
    case 'NOT':
      return !holds(condition.part, question)
    case 'ACTION':
      return like(question.action, condition.pattern, true)
    case 'EXISTS':
      return (question.attributes[condition.attribute] ?? []).length > 0
    case 'COMPARE':
      return compares(condition.operator, question.attributes[condition.attribute] ?? [], condition.values)
  }
}

function compares(operator: string, left: readonly string[], right: readonly string[]): boolean {
  if (left.length === 0) return false
  const cross = /^For(Any|All)Of(Any|All)Values:(.*)$/.exec(operator)
  const plain = cross?.[3] ?? operator
  const toRight = (a: string): boolean => (cross?.[2] === 'All' ? right.every((b) => single(plain, a, b)) : right.some((b) => single(plain, a, b)))
  return cross?.[1] === 'All' ? left.every(toRight) : left.some(toRight)
}

function single(operator: string, a: string, b: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return a === b
    case 'StringNotEquals':
      return a !== b
    case 'StringEqualsIgnoreCase':
      return a.toUpperCase() === b.toUpperCase()
    case 'StringNotEqualsIgnoreCase':
      return a.toUpperCase() !== b.toUpperCase()
    case 'StringStartsWith':
      return a.slice(0, b.length) === b
    case 'StringNotStartsWith':
      return a.slice(0, b.length) !== b
    case 'StringLike':
      return like(a, b, false)
    case 'StringNotLike':
      return !like(a, b, false)
    case 'NumericEquals':
      return Number(a) === Number(b)
    case 'NumericLessThan':
      return Number(a) < Number(b)
    case 'NumericGreaterThanEquals':
      return Number(a) >= Number(b)
    case 'NumericNotEquals':
      return Number(a) !== Number(b)
    default:
      throw new Error(`The reference has no ${operator}.`)
  }
}

/** Patterns of actions have no `?`. */
function like(text: string, pattern: string, isAction: boolean): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${isAction ? escaped : escaped.replaceAll('\\?', '.')}$`, isAction ? 'is' : 's').test(text)
}
