import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roleArn, userArn } from '../support/account.ts'
import { permiscope } from '../support/cli.ts'
import { APP, DATA, ENDPOINT, INSTANCE, LEDGER, MANAGEMENT, OUTSIDE, READERS_ROLE, twoAccounts, USERS, VAULT_KEY } from '../support/two-accounts.ts'

/** An organisation's bundle, made by hand, from files to answers as a user gets them. */

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'permiscope-organization-'))
  await load('data', twoAccounts)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function load(store: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  const bundle = join(folder, `${store}-bundle`)
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(bundle, name)), { recursive: true })
    writeFileSync(join(bundle, name), JSON.stringify(value))
  }
  const { code, stderr } = await permiscope(['ingest', bundle, '--data', join(folder, store)])
  expect({ code, stderr: stderr.replaceAll(/.*(entities|snapshot|now:).*\n?/g, '') }).toMatchObject({ code: 0 })
}

interface Answer {
  readonly effect: string
  readonly because: readonly { readonly layer: string; readonly kind: string; readonly statement?: string; readonly policy?: string }[]
  readonly conditions: readonly string[]
  readonly caveats: readonly { readonly code: string }[]
}

async function ask<Result>(store: string, ...args: readonly string[]): Promise<Result> {
  const { code, stdout, stderr } = await permiscope([...args, '--data', join(folder, store), '--output', 'json'])
  expect({ code, stderr }).toMatchObject({ code: 0 })
  const result: Result = JSON.parse(stdout)
  return result
}

const check = (principal: string, action: string, target: string, context: readonly string[] = [], store = 'data'): Promise<Answer> =>
  ask(store, 'check', '--principal', principal, '--action', action, '--target', target, ...context.flatMap((entry) => ['--context', entry]))

const whoCan = async (action: string, target: string): Promise<string[]> => {
  const { edges } = await ask<{
    readonly edges: readonly { readonly node: { readonly principal: { readonly id: string }; readonly via: string; readonly certainty: string } }[]
  }>('data', 'who-can', '--target', target, '--action', action, '--first', '500')
  return edges.map(({ node }) => `${node.principal.id} ${node.via} ${node.certainty}`).sort()
}

describe('an organisation of several accounts', () => {
  it('lets a role of another account in by the bucket policy and its own', async () => {
    expect((await check(roleArn('app', APP), 's3:GetObject', `${LEDGER}/2026.csv`)).effect).toBe('ALLOW')
    expect((await check(userArn('dev', APP), 's3:GetObject', `${LEDGER}/2026.csv`)).effect).toBe('DENY')
  })

  it('blocks by an SCP two levels up', async () => {
    const { effect, because } = await check(roleArn('app', APP), 's3:DeleteObject', `${LEDGER}/2026.csv`)
    expect(effect).toBe('DENY')
    expect(because).toMatchObject([{ layer: 'SCP', kind: 'EXPLICIT_DENY', statement: 'KeepObjects' }])
  })

  it('keeps outsiders out by the RCP of the root, though the bucket policy names them', async () => {
    const { effect, because } = await check(roleArn('auditor', OUTSIDE), 's3:GetObject', `${LEDGER}/2026.csv`)
    expect(effect).toBe('DENY')
    expect(because).toContainEqual(expect.objectContaining({ layer: 'RCP', kind: 'EXPLICIT_DENY', statement: 'OurOrganizationOnly' }))
  })

  it('is closed by a key policy that leaves nothing to the account, and opened by a grant on the key', async () => {
    const closed = await check(userArn('analyst', DATA), 'kms:Decrypt', VAULT_KEY)
    expect(closed).toMatchObject({ effect: 'DENY', because: [{ layer: 'RESOURCE', kind: 'MISSING_ALLOW' }] })
    expect((await check(roleArn('app', APP), 'kms:Decrypt', VAULT_KEY)).effect).toBe('ALLOW')
    expect((await check(roleArn('app', APP), 'kms:Encrypt', VAULT_KEY)).effect).toBe('DENY')
  })

  it('lists whoever reaches the bucket: the instance role, and users of Identity Center through the role of the assigned account alone', async () => {
    expect(await whoCan('s3:GetObject', `${LEDGER}/2026.csv`)).toEqual(
      [
        `${roleArn('app', APP)} DIRECT ALLOWED`,
        `${READERS_ROLE} DIRECT ALLOWED`,
        `${USERS.ada} FEDERATION ALLOWED`,
        `${userArn('analyst', DATA)} DIRECT ALLOWED`,
        `arn:aws:iam::${DATA}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Data_Readers_fedcba9876543210 DIRECT ALLOWED`,
        `arn:aws:iam::${DATA}:root DIRECT ALLOWED`,
        'ec2.amazonaws.com ROLE ALLOWED',
      ].sort(),
    )
  })

  it('shows what a user of Identity Center can do, and by which steps', async () => {
    const { edges } = await ask<{
      readonly edges: readonly {
        readonly node: {
          readonly actions: string[]
          readonly evidence: readonly { readonly relation: string; readonly entity: { readonly name: string } }[]
        }
      }[]
    }>('data', 'what-can', '--principal', 'ada@example.com')
    const reading = edges.find(({ node }) => node.actions.some((action) => action === 's3:GetObject'))
    expect(reading?.node.evidence.map(({ entity }) => entity.name)).toEqual(expect.arrayContaining(['Readers', 'Data_Readers']))
    const none = await ask<{ readonly totalCount: number }>('data', 'what-can', '--principal', USERS.bob)
    expect(none.totalCount).toBe(0)
  })

  it('applies an endpoint policy only to calls through the endpoint', async () => {
    const through = await check(roleArn('app', APP), 's3:GetObject', `${LEDGER}/2026.csv`, [`aws:SourceVpce=${ENDPOINT}`])
    expect(through).toMatchObject({ effect: 'DENY', because: [{ layer: 'ENDPOINT', kind: 'MISSING_ALLOW' }] })
    const byVpc = await check(roleArn('app', APP), 's3:GetObject', `${LEDGER}/2026.csv`, ['aws:SourceVpc=vpc-1'])
    expect(byVpc.effect).toBe('DENY')
    const elsewhere = await check(roleArn('app', APP), 's3:GetObject', `${LEDGER}/2026.csv`, ['aws:SourceVpce=vpce-00000000000000000'])
    expect(elsewhere.effect).toBe('CONDITIONAL')
  })

  it('tells whose credentials an instance carries, through its profile', async () => {
    const shown = await ask<{ readonly canAuthenticateAs: readonly { readonly id: string }[] }>('data', 'show', INSTANCE)
    expect(shown.canAuthenticateAs.map(({ id }) => id)).toEqual([roleArn('app', APP)])
  })

  it('says once what was not loaded', async () => {
    const withoutOrganization = Object.fromEntries(Object.entries(twoAccounts).filter(([path]) => !path.startsWith(MANAGEMENT)))
    await load('alone', withoutOrganization)
    const { effect, caveats } = await check(roleArn('app', APP), 's3:DeleteObject', `${LEDGER}/2026.csv`, [], 'alone')
    expect(effect).toBe('ALLOW')
    expect(caveats.filter(({ code }) => code === 'SCP_NOT_LOADED')).toHaveLength(1)
  }, 60_000)
})
