import fc from 'fast-check'
import {
  EVERYBODY,
  type RefAssignment,
  type RefCondition,
  type RefDeny,
  type RefLock,
  type RefPattern,
  type RefQuestion,
  type RefWorld,
} from './azure.ts'

/** Small tenants in which most questions bear on something. */

const SUB = '/subscriptions/s1'
const SCOPES = [
  '/',
  '/providers/Microsoft.Management/managementGroups/root',
  '/providers/Microsoft.Management/managementGroups/mid',
  SUB,
  `${SUB}/resourceGroups/rg1`,
  `${SUB}/resourceGroups/rg10`,
  `${SUB}/resourcegroups/RG1/providers/Microsoft.Storage/storageAccounts/a`,
  `${SUB}/resourceGroups/rg1/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c`,
]
const PARENTS = {
  [SUB]: '/providers/Microsoft.Management/managementGroups/mid',
  '/providers/Microsoft.Management/managementGroups/mid': '/providers/Microsoft.Management/managementGroups/root',
}
/** Of each target, its management groups from the root. */
export function ancestorsOf(target: string): readonly string[] {
  if (target.startsWith(SUB)) return ['root', 'mid']
  return target.endsWith('/mid') ? ['root'] : []
}

const ACTIONS = [
  'Microsoft.Storage/storageAccounts/read',
  'Microsoft.Storage/storageAccounts/delete',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Resources/subscriptions/resourceGroups/delete',
  'Microsoft.Authorization/locks/delete',
]
const DATA_ACTIONS = ['blobs/read', 'blobs/write', 'blobs/add/action'].map(
  (end) => `Microsoft.Storage/storageAccounts/blobServices/containers/${end}`,
)
const PATTERNS = [
  '*',
  '*/read',
  '*/action',
  'Microsoft.Storage/*',
  'microsoft.STORAGE/storageAccounts/*/action',
  '*/delete',
  'Microsoft.*/write',
  ...ACTIONS,
  ...DATA_ACTIONS,
]

const PEOPLE = ['alice', 'bob']
const GROUPS = ['g1', 'g2', 'g3']

/** Attributes, and all values that they are tried with: absent, each value that a condition names, and one that none does. */
const TEXTS = ['red', 'Red', 'blue', 'green']
const NUMBERS = ['1', '5', '9']
const SINGLE_TEXT = '@Request[x:name]'
const NUMBER = '@Request[x:path]'
const MULTI = '@Principal[d:team]'
export const UNIVERSES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [SINGLE_TEXT]: [[], ...[...TEXTS, 'else', 'redder', 'BLUE'].map((value) => [value])],
  [NUMBER]: [[], ...['0', '1', '3', '5', '7', '9', '10'].map((value) => [value])],
  [MULTI]: [
    [],
    ['red'],
    ['Red'],
    ['blue'],
    ['else'],
    ['red', 'blue'],
    ['red', 'else'],
    ['blue', 'green'],
    ['Red', 'red', 'else'],
    ['redder', 'BLUE'],
  ],
}

const TEXT_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringStartsWith',
  'StringNotStartsWith',
  'StringLike',
  'StringNotLike',
]
const NUMBER_OPERATORS = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals']
const CROSS = ['ForAnyOfAnyValues', 'ForAllOfAnyValues', 'ForAnyOfAllValues', 'ForAllOfAllValues']

const texts = fc.uniqueArray(fc.constantFrom(...TEXTS, 'r*d', '?lue'), { minLength: 1, maxLength: 2 })

const comparison: fc.Arbitrary<RefCondition> = fc.oneof(
  fc.record({
    op: fc.constant('COMPARE' as const),
    attribute: fc.constant(SINGLE_TEXT),
    operator: fc.constantFrom(...TEXT_OPERATORS),
    values: texts.map((all) => all.slice(0, 1)),
  }),
  fc.record({
    op: fc.constant('COMPARE' as const),
    attribute: fc.constant(NUMBER),
    operator: fc.constantFrom(...NUMBER_OPERATORS),
    values: fc.constantFrom(...NUMBERS).map((one) => [one]),
  }),
  fc
    .tuple(fc.constantFrom(...CROSS), fc.constantFrom(...TEXT_OPERATORS), texts, fc.constantFrom(SINGLE_TEXT, MULTI))
    .map(([cross, operator, values, attribute]) => ({ op: 'COMPARE' as const, attribute, operator: `${cross}:${operator}`, values })),
)

const condition: fc.Arbitrary<RefCondition> = fc.letrec<{ node: RefCondition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'condition' },
    comparison,
    fc.record({ op: fc.constant('EXISTS' as const), attribute: fc.constantFrom(SINGLE_TEXT, NUMBER, MULTI) }),
    fc.record({ op: fc.constant('ACTION' as const), pattern: fc.constantFrom(...PATTERNS) }),
    fc.record({ op: fc.constant('NOT' as const), part: tie('node') }),
    fc.record({ op: fc.constantFrom('AND' as const, 'OR' as const), parts: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
  ),
})).node

