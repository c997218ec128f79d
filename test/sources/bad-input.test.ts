import { chmod, symlink, mkdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { factsOf, findingsOf, folderOf, read, readWith } from './reading.ts'
import { smallAccount, smallAccountFacts, smallAccountText } from './small-account.ts'
import { zipOf } from './zip-file.ts'

const good = { 'good.json': smallAccountText }
const [ada] = smallAccount.UserDetailList
const userList = (...users: readonly unknown[]): object => ({ ...smallAccount, UserDetailList: users })

const NOBODY = 65534

/** Permissions don't bind root, as whom CI runs. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act()
  process.seteuid?.(NOBODY)
  try {
    return await act()
  } finally {
    process.seteuid?.(0)
  }
}

describe('what is wrong is named with file and place, and everything else is loaded', () => {
  test.each<[string, string | Uint8Array | object, string]>([
    ['a file of 0 bytes', '', 'FILE_EMPTY bad.json'],
    ['a file of a byte order mark alone', '\uFEFF', 'FILE_EMPTY bad.json'],
    ['a file of blank lines', ' \n\r\n\t', 'FILE_EMPTY bad.json'],
    ['text', 'Unable to locate credentials', 'NOT_JSON bad.json line 1, column 1'],
    ['a table as --output table prints it', '---------\n|  Get  |', 'NOT_JSON bad.json line 1, column 1'],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'NOT_JSON bad.json line 3, column 3'],
    ['a comma too many', '{"x": [{"a": [1,]}]}', 'NOT_JSON bad.json line 1, column 17'],
    ['single quotes, as Python prints them', "{'UserDetailList': []}", 'NOT_JSON bad.json line 1, column 2'],
    ['a line break within a string', '{"a":\n"b\nc"}', 'NOT_JSON bad.json line 2, column 3'],
    ['bytes that are not UTF-8', Buffer.from('{"a": [],\n "x": "caf\xe9"}', 'latin1'), 'NOT_JSON bad.json line 2, column 11'],
    ['brackets without end', '['.repeat(100_000), 'NOT_JSON bad.json line 1, column 2'],
    ['an object of another kind', { Widgets: [] }, 'NOT_RECOGNISED bad.json'],
    ['a list of other things', [1, 2], 'NOT_RECOGNISED bad.json [0]'],
    ['a number', '17', 'NOT_RECOGNISED bad.json'],
    ["another command's list of policies", { Policies: [{ PolicyName: 'a', Arn: 'arn:aws:iam::111122223333:policy/a' }] }, 'NOT_RECOGNISED bad.json'],
    ["another service's list of users", { Users: [{ Name: ada?.['UserName'] }] }, 'NOT_RECOGNISED bad.json'],
    ['an archive that is cut', zipOf({ 'x.json': smallAccountText }).slice(0, 900), 'ARCHIVE_UNREADABLE bad.json'],
    ['an archive without files', zipOf({ '.hidden': 'x' }), 'FILE_EMPTY bad.json'],
    ['an empty file in an archive', zipOf({ 'in/empty.json': '' }), 'FILE_EMPTY empty.json'],
    ['text in an archive', zipOf({ 'in/text.json': '{\n"a"}' }), 'NOT_JSON text.json line 2, column 4'],
  ])('%s', async (_what, content, finding) => {
    const facts = await read(await folderOf({ ...good, 'bad.json': content }))
    expect(findingsOf(facts)).toEqual([finding])
    expect(factsOf(facts)).toEqual(smallAccountFacts)
    expect(facts.findings[0]).toMatchObject({ severity: 'refused', message: expect.stringMatching(/\w/) })
  })

  test('what is not recognised is told where the known kinds are listed', async () => {
    const { findings } = await read(await folderOf({ 'bad.json': '{}' }))
    expect(findings[0]?.message).toContain('docs/exports.md')
    expect(findings[0]?.message.length).toBeLessThan(250)
  })

  test('what shares keys with known kinds is told which, the nearest first and no others', async () => {
    const { findings } = await read(await folderOf({ 'bad.json': '[{"content": "x", "hosts": []}, 7]' }))
    expect(findings[0]?.message).toMatch(/So is one more value of this file\. It has keys of aws iam get-credential-report \(Content, ReportFormat\)/)
    expect(findings[0]?.message).not.toContain('get-account-authorization-details')
  })

  test('a path that does not exist', async () => {
    const folder = await folderOf(good)
    const facts = await read(`${folder}/good.json`, `${folder}/nowhere`)
    expect(findingsOf(facts)).toEqual(['FILE_UNREADABLE nowhere'])
    expect(factsOf(facts)).toEqual(smallAccountFacts)
  })

  test('a folder and a file without permission', async () => {
    const folder = await folderOf({ ...good, 'closed/x.json': '{}', 'shut.json': '{}' })
    await chmod(folder, 0o755)
    await chmod(`${folder}/closed`, 0)
    await chmod(`${folder}/shut.json`, 0)
    const facts = await asNobody(() => read(folder))
    await chmod(`${folder}/closed`, 0o700)
    expect(findingsOf(facts)).toEqual(['FILE_UNREADABLE closed', 'FILE_UNREADABLE shut.json'])
    expect(factsOf(facts)).toEqual(smallAccountFacts)
  })

  test('links that lead nowhere or in a circle', async () => {
    const folder = await folderOf(good)
    await mkdir(`${folder}/sub`)
    await symlink(folder, `${folder}/sub/up`)
    await symlink(`${folder}/gone`, `${folder}/dead`)
    const facts = await read(folder)
    expect(findingsOf(facts)).toEqual(['FILE_UNREADABLE dead'])
    expect(factsOf(facts)).toEqual(smallAccountFacts)
  })
})

describe('a row of a wrong shape loses no other row', () => {
  test.each<[string, unknown, string]>([
    ['no ARN', { ...ada, Arn: undefined }, 'UserDetailList[1].Arn'],
    ["another type's ARN", { ...ada, Arn: 'arn:aws:iam::111122223333:role/x' }, 'UserDetailList[1].Arn'],
    ['an account of five digits', { ...ada, Arn: 'arn:aws:iam::12345:user/x' }, 'UserDetailList[1].Arn'],
    ['no object', 'ada', 'UserDetailList[1]'],
    ['a list that is none', { ...ada, GroupList: 'engineers' }, 'UserDetailList[1].GroupList'],
    ['a policy without name', { ...ada, UserPolicyList: [{ PolicyDocument: {} }] }, 'UserDetailList[1].UserPolicyList[0].PolicyName'],
    [
      'an attachment without ARN',
      { ...ada, AttachedManagedPolicies: [{ PolicyName: 'x' }] },
      'UserDetailList[1].AttachedManagedPolicies[0].PolicyArn',
    ],
  ])('%s', async (_what, row, place) => {
    const facts = await read(await folderOf({ 'export.json': userList(ada, row) }))
    expect(facts.findings).toMatchObject([{ code: 'WRONG_SHAPE', place }])
    expect(facts.entities.filter(({ kind }) => kind === 'AwsUser').map(({ name }) => name)).toEqual(['ada'])
    expect(facts.coverages).toMatchObject([{ complete: false }])
  })

  test('the finding names the entity by its ARN', async () => {
    const arn = 'arn:aws:iam::111122223333:user/bob'
    const { findings } = await read(await folderOf({ 'export.json': userList(ada, { ...ada, Arn: arn, GroupList: 7 }) }))
    expect(findings).toMatchObject([{ entity: arn }])
  })

  test('a list that is no list', async () => {
    const facts = await read(await folderOf({ 'export.json': { ...smallAccount, GroupDetailList: { a: 1 } } }))
    expect(findingsOf(facts)).toContain('WRONG_SHAPE export.json GroupDetailList')
    expect(facts.entity('arn:aws:iam::111122223333:user/people/ada')).toBeDefined()
  })

  test('a role without trust policy is loaded, and the gap is named', async () => {
    const [role] = smallAccount.RoleDetailList
    const facts = await read(await folderOf({ 'export.json': { ...smallAccount, RoleDetailList: [{ ...role, AssumeRolePolicyDocument: null }] } }))
    expect(facts.findings).toMatchObject([
      { code: 'WRONG_SHAPE', place: 'RoleDetailList[0].AssumeRolePolicyDocument', entity: 'arn:aws:iam::111122223333:role/host' },
    ])
    expect(facts.entity('arn:aws:iam::111122223333:role/host')).toMatchObject({ document: null })
  })

  test('a role without the key of its trust policy is loaded, too', async () => {
    const [{ AssumeRolePolicyDocument: _trust, ...role } = {}] = smallAccount.RoleDetailList
    const facts = await read(await folderOf({ 'export.json': { ...smallAccount, RoleDetailList: [role] } }))
    expect(findingsOf(facts)).toEqual(['WRONG_SHAPE export.json RoleDetailList[0].AssumeRolePolicyDocument'])
    expect(facts.entity('arn:aws:iam::111122223333:role/host')).toBeDefined()
  })

  test('an inline policy without document and a managed policy without default version are gaps', async () => {
    const [policy, ...others] = smallAccount.Policies
    const row = { ...ada, UserPolicyList: [{ PolicyName: 'p' }] }
    const facts = await read(
      await folderOf({ 'export.json': { ...smallAccount, UserDetailList: [row], Policies: [{ ...policy, PolicyVersionList: [] }, ...others] } }),
    )
    expect(findingsOf(facts)).toEqual([
      'POLICY_MISSING export.json Policies[0].PolicyVersionList',
      'POLICY_MISSING export.json UserDetailList[0].UserPolicyList[0]',
    ])
    expect(facts.entity('arn:aws:iam::111122223333:policy/data/ReadBuckets')?.document).toBeNull()
  })

  test('a date that is none is left out', async () => {
    const facts = await read(await folderOf({ 'export.json': userList({ ...ada, CreateDate: 'yesterday' }) }))
    expect(facts.entity('arn:aws:iam::111122223333:user/people/ada')?.properties).not.toHaveProperty('createdAt')
  })
})

describe('documents', () => {
  test.each<[string, unknown, string]>([
    ['text that is no JSON', 'Version: 2012', 'Version: 2012'],
    ['URL-encoding that breaks off', '%7B%22Version%2', '%7B%22Version%2'],
    ['a list', [1], '[1]'],
  ])('%s is kept as it is, with its place', async (_what, document, text) => {
    const facts = await read(await folderOf({ 'export.json': userList({ ...ada, UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document }] }) }))
    const policy = facts.entity('arn:aws:iam::111122223333:user/people/ada#p')
    expect(policy?.document).toBe(text)
    expect(policy?.origin?.place).toBe('UserDetailList[0].UserPolicyList[0].PolicyDocument')
    expect(policy?.origin?.file).toMatch(/export\.json$/)
  })

  test('name the place within the second value of a file and within an archive', async () => {
    const second = zipOf({ 'in/two.json': `{"x":1}\n${smallAccountText}` })
    const facts = await read(await folderOf({ 'two.zip': second }))
    expect(facts.entity('arn:aws:iam::111122223333:role/host')?.origin).toMatchObject({
      file: expect.stringMatching(/two\.zip!in\/two\.json$/),
      place: '[1].RoleDetailList[0].AssumeRolePolicyDocument',
    })
    expect(facts.entity('arn:aws:iam::111122223333:policy/data/ReadBuckets')?.origin?.place).toBe('[1].Policies[0].PolicyVersionList[1].Document')
  })
})

const version = (id: string, action: string, isDefault?: boolean): object => ({
  VersionId: id,
  Document: { Action: action },
  ...(isDefault === undefined ? {} : { IsDefaultVersion: isDefault }),
})

describe('the document of a managed policy', () => {
  const [policy, ...others] = smallAccount.Policies
  test.each<[string, readonly object[], string | undefined]>([
    ['that is marked as default', [version('v1', 'a:Old', false), version('v2', 'a:New', true)], 'a:New'],
    ['that is marked as default, over the one that is named', [version('v2', 'a:Named', false), version('v3', 'a:Marked', true)], 'a:Marked'],
    ['that is named as default where none is marked', [version('v1', 'a:Old'), version('v2', 'a:New')], 'a:New'],
    ['that is neither is not taken', [version('v1', 'a:Old'), version('v3', 'a:Newer')], undefined],
  ])('is of the version %s', async (_which, versions, action) => {
    const facts = await read(
      await folderOf({ 'export.json': { ...smallAccount, Policies: [{ ...policy, PolicyVersionList: versions }, ...others] } }),
    )
    const document = facts.entity('arn:aws:iam::111122223333:policy/data/ReadBuckets')?.document ?? null
    expect(document).toBe(action === undefined ? null : JSON.stringify({ Action: action }))
  })
})

describe('a file that is cut in the middle', () => {
  const text = JSON.stringify(smallAccount, null, 2)
  const inSecondRole = text.indexOf('"deployer"')

  test('keeps what was whole before the cut and says where it breaks', async () => {
    const facts = await read(await folderOf({ 'cut.json': text.slice(0, inSecondRole) }))
    const line = text.slice(0, inSecondRole).split('\n').length
    const [cut] = facts.findings.filter(({ code }) => code === 'NOT_JSON')
    expect(cut).toMatchObject({ place: expect.stringContaining(`line ${line}, column`), message: expect.stringContaining('RoleDetailList[1]') })
    expect(facts.entity('arn:aws:iam::111122223333:role/host')).toBeDefined()
    expect(facts.entity('arn:aws:iam::111122223333:role/ci/deployer')).toBeUndefined()
    expect(facts.coverages).toMatchObject([{ complete: false }])
  })

  test('never throws and never invents, wherever it is cut', async () => {
    const whole = new Set(smallAccountFacts.filter((fact) => fact.includes('"record":"entity"') && !fact.includes('"coverage":[]')))
    for (let at = 1; at < text.length - 1; at += 97) {
      const facts = await read(await folderOf({ 'cut.json': text.slice(0, at) }))
      expect(
        facts.findings.some(({ code }) => code === 'NOT_JSON'),
        `cut at ${at}`,
      ).toBe(true)
      const stated = factsOf({
        ...facts,
        records: facts.entities.filter(({ coverage, kind }) => coverage.length > 0 && kind !== 'PermissionsBoundary'),
      })
      expect(
        stated.filter((fact) => !whole.has(fact)),
        `cut at ${at}`,
      ).toEqual([])
    }
  })
})

describe('what is attached but not there', () => {
  const without = { ...smallAccount, Policies: [], GroupDetailList: [] }

  test('is named with the principal it touches, and stands as a policy without document', async () => {
    const facts = await read(await folderOf({ 'export.json': without }))
    const ids = facts.findings.map(({ code, place, entity }) => `${code} ${place} ${entity}`).sort()
    expect(ids).toEqual([
      'GROUP_MISSING UserDetailList[0].GroupList arn:aws:iam::111122223333:user/people/ada',
      'POLICY_MISSING UserDetailList[0].AttachedManagedPolicies arn:aws:iam::111122223333:user/people/ada',
      'POLICY_MISSING UserDetailList[0].PermissionsBoundary arn:aws:iam::111122223333:user/people/ada',
    ])
    expect(facts.entity('arn:aws:iam::111122223333:policy/data/ReadBuckets')).toMatchObject({
      kind: 'AwsManagedPolicy',
      document: null,
      coverage: [],
    })
    expect(facts.entity('arn:aws:iam::111122223333:policy/Ceiling#boundary')).toMatchObject({ kind: 'PermissionsBoundary', document: null })
    expect(facts.arrows).toContain('arn:aws:iam::111122223333:user/people/ada MEMBER_OF arn:aws:iam::111122223333:group/engineers')
    expect(facts.entity('arn:aws:iam::111122223333:group/engineers')).toMatchObject({ kind: 'AwsGroup', coverage: [] })
  })
})

test('principals that files state differently are both handed over, with where they were read', async () => {
  const facts = await read(await folderOf({ 'a.json': smallAccount, 'b.json': userList({ ...ada, UserId: 'AIDAOTHER' }) }))
  const stated = facts.entities.filter(({ id }) => id === 'arn:aws:iam::111122223333:user/people/ada')
  expect(stated.map(({ properties, origin }) => `${properties.uniqueId} ${origin?.file.slice(-6)}`)).toEqual([
    'AIDAQ3EGWO7EXAMPLEAAA a.json',
    'AIDAOTHER b.json',
  ])
})

test('a reading that is aborted throws what it was aborted with', async () => {
  const folder = await folderOf(good)
  const abort = new AbortController()
  abort.abort(new Error('enough'))
  await expect(readWith({ signal: abort.signal }, folder)).rejects.toThrow('enough')
})

test('a reading that is aborted within a large file stops there', async () => {
  const folder = await folderOf({ 'large.json': `[${'{"a":1},'.repeat(1_000_000)}{}]` })
  const abort = new AbortController()
  const reading = readWith(
    { signal: abort.signal, onProgress: ({ bytesRead, bytesTotal }) => bytesRead < bytesTotal && abort.abort(new Error('enough')) },
    folder,
  )
  await expect(reading).rejects.toThrow('enough')
})

test('progress counts bytes up to the size of all files and never beyond', async () => {
  const folder = await folderOf({ 'a.json': smallAccountText, 'b.zip': zipOf({ 'b.json': smallAccountText }) })
  const seen: { readonly bytesRead: number; readonly bytesTotal: number }[] = []
  await readWith({ onProgress: (progress) => seen.push(progress) }, folder)
  expect(seen.every(({ bytesRead, bytesTotal }) => bytesRead <= bytesTotal)).toBe(true)
  expect(seen.at(-1)?.bytesRead).toBeGreaterThan(Buffer.byteLength(smallAccountText))
})
