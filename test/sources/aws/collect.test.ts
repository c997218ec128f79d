import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AttachGroupPolicyCommand,
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { collectAws } from '../../../src/sources/aws/collect.ts'
import { motoObstacle, startMoto, type MotoServer } from '../../moto/moto-server.ts'
import { read } from '../reading.ts'

const ACCOUNT = '123456789012'
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const allow = (action: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

const obstacle = motoObstacle()
if (obstacle !== undefined) console.warn(`The live collection from AWS is not tested against moto: ${obstacle}.`)

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing')
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  return () => vi.unstubAllEnvs()
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'permiscope-collect-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'bundle')
}

const json = async (...path: string[]): Promise<unknown> => JSON.parse(await readFile(join(...path), 'utf8'))

describe.skipIf(obstacle !== undefined)('collecting from an account served by moto', () => {
  let moto: MotoServer
  let restricted: { readonly id: string; readonly secret: string }

  beforeAll(async () => {
    moto = await startMoto()
    const iam = new IAMClient({ endpoint: moto.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } })
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'moto-estate' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'readers' }))
    const policy = await iam.send(new CreatePolicyCommand({ PolicyName: 'ReadBuckets', PolicyDocument: allow('s3:Get*') }))
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'readers', PolicyArn: policy.Policy?.Arn ?? '' }))
    await iam.send(new CreateUserCommand({ UserName: 'ada', Path: '/people/', Tags: [{ Key: 'team', Value: 'engines' }] }))
    await iam.send(new AddUserToGroupCommand({ GroupName: 'readers', UserName: 'ada' }))
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trust }))
    await iam.send(new CreateUserCommand({ UserName: 'collector' }))
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'collector', PolicyName: 'collect', PolicyDocument: allow('iam:GetAccountAuthorizationDetails') }),
    )
    const key = await iam.send(new CreateAccessKeyCommand({ UserName: 'collector' }))
    restricted = { id: key.AccessKey?.AccessKeyId ?? '', secret: key.AccessKey?.SecretAccessKey ?? '' }
  })
  afterAll(() => moto.stop())

  test('the bundle is read back as the facts of the account, named by its alias', async () => {
    const out = await newFolder()
    const report = await collectAws({ out, endpoint: moto.endpoint })
    expect(report).toMatchObject({ account: ACCOUNT, missing: [] })

    const facts = await read(out)
    expect(facts.findings).toEqual([])
    expect(facts.entity(ACCOUNT)).toMatchObject({ kind: 'AwsAccount', name: 'moto-estate', properties: { aliases: ['moto-estate'] } })
    expect(facts.entity(`arn:aws:iam::${ACCOUNT}:user/people/ada`)?.properties).toMatchObject({ path: '/people/', tags: ['team=engines'] })
    expect(facts.arrows).toContain(`arn:aws:iam::${ACCOUNT}:user/people/ada MEMBER_OF arn:aws:iam::${ACCOUNT}:group/readers`)
    expect(JSON.parse(facts.entity(`arn:aws:iam::${ACCOUNT}:policy/ReadBuckets`)?.document ?? '')).toEqual(JSON.parse(allow('s3:Get*')))
    expect(JSON.parse(facts.entity(`arn:aws:iam::${ACCOUNT}:role/worker`)?.document ?? '')).toEqual(JSON.parse(trust))
  })

  test('the coverage is as of the collection, and the manifest says who collected', async () => {
    const out = await newFolder()
    const before = new Date().toISOString()
    await collectAws({ out, endpoint: moto.endpoint })
    const [coverage] = (await read(out)).coverages
    expect(coverage).toMatchObject({ id: `aws:iam:${ACCOUNT}`, complete: true })
    expect((coverage?.asOf ?? '') >= before).toBe(true)
    expect(await json(out, 'permiscope-manifest.json')).toMatchObject({
      permiscopeManifest: 1,
      account: ACCOUNT,
      takenBy: expect.stringMatching(/^arn:aws:/),
      missing: [],
    })
  })

  test('documents are printed as objects, and only the owner can read the folder', async () => {
    const out = await newFolder()
    await collectAws({ out, endpoint: moto.endpoint })
    expect(await json(out, 'account-authorization-details-0001.json')).toMatchObject({
      RoleDetailList: [{ RoleName: 'worker', AssumeRolePolicyDocument: JSON.parse(trust) }],
    })
    expect((await stat(out)).mode & 0o777).toBe(0o700)
    expect((await stat(join(out, 'caller-identity.json'))).mode & 0o777).toBe(0o600)
  })

  test('a second collection replaces the first, but a folder of somebody else is left alone', async () => {
    const out = await newFolder()
    await collectAws({ out, endpoint: moto.endpoint })
    await writeFile(join(out, 'account-authorization-details-0002.json'), '{}')
    await expect(collectAws({ out, endpoint: moto.endpoint })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await rm(join(out, 'account-authorization-details-0002.json'))
    expect((await collectAws({ out, endpoint: moto.endpoint })).missing).toEqual([])
  })

  test('a call that is denied is named in the manifest and the rest is collected', async () => {
    const out = await newFolder()
    await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' })
    onTestFinished(async () => void (await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: 'Infinity' })))
    vi.stubEnv('AWS_ACCESS_KEY_ID', restricted.id)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', restricted.secret)
    const report = await collectAws({ out, endpoint: moto.endpoint })
    expect(report.missing).toEqual([{ what: 'aws/account-aliases', reason: expect.stringMatching(/^AccessDenied/) }])
    expect(report.files).toContain('account-authorization-details-0001.json')
    const { findings, coverages } = await read(out)
    expect(findings.map(({ code, place }) => `${code} ${place}`)).toEqual(['EXPORT_TRUNCATED missing[0]'])
    expect(coverages).toMatchObject([{ id: `aws:iam:${ACCOUNT}`, complete: true }])
  })
})