const patterns = fc.uniqueArray(fc.constantFrom(...PATTERNS), { maxLength: 2 })
/** Most blocks name most actions, so that much is granted and then limited. */
const widePatterns = fc.oneof({ weight: 3, arbitrary: fc.constant(['*']) }, { weight: 2, arbitrary: patterns })
const fewPatterns = fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: patterns })
/** Most are high up. */
const scopes = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...SCOPES.slice(0, 4)) }, { weight: 1, arbitrary: fc.constantFrom(...SCOPES) })
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 2 })

const block: fc.Arbitrary<RefPattern> = fc
  .record({ actions: widePatterns, notActions: fewPatterns, dataActions: widePatterns, notDataActions: fewPatterns, condition: maybe(condition) })
  .map(({ condition: limit, ...rest }) => (limit === undefined ? rest : { ...rest, condition: limit }))

const assignment: fc.Arbitrary<RefAssignment> = fc
  .record({
    principal: fc.constantFrom(...PEOPLE, ...GROUPS),
    role: fc.array(block, { minLength: 1, maxLength: 2 }),
    scope: scopes,
    condition: maybe(condition),
  })
  .map(({ condition: limit, ...rest }) => (limit === undefined ? rest : { ...rest, condition: limit }))

const deny: fc.Arbitrary<RefDeny> = fc.record({
  principals: fc.uniqueArray(fc.constantFrom(EVERYBODY, ...PEOPLE, ...GROUPS), { minLength: 1, maxLength: 2 }),
  excluded: fc.uniqueArray(fc.constantFrom(...PEOPLE, ...GROUPS), { maxLength: 2 }),
  blocks: fc.array(block, { minLength: 1, maxLength: 2 }),
  scope: fc.constantFrom(...SCOPES),
  onlyAtScope: fc.boolean(),
})

const lock: fc.Arbitrary<RefLock> = fc.record({
  level: fc.constantFrom('CanNotDelete' as const, 'ReadOnly' as const),
  scope: fc.constantFrom(...SCOPES.slice(3)),
})

export const world: fc.Arbitrary<RefWorld> = fc.record({
  assignments: fc.array(assignment, { minLength: 1, maxLength: 4 }),
  denies: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(deny, { maxLength: 1 }) }),
  locks: fc.array(lock, { maxLength: 1 }),
  memberOf: fc.array(fc.tuple(fc.constantFrom(...PEOPLE, ...GROUPS), fc.constantFrom(...GROUPS)), { maxLength: 4 }),
  parents: fc.constant(PARENTS),
})

/** With the attributes that are not known. */
export const question: fc.Arbitrary<{ readonly asked: RefQuestion; readonly open: readonly string[] }> = fc
  .record({
    principal: fc.constantFrom(...PEOPLE),
    isData: fc.boolean(),
    target: fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...SCOPES) }, { weight: 3, arbitrary: fc.constantFrom(...SCOPES.slice(3)) }),
    control: fc.constantFrom(...ACTIONS),
    data: fc.constantFrom(...DATA_ACTIONS),
    values: fc.record(Object.fromEntries(Object.entries(UNIVERSES).map(([key, values]) => [key, fc.constantFrom(...values)]))),
    open: fc.subarray(Object.keys(UNIVERSES)),
  })
  .map(({ control, data, values, open, ...rest }) => ({ asked: { ...rest, action: rest.isData ? data : control, attributes: values }, open }))

/** Conditions that compare one attribute with several values twice, so that the two bear on each other. */
const several: fc.Arbitrary<RefCondition> = fc
  .tuple(
    fc.constantFrom(...CROSS),
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'),
    fc.subarray(['red', 'Red', 'blue'], { minLength: 1, maxLength: 2 }),
    fc.boolean(),
  )
  .map(([cross, operator, values, isNegated]) => {
    const compared: RefCondition = { op: 'COMPARE', attribute: MULTI, operator: `${cross}:${operator}`, values }
    return isNegated ? { op: 'NOT', part: compared } : compared
  })

export const relatedComparisons: fc.Arbitrary<RefCondition> = fc.record({
  op: fc.constantFrom('AND' as const, 'OR' as const),
  parts: fc.array(several, { minLength: 2, maxLength: 2 }),
})

const MEMBERS = ['red', 'Red', 'blue', 'else']
/** All that the attribute can hold, of these values. */
export const ALL_SETS: readonly (readonly string[])[] = Array.from({ length: 2 ** MEMBERS.length }, (_, bits) =>
  MEMBERS.filter((_member, index) => ((bits >> index) & 1) === 1),
)
export const SEVERAL_VALUED = MULTI
