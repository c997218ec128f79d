import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bundle, bothRoads, failed, loose } from './bundle.ts'

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab'
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${ID}`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`

const metadata = (more: object = {}): object => ({
  KeyMetadata: {
    AWSAccountId: ACCOUNT,
    KeyId: ID,
    Arn: KEY,
    CreationDate: '2024-05-06T07:08:09.123000+00:00',
    Enabled: true,
    Description: 'ledger data',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    ...more,
  },
})
const grantRow = {
  KeyId: KEY,
  GrantId: 'abcde1237f76e4ba',
  Name: '',
  CreationDate: 1572216195.0,
  GranteePrincipal: ROLE,
  RetiringPrincipal: `arn:aws:iam::${ACCOUNT}:role/admin`,
  IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
  Operations: ['Decrypt', 'CreateGrant'],
  Constraints: { EncryptionContextSubset: { department: 'IT' } },
}
const policy = allowing({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, 'kms:*', '*')
const outputs = {
  'kms/list-keys': { Keys: [{ KeyId: ID, KeyArn: KEY }] },
  'kms/describe-key/1234abcd-12ab-34cd-56ef-1234567890ab': metadata(),
  'kms/list-grants/1234abcd-12ab-34cd-56ef-1234567890ab': { Grants: [grantRow], Truncated: false },
  'kms/list-aliases': {
    Aliases: [
      { AliasName: 'alias/pay', AliasArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/pay`, TargetKeyId: ID, CreationDate: 1572216195.0 },
      { AliasName: 'alias/aws/dynamodb', AliasArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/aws/dynamodb` },
      { AliasName: 'alias/books', AliasArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/books`, TargetKeyId: ID },
    ],
  },
}

describe('keys', () => {
  test('have a policy, a state, a manager, aliases and tags', async () => {
    const { entity, arrows, findings, coverage } = await bundle({
      ...outputs,
      [`kms/get-key-policy/${ID}`]: { Policy: JSON.stringify(policy), PolicyName: 'default' },
      [`kms/list-resource-tags/${ID}`]: { Tags: [{ TagKey: 'team', TagValue: 'pay' }], Truncated: false },
    })
    expect(findings).toEqual([])
    expect(entity(KEY)).toMatchObject({
      kind: 'AWS::KMS::Key',
      name: ID,
      scope: ACCOUNT,
      document: JSON.stringify(policy),
      properties: {
        createdAt: '2024-05-06T07:08:09.123Z',
        description: 'ledger data',
        state: 'Enabled',
        keyManager: 'CUSTOMER',
        providerManaged: false,
        aliases: ['alias/books', 'alias/pay'],
        tags: ['team=pay'],
      },
    })
    expect(arrows).toContain(`${ACCOUNT} CONTAINS ${KEY}`)
    expect(coverage).toEqual([`aws:kms/eu-west-1:${ACCOUNT} complete`])
  })

  test('of AWS are told from those of customers', async () => {
    const { entity } = await bundle({ [`kms/describe-key/${ID}`]: metadata({ KeyManager: 'AWS', Description: '' }) })
    expect(entity(KEY)?.properties).toMatchObject({ keyManager: 'AWS', providerManaged: true })
    expect(entity(KEY)?.properties.description).toBeUndefined()
  })

  test('are recognised by their ARNs wherever the files lie', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('may be asked about by ARN, which tells account and region', async () => {
    const { entity, coverage } = await loose({
      'p.json': { Kind: 'aws/kms/get-key-policy', Subject: KEY, Output: { Policy: JSON.stringify(policy) } },
    })
    expect(entity(KEY)?.document).toBe(JSON.stringify(policy))
    expect(coverage).toEqual([`aws:kms/eu-west-1:${ACCOUNT} complete`])
  })

  test('have a policy that is not known where it was refused', async () => {
    const { entity, findings, coverage } = await bundle({ ...outputs, [`kms/get-key-policy/${ID}`]: failed('AccessDeniedException') })
    expect(findings).toEqual([`EXPORT_TRUNCATED ${ID}.json`])
    expect(entity(KEY)).toMatchObject({ document: null, properties: { policyState: 'NOT_LOADED' } })
    expect(coverage).toEqual([`aws:kms/eu-west-1:${ACCOUNT} incomplete`])
  })

  test('collect their aliases from several pages', async () => {
    const [one, , other] = outputs['kms/list-aliases'].Aliases
    const { entity, facts } = await bundle({ 'kms/list-aliases.0001': { Aliases: [one] }, 'kms/list-aliases.0002': { Aliases: [other] } })
    expect(entity(KEY)?.properties.aliases).toEqual(['alias/books', 'alias/pay'])
    expect((await bundle({ 'kms/list-aliases.0001': { Aliases: [other] }, 'kms/list-aliases.0002': { Aliases: [one] } })).facts).toEqual(facts)
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({
      'kms/list-keys': { Keys: [{ KeyId: ID }, { KeyId: ID, KeyArn: KEY }] },
      'kms/list-aliases': { Aliases: [{ AliasName: 7 }, ...outputs['kms/list-aliases'].Aliases] },
    })
    expect(findings).toEqual(['WRONG_SHAPE list-aliases.json Aliases[0].AliasName', 'WRONG_SHAPE list-keys.json Keys[0].KeyArn'])
    expect(entity(KEY)?.properties.aliases).toEqual(['alias/books', 'alias/pay'])
  })
})

describe('grants on keys', () => {
  const of = (...Grants: readonly object[]) => bundle({ [`kms/list-grants/${ID}`]: { Grants, Truncated: false } })

  test('are held by who may use the key and by who may retire them', async () => {
    const { entity, arrows, findings } = await of(grantRow)
    expect(findings).toEqual([])
    expect(entity(`${KEY}#grant/abcde1237f76e4ba`)).toMatchObject({
      label: 'Grant',
      kind: 'AwsKmsGrant',
      name: 'abcde1237f76e4ba',
      document: JSON.stringify(grantRow),
      properties: { createdAt: '2019-10-27T22:43:15.000Z' },
    })
    expect(arrows).toEqual(
      expect.arrayContaining([
        `${KEY}#grant/abcde1237f76e4ba AT ${KEY}`,
        `${ROLE} HOLDS ${KEY}#grant/abcde1237f76e4ba`,
        `arn:aws:iam::${ACCOUNT}:role/admin HOLDS ${KEY}#grant/abcde1237f76e4ba`,
        `${ACCOUNT} CONTAINS ${KEY}`,
      ]),
    )
  })

  test('may be of a service, under either name that AWS gives it', async () => {
    const { GranteePrincipal: _, RetiringPrincipal: __, ...row } = grantRow
    const { arrows } = await of(
      { ...row, GranteePrincipal: 'rds.eu-west-1.amazonaws.com' },
      { ...row, GrantId: 'b', GranteeServicePrincipal: 'dynamodb.amazonaws.com' },
    )
    expect(arrows).toContain(`rds.eu-west-1.amazonaws.com HOLDS ${KEY}#grant/abcde1237f76e4ba`)
    expect(arrows).toContain(`dynamodb.amazonaws.com HOLDS ${KEY}#grant/b`)
  })

  test('may name their key by its id where something else tells account and region', async () => {
    const { entity, findings } = await loose({ 'keys.json': { Keys: [{ KeyArn: KEY }] }, 'grants.json': { Grants: [{ ...grantRow, KeyId: ID }] } })
    expect(findings).toEqual([])
    expect(entity(`${KEY}#grant/abcde1237f76e4ba`)).toBeDefined()
  })

  test('name their key by its id too, and may be in lower case, but for what people wrote', async () => {
    const row = {
      keyId: ID,
      grantId: 'g',
      granteePrincipal: ROLE,
      operations: ['Decrypt'],
      constraints: { encryptionContextEquals: { department: 'IT' } },
    }
    const { entity } = await of(row)
    expect(entity(`${KEY}#grant/g`)?.document).toBe(
      JSON.stringify({
        KeyId: ID,
        GrantId: 'g',
        GranteePrincipal: ROLE,
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextEquals: { department: 'IT' } },
      }),
    )
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await of({ KeyId: KEY }, grantRow)
    expect(findings).toEqual([`WRONG_SHAPE ${ID}.json Grants[0].GrantId`])
    expect(entity(`${KEY}#grant/abcde1237f76e4ba`)).toBeDefined()
  })
})
