import { beforeAll, describe, expect, it } from 'vitest'
import type { EntityFact, GraphFact } from '../../src/domain/facts.ts'
import type { Estate } from '../../src/estate/estate.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { accountExport, roleArn, userArn } from '../support/account.ts'
import {
  accountScope,
  assignment,
  bucket,
  covered,
  edge,
  entity,
  keyArn,
  key,
  SSO_PATH,
  ssoRoleName,
  ssoUser,
  statements,
  trustsIdentityCenter,
  worldOf,
} from '../support/facts.ts'

/** o-1 → root → workloads → production → account APP; DATA lies under the root. Identity Center reaches into both. */

const APP = '111122223333'
const DATA = '444455556666'
const FULL = statements({ Effect: 'Allow', Action: '*', Resource: '*' })

const scope = (id: string, kind: string): EntityFact => entity('Scope', id, { kind, scope: null })
const contains = (from: string, to: string): GraphFact => edge('CONTAINS', { label: 'Scope', id: from }, { label: 'Scope', id: to })
const scp = (name: string, document: object, ...limited: readonly string[]): GraphFact[] => [
  entity('Guardrail', `p-${name}`, { kind: 'ServiceControlPolicy', name, document, scope: 'o-1' }),
  ...limited.map((id) => edge('LIMITS', { label: 'Guardrail', id: `p-${name}` }, { label: 'Scope', id })),
]
const LEVELS = ['r-1', 'ou-workloads', 'ou-production', APP, DATA]

const ledger = bucket('ledger', {
  scope: DATA,
  properties: { objectOwnership: 'BucketOwnerEnforced', restrictPublicBuckets: true },
  document: statements({ Sid: 'App', Effect: 'Allow', Principal: { AWS: roleArn('app', APP) }, Action: 's3:*', Resource: 'arn:aws:s3:::ledger/*' }),
})
const vault = key('vault', {
  properties: { aliases: ['alias/vault'] },
  document: statements({ Sid: 'AdminOnly', Effect: 'Allow', Principal: { AWS: userArn('admin', APP) }, Action: 'kms:*', Resource: '*' }),
  coverage: ['aws:kms/eu-west-1:111122223333'],
})
const ada = ssoUser('11111111-aaaa', 'ada')

let estate: Estate
beforeAll(async () => {
  estate = await worldOf({
    files: {
      'app.json': accountExport({
        account: APP,
        users: { admin: {}, dev: { policies: { p: [{ actions: ['s3:*', 'kms:*'] }] } } },
        roles: {
          app: { policies: { p: [{ actions: 's3:*' }] } },
          [ssoRoleName('Data_Ops')]: { path: SSO_PATH, policies: { p: [{ actions: 's3:*' }] }, trust: [trustsIdentityCenter(APP)] },
        },
      }),
      'data.json': accountExport({
        account: DATA,
        roles: { [ssoRoleName('Data_Ops')]: { path: SSO_PATH, policies: { p: [{ actions: 's3:*' }] }, trust: [trustsIdentityCenter(DATA)] } },
      }),
    },
    facts: [
      [scope('o-1', 'AwsOrganization'), scope('r-1', 'AwsOrganizationalUnit'), scope('ou-workloads', 'AwsOrganizationalUnit')],
      [scope('ou-production', 'AwsOrganizationalUnit'), accountScope(APP), accountScope(DATA)],
      [contains('o-1', 'r-1'), contains('r-1', 'ou-workloads'), contains('ou-workloads', 'ou-production'), contains('ou-production', APP)],
      [contains('r-1', DATA)],
      scp('full', FULL, ...LEVELS),
      scp('keep', statements({ Sid: 'KeepObjects', Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }), 'ou-workloads'),
      [ledger, vault, ada],
      assignment(ada, 'Data_Ops', DATA),
    ],
    coverage: [covered('aws:organizations:o-1'), covered('aws:sso:999999999999')],
  })
})

const object = 'arn:aws:s3:::ledger/2026.csv'
const check = (principal: string, action: string, target: string) => checkAccess(estate, { principal, action, target })
const who = (action: string, target: string): string[] =>
  whoCanReach(estate, { target, actions: [action] }).edges.map(({ node }) => `${node.principal.name} ${node.via} ${node.certainty}`)

describe('an SCP two levels up', () => {
  it('blocks what the bucket’s policy and the role’s own allow, and is named with its level', () => {
    const { effect, because, evidence } = check(roleArn('app', APP), 's3:DeleteObject', object)
    expect(effect).toBe('DENY')
    expect(because).toMatchObject([{ layer: 'SCP', kind: 'EXPLICIT_DENY', statement: 'KeepObjects', level: 1 }])
    expect(evidence.find(({ relation }) => relation === 'LIMITED_BY')?.entity.name).toBe('keep')
    expect(who('s3:DeleteObject', object)).not.toContainEqual(expect.stringContaining('app '))
  })

  it('leaves what it does not name, and accounts elsewhere in the organisation', () => {
    expect(check(roleArn('app', APP), 's3:GetObject', object).effect).toBe('ALLOW')
    expect(who('s3:DeleteObject', object)).toContain('ada FEDERATION ALLOWED')
  })

  it('is among what limits the account, from the root down', () => {
    expect(estate.guardrailsOver(APP).map(({ name }) => name)).toEqual(['full', 'full', 'keep', 'full', 'full'])
    expect(estate.childrenOf('ou-workloads').map(({ id }) => id)).toEqual(['ou-production'])
  })
})

