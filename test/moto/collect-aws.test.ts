import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { collectAws, type CollectAwsOptions, type CollectReport } from '../../src/sources/aws/collect.ts'
import { CALLS } from '../../src/sources/aws/collect/calls/index.ts'
import { filesOf, manifestOf, newFolder, stubCredentials } from '../sources/aws/collect/collecting.ts'
import { read } from '../sources/reading.ts'
import { MANAGEMENT, makeEstate, REGION, SECRET, type Estate } from './estate.ts'
import { motoObstacle, startMoto, type MotoServer } from './moto-server.ts'

const obstacle = motoObstacle()
if (obstacle !== undefined) console.warn(`The live collection from AWS is not tested against moto: ${obstacle}.`)

/** What moto 5.2.5 does not have, or has in part. It answers with a page of HTML. */
const NOT_IN_MOTO = /^Http(404|500)$|^NotAsked$|^NotImplemented/

/** moto answers an empty policy of the catalogue where AWS answers EntityNotFoundException, and permission sets have ARNs of another form. */
const UNLIKE_AWS = /^aws:(glue-catalog|sso)[/:]/

describe.skipIf(obstacle !== undefined)('collecting an organisation served by moto', () => {
  let moto: MotoServer
  let estate: Estate
  let out: string
  let report: CollectReport
  let files: Readonly<Record<string, string>>

  const collect = (folder: string, options: Partial<CollectAwsOptions> = {}): Promise<CollectReport> =>
    collectAws({ out: folder, endpoint: moto.endpoint, region: REGION, regions: [REGION], ...options })
  const json = (path: string): unknown => JSON.parse(files[path] ?? 'null')
  const under = (part: string): readonly string[] => Object.keys(files).filter((path) => path.includes(part))

  beforeAll(async () => {
    stubCredentials()
    moto = await startMoto()
    estate = await makeEstate(moto.endpoint)
    out = join(await mkdtemp(join(tmpdir(), 'permiscope-moto-')), 'bundle')
    report = await collect(out, { organization: true, role: 'audit', usage: true })
    files = await filesOf(out)
  }, 120_000)
  afterAll(async () => {
    await moto.stop()
    await rm(dirname(out), { recursive: true, force: true })
  })
  beforeEach(() => {
    stubCredentials()
    return () => vi.unstubAllEnvs()
  })

  test('reads both accounts, each with its own credentials', async () => {
    expect(report.accounts).toEqual([MANAGEMENT, estate.member])
    expect(json(`${estate.member}/global/sts/get-caller-identity.json`)).toMatchObject({ Account: estate.member })
    expect(json(`${estate.member}/${REGION}/sqs/list-queues.0001.json`)).toMatchObject({ QueueUrls: [expect.stringContaining('/orders')] })
    expect(json(`${MANAGEMENT}/${REGION}/sqs/list-queues.0001.json`)).toMatchObject({ QueueUrls: [expect.stringContaining('/jobs')] })
  })

  test('misses only what moto does not have', async () => {
    const { missing, complete } = await manifestOf(out)
    expect(missing.filter(({ code }) => !NOT_IN_MOTO.test(code))).toEqual([])
    expect(complete).toBe(true)
    expect(missing.length).toBeLessThan(60)
  })

  test('prints policy documents of IAM as objects and those of other services as text, as the CLI does', () => {
    expect(json(`${MANAGEMENT}/global/iam/get-account-authorization-details.0001.json`)).toMatchObject({
      Policies: expect.arrayContaining([
        expect.objectContaining({
          Arn: `arn:aws:iam::${MANAGEMENT}:policy/ReadBuckets`,
          PolicyVersionList: [expect.objectContaining({ Document: expect.objectContaining({ Version: '2012-10-17' }) })],
        }),
      ]),
    })
    expect(json(`${MANAGEMENT}/global/s3api/get-bucket-policy/shared.json`)).toEqual({ Policy: expect.stringContaining(estate.member) })
  })

  test('follows nested units, guardrails and Identity Center down to who is assigned what', () => {
    expect(under('list-organizational-units-for-parent/')).toHaveLength(3)
    expect(under(`list-accounts-for-parent/${estate.inner}`)).toHaveLength(1)
    expect(json(under(`list-accounts-for-parent/${estate.inner}`)[0] ?? '')).toMatchObject({ Accounts: [{ Id: estate.member }] })
    expect(
      under('describe-policy/')
        .map((path) => JSON.stringify(json(path)))
        .some((text) => text.includes('deny-SERVICE_CONTROL_POLICY')),
    ).toBe(true)
    expect(json(under('list-account-assignments/')[0] ?? '')).toMatchObject({
      AccountAssignments: [{ AccountId: MANAGEMENT, PrincipalType: 'GROUP' }],
    })
    expect(under('get-inline-policy-for-permission-set/')).toHaveLength(1)
    expect(json(under('list-group-memberships/')[0] ?? '')).toMatchObject({ GroupMemberships: [{ MemberId: { UserId: expect.any(String) } }] })
  })

  test('says what there is none of by the code of the CLI', async () => {
    const { absent } = await manifestOf(out)
    const said = absent.map(({ kind, subject, code }) => [kind, subject, code].filter((part) => part !== undefined).join(' '))
    expect(said).toContain('aws/s3api/get-bucket-policy plain NoSuchBucketPolicy')
    expect(said).toContain('aws/s3api/get-bucket-tagging plain NoSuchTagSet')
    expect(said).toContain('aws/iam/get-login-profile robot NoSuchEntity')
    expect(said).toContain('aws/iam/get-account-password-policy NoSuchEntity')
  })

  test('holds no secret', () => {
    expect(Object.entries(files).filter(([, text]) => text.includes(SECRET) || text.includes(Buffer.from(SECRET).toString('base64')))).toEqual([])
    expect(json(`${MANAGEMENT}/${REGION}/lambda/list-functions.0001.json`)).toMatchObject({
      Functions: [{ Environment: { Variables: { DB_PASSWORD: null } } }],
    })
  })

  test('is read back as facts', async () => {
    const facts = await read(out)
    const refused = facts.findings.filter(({ severity, coverage }) => severity === 'refused' && !UNLIKE_AWS.test(coverage ?? ''))
    expect(refused).toEqual([])
    const said = (id: string): readonly unknown[] => facts.entities.filter((entity) => entity.id === id)
    expect(said(MANAGEMENT)).toContainEqual(expect.objectContaining({ kind: 'AwsAccount', name: 'moto-estate' }))
    expect(facts.arrows).toContain(`arn:aws:iam::${MANAGEMENT}:user/people/ada MEMBER_OF arn:aws:iam::${MANAGEMENT}:group/readers`)
    expect(said(`arn:aws:sqs:${REGION}:${estate.member}:orders`)).not.toEqual([])
    const bucket = JSON.stringify(said('arn:aws:s3:::shared'))
    expect(bucket).toContain('s3:GetObject')
    expect(bucket).toContain('data=crown-jewel')
  })

  test('needs no permission that the tables do not name: a policy of just those is enough for moto', async () => {
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
    const iam = new IAMClient({ endpoint: moto.endpoint, region: REGION, credentials })
    await iam.send(new CreateUserCommand({ UserName: 'collector' }))
    const Action = [...new Set(CALLS.filter(({ service }) => service.cli === 'iam').flatMap(({ needs }) => needs))].filter(
      (action) => action !== 'iam:ListSAMLProviders',
    )
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }
    await iam.send(new PutUserPolicyCommand({ UserName: 'collector', PolicyName: 'collect', PolicyDocument: JSON.stringify(document) }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'collector' }))
    await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' })
    onTestFinished(async () => void (await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: 'Infinity' })))
    vi.stubEnv('AWS_ACCESS_KEY_ID', AccessKey?.AccessKeyId ?? '')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', AccessKey?.SecretAccessKey ?? '')
    const folder = await newFolder()
    await collect(folder, { services: ['iam', 'kms'] })
    const { missing } = await manifestOf(folder)
    const refused = missing.filter(({ code }) => code !== 'NotAsked').map(({ kind, code }) => `${kind} ${code}`)
    expect(refused.sort()).toEqual(['aws/iam/list-saml-providers AccessDenied', 'aws/kms/list-aliases Http403', 'aws/kms/list-keys Http403'])
  })
})