/** Answers IAM's calls from a list of pages; what isn't in it is an error. */
function serve(
  pages: readonly (string | undefined)[],
): Promise<{ readonly endpoint: string; readonly server: Server; readonly markers: readonly (string | null)[] }> {
  const markers: (string | null)[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const parameters = new URLSearchParams(body)
      const isDetails = parameters.get('Action') === 'GetAccountAuthorizationDetails'
      const page = isDetails ? pages[markers.push(parameters.get('Marker')) - 1] : undefined
      response.writeHead(page === undefined ? 403 : 200, { 'content-type': 'text/xml' })
      response.end(page ?? '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>')
    })
  })
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, server, markers })
    }),
  )
}

const page = (user: string, next?: string): string => `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>
  <IsTruncated>${next !== undefined}</IsTruncated>${next === undefined ? '' : `<Marker>${next}</Marker>`}
  <UserDetailList><member><Path>/</Path><UserName>${user}</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::${ACCOUNT}:user/${user}</Arn>
  <CreateDate>2024-01-01T00:00:00Z</CreateDate></member></UserDetailList><GroupDetailList/><RoleDetailList/><Policies/>
  </GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`

describe('collecting page by page', () => {
  test('each page follows from the marker of the one before, and all are read as one export', async () => {
    const { endpoint, server, markers } = await serve([page('one', 'next/1'), page('two', 'next/2'), page('three')])
    onTestFinished(() => void server.close())
    const out = await newFolder()
    await collectAws({ out, endpoint, region: 'eu-west-1' })
    expect(markers).toEqual([null, 'next/1', 'next/2'])
    const { coverages, entities } = await read(out)
    expect(entities.filter(({ kind }) => kind === 'AwsUser').map(({ name }) => name)).toEqual(['one', 'two', 'three'])
    expect(coverages).toMatchObject([{ id: `aws:iam:${ACCOUNT}`, complete: true }])
  })

  test('what came before a page that fails is kept, and the coverage is not complete', async () => {
    const { endpoint, server } = await serve([page('one', 'next/1')])
    onTestFinished(() => void server.close())
    const out = await newFolder()
    const report = await collectAws({ out, endpoint, region: 'eu-west-1' })
    expect(report.missing.map(({ what }) => what)).toContain('aws/account-authorization-details')
    const { coverages, entities } = await read(out)
    expect(entities.filter(({ kind }) => kind === 'AwsUser')).toHaveLength(1)
    expect(coverages).toMatchObject([{ complete: false }])
  })

  test('where every call fails the collection fails', async () => {
    const { endpoint, server } = await serve([])
    onTestFinished(() => void server.close())
    await expect(collectAws({ out: await newFolder(), endpoint, region: 'eu-west-1' })).rejects.toMatchObject({ code: 'COLLECT_FAILED' })
  })

  test('a collection to which nobody answers leaves the former bundle as it is', async () => {
    const { endpoint, server } = await serve([page('one')])
    const out = await newFolder()
    await collectAws({ out, endpoint, region: 'eu-west-1' })
    await new Promise((resolve) => server.close(resolve))
    await expect(collectAws({ out, endpoint, region: 'eu-west-1' })).rejects.toMatchObject({ code: 'COLLECT_FAILED' })
    expect((await read(out)).coverages).toMatchObject([{ complete: true }])
  })

  test('a folder that is a file is refused before anything is asked', async () => {
    const { endpoint, server, markers } = await serve([page('one')])
    onTestFinished(() => void server.close())
    const out = await newFolder()
    await writeFile(out, 'mine')
    await expect(collectAws({ out, endpoint, region: 'eu-west-1' })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await expect(collectAws({ out: `${out}/below`, endpoint, region: 'eu-west-1' })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(markers.length).toBeLessThan(2)
    expect(await readFile(out, 'utf8')).toBe('mine')
  })

  test('a collection that is aborted says so in its manifest', async () => {
    const { endpoint, server } = await serve([page('one', 'next/1'), page('two')])
    onTestFinished(() => void server.close())
    const out = await newFolder()
    const abort = new AbortController()
    const collecting = collectAws({ out, endpoint, region: 'eu-west-1', signal: abort.signal, onProgress: () => abort.abort() })
    await expect(collecting).rejects.toMatchObject({ name: 'AbortError' })
    const { findings } = await read(out)
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toContainEqual(expect.stringMatching(/^EXPORT_TRUNCATED.*did not finish/))
  })
})
