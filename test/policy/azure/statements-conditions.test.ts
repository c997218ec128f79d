import { describe, expect, it } from 'vitest'
import { renderCondition } from '../../../src/policy/azure/index.ts'
import { ACCOUNT, ask, assign, BLOBS_READ, BLOBS_WRITE, CONTAINER, GROUP, role, VAULT, type AzureQuestion } from './ask.ts'

const data = role({ dataActions: ['*'] })
const BLOB = `${CONTAINER}/blobs/2026/App.log`
const ATTRIBUTE = '@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:A_b]'

function askIf(condition: string, question: Partial<AzureQuestion> = {}) {
  return ask({
    action: BLOBS_READ,
    target: CONTAINER,
    roles: [data],
    assignments: [assign(data, GROUP, { condition, conditionVersion: '2.0' })],
    ...question,
  })
}

function effectIf(condition: string, question: Partial<AzureQuestion> = {}): string {
  return askIf(condition, question).effect
}

/** Whether a comparison of given values holds. */
function holds(left: readonly string[], comparison: string): boolean {
  return effectIf(`${ATTRIBUTE} ${comparison}`, { context: { [ATTRIBUTE]: left } }) === 'ALLOW'
}

describe('C1: whether a condition holds', () => {
  const condition = `((!(ActionMatches{'${BLOBS_READ}'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))`

  it('an action that is not targeted is let pass; a targeted one is decided by the expression', () => {
    const elsewhere = { target: CONTAINER.replace('/logs', '/other') }
    expect(effectIf(condition)).toBe('ALLOW')
    expect(effectIf(condition, { ...elsewhere, action: BLOBS_WRITE })).toBe('ALLOW')
    expect(effectIf(condition, { ...elsewhere, context: { '@Request[subOperation]': [] } })).toBe('DENY')
    expect(effectIf(condition, { ...elsewhere, context: { '@Request[subOperation]': ['Blob.List'] } })).toBe('ALLOW')
    expect(effectIf(condition, elsewhere)).toBe('CONDITIONAL')
  })

  it('one blob is never listed', () => {
    expect(effectIf(condition, { target: BLOB.replace('/logs/', '/other/') })).toBe('DENY')
  })

  it('what is known to be absent satisfies no comparison, negated ones neither; Exists tells', () => {
    const context = { [ATTRIBUTE]: [] }
    expect(effectIf(`${ATTRIBUTE} StringEquals 'a'`, { context })).toBe('DENY')
    expect(effectIf(`${ATTRIBUTE} StringNotEquals 'a'`, { context })).toBe('DENY')
    expect(effectIf(`${ATTRIBUTE} ForAllOfAllValues:StringNotEquals {'a'}`, { context })).toBe('DENY')
    expect(effectIf(`NOT Exists ${ATTRIBUTE}`, { context })).toBe('ALLOW')
    expect(effectIf(`Exists ${ATTRIBUTE}`, { context: { [ATTRIBUTE]: ['a'] } })).toBe('ALLOW')
  })

  it('what is not known makes the answer CONDITIONAL', () => {
    const decision = askIf(`${ATTRIBUTE} StringEquals 'a'`)
    expect(decision).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { operator: 'StringEquals', key: ATTRIBUTE, values: ['a'], layer: 'ROLE_ASSIGNMENT' },
    })
    expect(renderCondition(decision.conditions ?? { and: [] })).toEqual([`${ATTRIBUTE} is a (StringEquals)`])
  })

  it('a key that is not given is absent where the question says so', () => {
    expect(effectIf(`Exists ${ATTRIBUTE}`, { unknown: false })).toBe('DENY')
    expect(effectIf(`Exists ${ATTRIBUTE}`, { unknown: ['@principal[*'] })).toBe('CONDITIONAL')
    expect(effectIf(`Exists ${ATTRIBUTE}`, { unknown: ['@request[*'] })).toBe('DENY')
  })

  it('version 1.0 is evaluated like 2.0', () => {
    const assignments = [assign(data, GROUP, { condition: `${ATTRIBUTE} StringEquals 'a'`, conditionVersion: '1.0' })]
    expect(effectIf('', { assignments, context: { [ATTRIBUTE]: ['a'] } })).toBe('ALLOW')
  })

  it('one that can’t be parsed makes the answer CONDITIONAL and is a fault with its place', () => {
    expect(askIf("@Resource[x] Equals 'a'")).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { operator: 'ConditionUnreadable' },
      faults: [{ place: 'condition, character 14', severity: 'unreadable' }],
    })
  })

  it('a list call carries no name, so that a condition on the name fails it', () => {
    const path = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path] StringLike '*'"
    expect(effectIf(path, { context: { '@Request[subOperation]': ['Blob.List'] } })).toBe('DENY')
    const secret = "@Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals 'db'"
    const vault = { id: VAULT, properties: { enableRbacAuthorization: true } }
    expect(effectIf(secret, { action: 'Microsoft.KeyVault/vaults/secrets/readMetadata/action', target: VAULT, vault })).toBe('DENY')
    expect(effectIf(secret, { action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', target: VAULT, vault })).toBe('CONDITIONAL')
    expect(effectIf(secret, { action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', target: `${VAULT}/secrets/db`, vault })).toBe('ALLOW')
  })
})

describe('C2: sources of attributes', () => {
  it.each(['@Resource[x:y]', '@Request[x:y]', ATTRIBUTE, '@Environment[Microsoft.Network/privateEndpoints]'])('%s', (attribute) => {
    expect(effectIf(`${attribute} StringEquals 'v'`, { context: { [attribute]: ['v'] } })).toBe('ALLOW')
    expect(effectIf(`${attribute} StringEquals 'v'`, { context: { [attribute]: ['w'] } })).toBe('DENY')
  })

  it('one attribute can be compared with another', () => {
    const condition = `${ATTRIBUTE} ForAnyOfAnyValues:StringEquals @Resource[x/tags:Project<$key_case_sensitive$>]`
    const tag = '@Resource[x/tags:Project]'
    expect(effectIf(condition, { context: { [ATTRIBUTE]: ['a', 'b'], [tag]: ['b'] } })).toBe('ALLOW')
    expect(effectIf(condition, { context: { [ATTRIBUTE]: ['a'], [tag]: ['b'] } })).toBe('DENY')
    expect(effectIf(condition, { context: { [ATTRIBUTE]: ['a'] } })).toBe('CONDITIONAL')
    expect(effectIf(condition, { context: { [ATTRIBUTE]: [] } })).toBe('DENY')
  })

  it('the time is an attribute like any other', () => {
    const condition = "@Environment[UtcNow] DateTimeLessThan '2026-12-01T00:00:00Z'"
    expect(effectIf(condition, { now: '2026-11-01T00:00:00Z' })).toBe('CONDITIONAL')
    expect(effectIf(condition, { context: { '@Environment[UtcNow]': ['2026-11-01T00:00:00Z'] } })).toBe('ALLOW')
  })
})

describe('C3: operators', () => {
  it.each([
    ['BoolEquals true', 'TRUE', 'false'],
    ['BoolNotEquals true', 'false', 'true'],
    ["StringEquals 'a'", 'a', 'A'],
    ["StringNotEquals 'a'", 'A', 'a'],
    ["StringEqualsIgnoreCase 'a'", 'A', 'b'],
    ["StringNotEqualsIgnoreCase 'a'", 'b', 'A'],
    ["StringStartsWith 'ab'", 'abc', 'Abc'],
    ["StringNotStartsWith 'ab'", 'Abc', 'abc'],
    ["StringStartsWithIgnoreCase 'ab'", 'ABc', 'xab'],
    ["StringNotStartsWithIgnoreCase 'ab'", 'xab', 'ABc'],
    ["StringLike 'a?c*'", 'abcde', 'abde'],
    ["StringNotLike 'a?c*'", 'abde', 'abcde'],
    ["StringLikeIgnoreCase 'A*'", 'abc', 'bc'],
    ["StringNotLikeIgnoreCase 'A*'", 'bc', 'abc'],
    ["StringLike 'a\\*c'", 'a*c', 'abc'],
    ["StringLike 'a\\?c'", 'a?c', 'abc'],
    ["StringLike 'a\\\\*'", 'a\\bc', 'a*'],
    ['NumericEquals 10', '010', '11'],
    ['NumericNotEquals 10', '11', '10'],
    ['NumericLessThan 10', '9', '10'],
    ['NumericLessThanEquals 10', '10', '11'],
    ['NumericGreaterThan 10', '11', '10'],
    ['NumericGreaterThanEquals 10', '10', '9'],
    ['NumericGreaterThan 9007199254740992', '9007199254740993', '9007199254740992'],
    ["DateTimeEquals '2022-06-01T23:38:32.8883645Z'", '2022-06-01T23:38:32.8883645Z', '2022-06-01T23:38:32.8883646Z'],
    ["DateTimeNotEquals '2022-06-01T00:00:00Z'", '2022-06-02', '2022-06-01T02:00:00+02:00'],
    ["DateTimeLessThan '2022-06-01T00:00:00Z'", '2022-05-31T23:59:59Z', '2022-06-01'],
    ["DateTimeLessThanEquals '2022-06-01T00:00:00Z'", '2022-06-01', '2022-06-01T00:00:01Z'],
    ["DateTimeGreaterThan '2022-06-01T00:00:00Z'", '2022-06-01T00:00:01Z', '2022-06-01'],
    ["DateTimeGreaterThanEquals '2022-06-01T00:00:00Z'", '2022-06-01', '2022-05-31'],
    ['GuidEquals 8e3af657-a8ff-443c-a75c-2fe8c4bcb635', '8E3AF657A8FF443CA75C2FE8C4BCB635', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'],
    ["GuidNotEquals '8e3af657a8ff443ca75c2fe8c4bcb635'", '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'],
  ])('%s holds of %s, not of %s', (comparison, of, notOf) => {
    expect([holds([of], comparison), holds([notOf], comparison)]).toEqual([true, false])
  })

  it('what is no number, date, truth value or GUID satisfies neither an operator nor its negation', () => {
    for (const operator of ['NumericEquals 1', 'NumericNotEquals 1', 'BoolNotEquals true', "DateTimeNotEquals '2022-01-01'"])
      expect(holds(['x'], operator)).toBe(false)
  })

  it('a role definition’s id may be the whole id', () => {
    const id = '/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
    expect(holds([id], 'ForAnyOfAnyValues:GuidEquals{8e3af657a8ff443ca75c2fe8c4bcb635}')).toBe(true)
  })

  it('an operator for one value is not decided by several', () => {
    expect(effectIf(`${ATTRIBUTE} StringEquals 'a'`, { context: { [ATTRIBUTE]: ['a', 'b'] } })).toBe('CONDITIONAL')
  })

  it('letter case matters in the key of a tag alone', () => {
    const condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>] StringEquals 'x'"
    const key = (name: string): string =>
      `@resource[microsoft.storage/STORAGEACCOUNTS/blobservices/containers/blobs/tags:${name}<$key_case_sensitive$>]`
    expect(effectIf(condition, { context: { [key('Project')]: ['x'] } })).toBe('ALLOW')
    expect(effectIf(condition, { context: { [key('project')]: ['x'] } })).toBe('CONDITIONAL')
  })

  it('keys of tags are values of their own attribute', () => {
    const condition = "@Request[x/tags&$keys$&] ForAllOfAnyValues:StringEquals {'Project', 'Program'}"
    expect(effectIf(condition, { context: { '@Request[x/tags&$keys$&]': ['Project'] } })).toBe('ALLOW')
    expect(effectIf(condition, { context: { '@Request[x/tags&$keys$&]': ['Project', 'Else'] } })).toBe('DENY')
  })

  it('the older form of a suboperation is the same as the newer', () => {
    const older = "@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'blob.list'}"
    expect(effectIf(older, { context: { '@Request[subOperation]': ['Blob.List'] } })).toBe('ALLOW')
    expect(effectIf(older, { context: { '@Request[subOperation]': [] } })).toBe('DENY')
    expect(effectIf(older, { target: BLOB })).toBe('DENY')
  })
})

describe('C4: cross products', () => {
  it.each([
    [['red', 'blue'], "ForAnyOfAnyValues:StringEquals {'blue', 'green'}", true],
    [['red', 'green'], "ForAllOfAnyValues:StringEquals {'red', 'blue'}", false],
    [['red', 'blue'], "ForAllOfAnyValues:StringEquals {'red', 'blue'}", true],
    [['10', '20'], 'ForAnyOfAllValues:NumericLessThan {15, 18}', true],
    [['15', '20'], 'ForAnyOfAllValues:NumericLessThan {15, 18}', false],
    [['10', '20'], 'ForAllOfAllValues:NumericLessThan {5, 15, 18}', false],
    [['10', '20'], 'ForAllOfAllValues:NumericLessThan {25, 30}', true],
    [['abcd'], "StringLike 'a*c?'", true],
    [['abcd'], "StringLike 'a*c'", false],
    [['abcd'], "StringLike 'A*C?'", false],
  ])('%s %s is %s', (left, comparison, expected) => {
    expect(holds(left, comparison)).toBe(expected)
  })
})

describe('C5: documented targets', () => {
  it.each([
    ['@Resource[Microsoft.Storage/storageAccounts:name]', 'acct', BLOBS_READ, BLOB],
    ['@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]', 'logs', BLOBS_READ, BLOB],
    ['@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]', '2026/App.log', BLOBS_READ, BLOB],
    [
      '@Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name]',
      'q1',
      'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read',
      `${ACCOUNT}/queueServices/default/queues/q1`,
    ],
    ['@Resource[Microsoft.KeyVault/vaults:name]', 'kv1', 'Microsoft.KeyVault/vaults/secrets/getSecret/action', VAULT],
    ['@Resource[Microsoft.KeyVault/vaults/secrets:name]', 'db', 'Microsoft.KeyVault/vaults/secrets/getSecret/action', `${VAULT}/secrets/db`],
    ['@Request[Microsoft.KeyVault/vaults/secrets:name]', 'db', 'Microsoft.KeyVault/vaults/secrets/setSecret/action', `${VAULT}/secrets/db`],
  ])('%s is told by the id', (attribute, name, action, target) => {
    const vault = { id: VAULT, properties: { enableRbacAuthorization: true } }
    expect(effectIf(`${attribute} StringEquals '${name}'`, { action, target, vault })).toBe('ALLOW')
    expect(effectIf(`${attribute} StringEquals 'else'`, { action, target, vault })).toBe('DENY')
    expect(effectIf(`${attribute} StringEquals '${name}'`, { action, target: GROUP, vault: { ...vault } })).toBe('CONDITIONAL')
  })

  it('names of vaults and secrets may have lost their letter case in the id', () => {
    const vault = { id: VAULT, properties: { enableRbacAuthorization: true } }
    const question = { action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', target: `${VAULT}/secrets/db`.toLowerCase(), vault }
    const attribute = '@Resource[Microsoft.KeyVault/vaults/secrets:name]'
    expect(effectIf(`${attribute} StringEquals 'DB'`, question)).toBe('CONDITIONAL')
    expect(effectIf(`${attribute} StringEqualsIgnoreCase 'DB'`, question)).toBe('ALLOW')
  })

  it('an attribute that nothing tells is not known', () => {
    expect(effectIf('@Resource[HasObotoken] BoolEquals true')).toBe('CONDITIONAL')
    expect(effectIf("@Resource[Microsoft.OperationalInsights/workspaces/tables:protectionLevel] ForAllOfAnyValues:StringEquals {'General'}")).toBe(
      'CONDITIONAL',
    )
  })
})

describe('unknowns', () => {
  it('that cancel out leave no condition', () => {
    const unless = `NOT (${ATTRIBUTE} StringEquals 'a') OR ${ATTRIBUTE} StringEquals 'a'`
    expect(effectIf(unless)).toBe('ALLOW')
    expect(effectIf(`${ATTRIBUTE} StringEquals 'a' AND NOT Exists ${ATTRIBUTE}`)).toBe('DENY')
  })

  it('two values of one attribute exclude each other', () => {
    expect(effectIf("@Request[a:name] StringEquals 'x' AND @Request[a:name] StringEquals 'y'")).toBe('DENY')
    expect(effectIf(`${ATTRIBUTE} ForAnyOfAnyValues:StringEquals {'x'} AND ${ATTRIBUTE} ForAnyOfAnyValues:StringEquals {'y'}`)).toBe('CONDITIONAL')
  })

  it('present with values not known is not absent', () => {
    const context = { [ATTRIBUTE]: null }
    expect(effectIf(`Exists ${ATTRIBUTE}`, { context })).toBe('ALLOW')
    expect(effectIf(`${ATTRIBUTE} StringEquals 'a' OR ${ATTRIBUTE} StringNotEquals 'a'`, { context })).toBe('ALLOW')
    expect(effectIf(`${ATTRIBUTE} StringEquals 'a' OR ${ATTRIBUTE} StringNotEquals 'a'`)).toBe('CONDITIONAL')
  })

  it('orders cover and exclude', () => {
    const number = '@Request[x:n]'
    expect(effectIf(`${number} NumericLessThan 5 AND ${number} NumericGreaterThan 7`)).toBe('DENY')
    expect(effectIf(`${number} NumericLessThan 5 OR ${number} NumericGreaterThanEquals 5`, { context: { [number]: null } })).toBe('ALLOW')
    expect(effectIf(`${number} NumericLessThan 5 OR ${number} NumericGreaterThan 5`, { context: { [number]: null } })).toBe('CONDITIONAL')
  })

  it('two assignments whose conditions together cover all grant it', () => {
    const key = '@Environment[isPrivateLink]'
    const assignments = [
      assign(data, GROUP, { condition: `${key} BoolEquals true` }),
      assign(data, ACCOUNT, { condition: `${key} BoolEquals false` }),
    ]
    expect(ask({ action: BLOBS_READ, target: CONTAINER, roles: [data], assignments, context: { [key]: null } }).effect).toBe('ALLOW')
    expect(ask({ action: BLOBS_READ, target: CONTAINER, roles: [data], assignments }).effect).toBe('CONDITIONAL')
  })
})