describe('a bucket policy of another account', () => {
  it('opens the bucket to the role that it names, and to nobody else of that account', () => {
    expect(check(roleArn('app', APP), 's3:GetObject', object).effect).toBe('ALLOW')
    expect(check(userArn('dev', APP), 's3:GetObject', object).effect).toBe('DENY')
    expect(who('s3:GetObject', object)).toContain('app DIRECT ALLOWED')
  })

  it('is a row of what that role can do', () => {
    const targets = effectivePermissions(estate, { principal: roleArn('app', APP) }).edges.map(({ node }) => node.target.id)
    expect(targets).toContain('arn:aws:s3:::ledger/*')
  })
})

describe('a key policy', () => {
  it('closes the key to whoever it does not name, whatever their own policies say', () => {
    expect(check(userArn('dev', APP), 'kms:Decrypt', keyArn('vault')).effect).toBe('DENY')
    expect(check(userArn('admin', APP), 'kms:Decrypt', keyArn('vault')).effect).toBe('ALLOW')
    expect(who('kms:Decrypt', keyArn('vault'))).toEqual(['admin RESOURCE_POLICY ALLOWED'])
  })
})

describe('a user of Identity Center', () => {
  it('reaches what the role of the assigned account reaches, and not what that of another one does', () => {
    expect(who('s3:GetObject', object)).toContain('ada FEDERATION ALLOWED')
    const taken = effectivePermissions(estate, { principal: 'ada' }).edges.flatMap(({ node }) =>
      node.evidence.map(({ entity: { scope: account } }) => account),
    )
    expect(taken).toContain(DATA)
    expect(taken).not.toContain(APP)
  })
})

describe('an account that was closed', () => {
  it('is a caveat beside what its identities could do, and who could use its resources', async () => {
    const world = await worldOf({
      files: {
        'app.json': accountExport({ account: APP, users: { dev: { policies: { p: [{ actions: 's3:*' }] } } } }),
        'data.json': accountExport({ account: DATA, users: { dev: { policies: { p: [{ actions: 's3:*' }] } } } }),
      },
      facts: [
        accountScope(APP, { state: 'SUSPENDED' }),
        accountScope(DATA, { state: 'ACTIVE' }),
        bucket('open', {
          scope: DATA,
          document: statements({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${APP}:root` }, Action: 's3:*', Resource: 'arn:aws:s3:::open/*' }),
        }),
      ],
    })
    const suspended = (caveats: readonly { readonly code: string; readonly source: string }[]): readonly string[] =>
      caveats.filter(({ code }) => code === 'ACCOUNT_SUSPENDED').map(({ source }) => source)
    const question = { action: 's3:GetObject', target: 'arn:aws:s3:::open/x' }
    expect(suspended(checkAccess(world, { principal: userArn('dev', APP), ...question }).caveats)).toEqual([APP])
    expect(suspended(checkAccess(world, { principal: userArn('dev', DATA), ...question }).caveats)).toEqual([])
    expect(suspended(whoCanReach(world, { target: 'arn:aws:s3:::open/x', actions: ['s3:GetObject'] }).caveats)).toEqual([APP])
    expect(suspended(effectivePermissions(world, { principal: userArn('dev', APP) }).caveats)).toEqual([APP])
  })
})

describe('a question about no resource', () => {
  it('is about the account of whoever asks, unless another is named', () => {
    const effectOf = (principal: string, account?: string): string =>
      checkAccess(estate, { principal, action: 's3:ListAllMyBuckets', target: '*', ...(account === undefined ? {} : { account }) }).effect
    expect(effectOf(userArn('dev', APP))).toBe('ALLOW')
    expect(effectOf(userArn('dev', APP), DATA)).toBe('DENY')
    expect(() => effectOf('lambda.amazonaws.com')).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
  })
})

describe('an alias of a key', () => {
  const alias = (name: string): string => keyArn('x').replace(/key\/.*$/, `alias/${name}`)

  it('is used by whoever the key lets, not by whoever names the alias', () => {
    expect(check(userArn('dev', APP), 'kms:Decrypt', keyArn('vault')).effect).toBe('DENY')
    expect(check(userArn('dev', APP), 'kms:Decrypt', alias('vault')).effect).toBe('DENY')
    expect(check(userArn('admin', APP), 'kms:Decrypt', alias('vault')).effect).toBe('ALLOW')
    expect(who('kms:Decrypt', alias('vault'))).toEqual(who('kms:Decrypt', keyArn('vault')))
  })

  it('that nobody listed leaves open which key it is', () => {
    expect(check(userArn('dev', APP), 'kms:Decrypt', alias('unknown')).effect).toBe('CONDITIONAL')
  })

  it('is itself what is moved to another key', () => {
    expect(check(userArn('dev', APP), 'kms:UpdateAlias', alias('vault')).effect).toBe('ALLOW')
  })
})
