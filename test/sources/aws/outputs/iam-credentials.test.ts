import { describe, expect, test } from 'vitest'
import { smallAccount } from '../../small-account.ts'
import { ACCOUNT, bothRoads, bundle, failed, loose } from './bundle.ts'

const ADA = `arn:aws:iam::${ACCOUNT}:user/people/ada`
const BOT = `arn:aws:iam::${ACCOUNT}:user/bot`
const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const COVERED = `aws:iam-credentials:${ACCOUNT}`
const KEY = 'AKIAIOSFODNN7EXAMPLE'
const SECOND_KEY = 'AKIAI44QH8DHBEXAMPLE'

const iam = (operation: string, subject?: string): string => `global/iam/${operation}${subject === undefined ? '' : `/${subject}`}`

const users = {
  Users: [
    {
      Path: '/people/',
      UserName: 'ada',
      UserId: 'AIDAQ3EGWO7EXAMPLEAAA',
      Arn: ADA,
      CreateDate: '2023-03-09T10:41:45+00:00',
      PasswordLastUsed: '2026-11-02T08:00:00+00:00',
    },
    { Path: '/', UserName: 'bot', UserId: 'AIDAQ3EGWO7EXAMPLEBBB', Arn: BOT, CreateDate: '2024-01-01T00:00:00+00:00' },
  ],
}
const keysOf = (user: string, ...keys: readonly (readonly [id: string, status: string, made: string])[]): object => ({
  AccessKeyMetadata: keys.map(([AccessKeyId, Status, CreateDate]) => ({ UserName: user, AccessKeyId, Status, CreateDate })),
})
const lastUsed = (user: string, LastUsedDate?: string): object => ({
  UserName: user,
  AccessKeyLastUsed: {
    ...(LastUsedDate === undefined ? {} : { LastUsedDate }),
    ServiceName: LastUsedDate === undefined ? 'N/A' : 's3',
    Region: 'N/A',
  },
})
const loginProfile = (user: string): object => ({
  LoginProfile: { UserName: user, CreateDate: '2023-03-09T10:41:45+00:00', PasswordResetRequired: false },
})
const mfaDevices = (...names: readonly string[]): object => ({
  MFADevices: names.map((UserName) => ({
    UserName,
    SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/${UserName}`,
    EnableDate: '2024-01-01T00:00:00+00:00',
  })),
})

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'
const ROOT_ROW = `<root_account>,${ROOT},2020-01-01T00:00:00+00:00,not_supported,2026-01-05T09:00:00+00:00,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`
const ADA_ROW = `ada,${ADA},2023-03-09T10:41:45+00:00,true,no_information,2023-03-09T10:41:45+00:00,N/A,false,true,2024-02-01T00:00:00+00:00,2026-11-01T10:00:00+00:00,eu-west-1,s3,true,2023-02-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A`
const BOT_ROW = `bot,${BOT},2024-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false,false,2024-01-01T00:00:00+00:00,2025-05-05T05:00:00+00:00,us-east-1,sts,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`
const REPORT = [HEADER, ROOT_ROW, ADA_ROW, BOT_ROW].join('\n')
const printed = (text: string): object => ({
  Content: Buffer.from(text).toString('base64'),
  ReportFormat: 'text/csv',
  GeneratedTime: '2026-11-20T10:00:00+00:00',
})

const REPORTED = {
  [ROOT]: {
    nature: 'HUMAN',
    passwordLastUsedAt: '2026-01-05T09:00:00.000Z',
    mfaEnabled: true,
    activeAccessKeys: 0,
  },
  [ADA]: {
    nature: 'UNKNOWN',
    createdAt: '2023-03-09T10:41:45.000Z',
    passwordEnabled: true,
    mfaEnabled: false,
    activeAccessKeys: 2,
    oldestAccessKeyAt: '2023-02-01T00:00:00.000Z',
    accessKeyLastUsedAt: '2026-11-01T10:00:00.000Z',
  },
  [BOT]: {
    nature: 'UNKNOWN',
    createdAt: '2024-01-01T00:00:00.000Z',
    passwordEnabled: false,
    mfaEnabled: false,
    activeAccessKeys: 0,
    accessKeyLastUsedAt: '2025-05-05T05:00:00.000Z',
  },
}

describe('a credential report', () => {
  test.each<[string, string | object]>([
    ['as the CLI prints it', printed(REPORT)],
    ['as the decoded CSV', REPORT],
    ['with a byte order mark and the line ends of Windows', `\uFEFF${REPORT.replaceAll('\n', '\r\n')}\r\n`],
    ['as a spreadsheet saves it, with quotes and semicolons', REPORT.replaceAll(',', ';').replaceAll(ADA, `"${ADA}"`)],
    [
      'with a column that is not known yet',
      REPORT.split('\n')
        .map((line, at) => (at === 0 ? `new_column,${line}` : `x,${line}`))
        .join('\n'),
    ],
  ])('%s tells how users and root sign in', async (_what, report) => {
    const { entity, findings, coverage } = await loose({ report })
    expect(findings).toEqual([])
    expect(Object.fromEntries(Object.keys(REPORTED).map((id) => [id, entity(id)?.properties]))).toEqual(REPORTED)
    expect(entity(ROOT)).toMatchObject({ kind: 'AwsRootUser', name: 'root', scope: ACCOUNT })
    expect(entity(ADA)).toMatchObject({ kind: 'AwsUser', name: 'ada' })
    expect(coverage).toEqual([`${COVERED} complete`])
  })

  test('a row that is cut or names nobody stops no other', async () => {
    const report = [HEADER, ROOT_ROW, 'ada,arn:aws:iam', BOT_ROW.replace(BOT, 'somebody'), ADA_ROW].join('\n')
    for (const said of [await loose({ 'r.csv': report }), await loose({ 'r.json': printed(report) })]) {
      const list = said.findings[0]?.includes('r.csv') === true ? 'r.csv CredentialReport' : 'r.json Content.CredentialReport'
      expect(said.findings).toEqual([`WRONG_SHAPE ${list}[1]`, `WRONG_SHAPE ${list}[2]`])
      expect(said.entity(ADA)?.properties.activeAccessKeys).toBe(2)
      expect(said.coverage).toEqual([`${COVERED} incomplete`])
    }
  })

  test('whose last quote is not closed is read up to there', async () => {
    const { entity, findings, coverage } = await loose({ 'r.csv': `${HEADER}\n${ADA_ROW}\n"bot,${BOT}` })
    expect(findings).toEqual([expect.stringMatching(/^NOT_JSON r\.csv line \d+, column 1$/)])
    expect(entity(ADA)?.properties).toEqual(REPORTED[ADA])
    expect(coverage).toEqual([`${COVERED} incomplete`])
  })

  test('other tables are not recognised as one', async () => {
    const { findings } = await loose({ 'r.csv': 'user,arn,city\nada,arn:aws:iam::111122223333:user/ada,Bern\n', 'r.json': printed('a,b\n1,2') })
    expect(findings).toEqual(['NOT_JSON r.csv line 1, column 1', 'WRONG_SHAPE r.json'])
  })
})

describe('listings of credentials', () => {
  const listings = {
    [iam('list-users')]: users,
    [iam('list-access-keys', 'ada')]: keysOf(
      'ada',
      [KEY, 'Active', '2024-02-01T00:00:00+00:00'],
      [SECOND_KEY, 'Inactive', '2022-02-01T00:00:00+00:00'],
    ),
    [iam('get-access-key-last-used', KEY)]: lastUsed('ada', '2026-11-01T10:00:00+00:00'),
    [iam('get-access-key-last-used', SECOND_KEY)]: lastUsed('ada'),
    [iam('get-login-profile', 'ada')]: loginProfile('ada'),
    [iam('list-mfa-devices', 'ada')]: mfaDevices('ada'),
  }

  test('are joined for each user, whose path only one of them tells', async () => {
    const { entity, findings, arrows } = await bundle(listings)
    expect(findings).toEqual([])
    expect(entity(ADA)).toMatchObject({ kind: 'AwsUser', name: 'ada', scope: ACCOUNT, coverage: [COVERED] })
    expect(entity(ADA)?.properties).toEqual({
      nature: 'UNKNOWN',
      path: '/people/',
      uniqueId: 'AIDAQ3EGWO7EXAMPLEAAA',
      createdAt: '2023-03-09T10:41:45.000Z',
      passwordLastUsedAt: '2026-11-02T08:00:00.000Z',
      activeAccessKeys: 1,
      oldestAccessKeyAt: '2024-02-01T00:00:00.000Z',
      accessKeyLastUsedAt: '2026-11-01T10:00:00.000Z',
      passwordEnabled: true,
      mfaEnabled: true,
    })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${BOT}`, `${ACCOUNT} CONTAINS ${ADA}`])
  })

  test('say the same wherever the files lie', async () => {
    const { placed, free } = await bothRoads(listings)
    expect(free).toEqual(placed)
  })

  test('say the same in any order, given twice, and one after another in a file', async () => {
    const once = await bothRoads(listings)
    const outputs = Object.values(listings)
    const lines = [...outputs, ...outputs.toReversed()].map((output) => JSON.stringify(output)).join('\n')
    const { facts, findings, coverage } = await loose({ 'all.ndjson': lines })
    expect({ facts, findings, coverage }).toEqual(once.placed)
  })

  test('keep no key ids', async () => {
    const { text } = await bundle(listings)
    expect(text).not.toMatch(/AKIA/)
  })

  test('a key that is listed twice, on pages that overlap, is one key', async () => {
    const pages = {
      [`${iam('list-access-keys', 'bot')}.0001`]: { ...keysOf('bot', [KEY, 'Active', '2024-02-01T00:00:00Z']), IsTruncated: true, Marker: 'x' },
      [`${iam('list-access-keys', 'bot')}.0002`]: keysOf(
        'bot',
        [KEY, 'Active', '2024-02-01T00:00:00Z'],
        [SECOND_KEY, 'Active', '2025-02-01T00:00:00Z'],
      ),
    }
    const { entity, findings } = await bundle({ ...pages, [iam('list-users')]: users })
    expect(findings).toEqual([])
    expect(entity(BOT)?.properties).toMatchObject({ activeAccessKeys: 2, oldestAccessKeyAt: '2024-02-01T00:00:00.000Z' })
  })

  test('a user without keys, devices and password has none; what was refused is not known', async () => {
    const { entity, findings, coverage } = await bundle({
      [iam('list-users')]: users,
      [iam('list-access-keys', 'bot')]: { AccessKeyMetadata: [] },
      [iam('list-mfa-devices', 'bot')]: { MFADevices: [] },
      [iam('get-login-profile', 'bot')]: failed('NoSuchEntity'),
      [iam('get-login-profile', 'ada')]: failed('AccessDenied'),
    })
    expect(entity(BOT)?.properties).toMatchObject({ activeAccessKeys: 0, mfaEnabled: false, passwordEnabled: false })
    expect(entity(ADA)?.properties).not.toHaveProperty('passwordEnabled')
    expect(findings).toEqual(['EXPORT_TRUNCATED ada.json'])
    expect(coverage).toEqual([`${COVERED} incomplete`])
  })

  test('join the user of the account authorization details, and take nothing of it away', async () => {
    const alone = await loose({ 'a.json': smallAccount })
    const { entity, findings } = await loose({ 'a.json': smallAccount, 'k.json': keysOf('ada', [KEY, 'Active', '2024-02-01T00:00:00Z']) })
    expect(findings).toEqual([])
    expect(entity(ADA)).toEqual({
      ...alone.entity(ADA),
      origin: expect.anything(),
      properties: { ...alone.entity(ADA)?.properties, activeAccessKeys: 1, oldestAccessKeyAt: '2024-02-01T00:00:00.000Z' },
      coverage: [COVERED, `aws:iam:${ACCOUNT}`].sort(),
      statedBy: expect.anything(),
    })
  })

  test('of a user whose ARN nothing tells are refused, not given to a user that may not exist', async () => {
    const { facts, findings, coverage } = await bundle({ [iam('list-access-keys', 'ada')]: keysOf('ada', [KEY, 'Active', '2024-02-01T00:00:00Z']) })
    expect(findings).toEqual(['WRONG_SHAPE ada.json'])
    expect(facts.filter((fact) => fact.includes('user/'))).toEqual([])
    expect(coverage).toEqual([`${COVERED} incomplete`])
  })

  test('go before a credential report, which is older', async () => {
    const { entity, findings } = await bundle({ ...listings, [iam('get-credential-report')]: printed(REPORT) })
    expect(findings).toEqual([])
    expect(entity(ADA)?.properties).toMatchObject({ mfaEnabled: true, activeAccessKeys: 1, oldestAccessKeyAt: '2024-02-01T00:00:00.000Z' })
    expect(entity(BOT)?.properties).toEqual({ ...REPORTED[BOT], path: '/', uniqueId: 'AIDAQ3EGWO7EXAMPLEBBB' })
  })

  test('virtual MFA devices tell of users and root; an unassigned one of nobody', async () => {
    const serial = (name: string): string => `arn:aws:iam::${ACCOUNT}:mfa/${name}`
    const devices = {
      VirtualMFADevices: [
        { SerialNumber: serial('ada'), EnableDate: '2024-01-01T00:00:00+00:00', User: { UserName: 'ada', Arn: ADA } },
        { SerialNumber: serial('root-account-mfa-device'), EnableDate: '2024-01-01T00:00:00+00:00', User: { UserId: ACCOUNT, Arn: ROOT } },
        { SerialNumber: serial('spare') },
      ],
    }
    const { entity, findings, facts } = await loose({ 'v.json': devices })
    expect(findings).toEqual([])
    expect(entity(ADA)?.properties).toEqual({ nature: 'UNKNOWN', mfaEnabled: true })
    expect(entity(ROOT)?.properties).toEqual({ nature: 'HUMAN', mfaEnabled: true })
    expect(facts.filter((fact) => fact.includes('spare'))).toEqual([])
  })

  test('of a user that is gone by the time that it is asked about are no gap', async () => {
    const gone = failed('NoSuchEntity')
    const { findings, coverage } = await bundle({
      [iam('list-users')]: users,
      [iam('list-access-keys', 'eve')]: gone,
      [iam('list-mfa-devices', 'eve')]: gone,
      [iam('get-access-key-last-used', KEY)]: gone,
    })
    expect(findings).toEqual([])
    expect(coverage).toEqual([`${COVERED} complete`])
  })

  test('an answer without its list is no empty list', async () => {
    const { entity, findings } = await bundle({
      [iam('list-users')]: users,
      [iam('list-access-keys', 'bot')]: {},
      [iam('list-mfa-devices', 'bot')]: {},
    })
    expect(findings).toEqual(['WRONG_SHAPE bot.json AccessKeyMetadata', 'WRONG_SHAPE bot.json MFADevices'])
    expect(entity(BOT)?.properties).not.toHaveProperty('mfaEnabled')
    expect(entity(BOT)?.properties).not.toHaveProperty('activeAccessKeys')
  })

  test('a broken row stops no other', async () => {
    const { entity, findings } = await bundle({
      [iam('list-users')]: { Users: [{ UserName: 'x' }, ...users.Users] },
      [iam('list-access-keys', 'bot')]: {
        AccessKeyMetadata: [
          { AccessKeyId: 7 },
          ...(keysOf('bot', [KEY, 'Active', '2024-01-01T00:00:00Z']) as { AccessKeyMetadata: object[] }).AccessKeyMetadata,
        ],
      },
    })
    expect(findings).toEqual(['WRONG_SHAPE bot.json AccessKeyMetadata[0].AccessKeyId', 'WRONG_SHAPE list-users.json Users[0].Arn'])
    expect(entity(BOT)?.properties.activeAccessKeys).toBe(1)
  })
})
