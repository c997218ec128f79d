import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { EntityFact } from '../../src/domain/facts.ts'
import { openStore } from '../../src/graph/index.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { ingest } from '../../src/operations/ingest.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { folderOf } from '../sources/reading.ts'
import { ACCOUNT, accountExport, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

/** What IAM tells beside policies must not be taken for all that it tells. */

const report = `user,arn,user_creation_time,password_enabled\nada,${userArn('ada')},2024-01-01T00:00:00+00:00,true\n`
const object = 'arn:aws:s3:::data/a'
/** Of another account, so that the user's own policies must let it in too. */
const bucket = {
  Resource: 'arn:aws:s3:::data',
  Account: '444455556666',
  Policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' }],
  },
}
const question = { principal: userArn('ada'), action: 's3:GetObject', target: object }

describe('a user of whom only credentials were loaded', () => {
  test('may hold any policy: no access is not certain, and access is listed', async () => {
    const estate = await estateOf({ 'report.csv': report, 'bucket.json': bucket })
    const decision = checkAccess(estate, question)
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.conditions.join()).toContain(`identity policies of ${userArn('ada')}`)
    expect(decision.caveats.map(({ code }) => code)).toContain('IAM_NOT_LOADED')
    const rows = whoCanReach(estate, { target: object, actions: ['s3:GetObject'] }).edges.map(({ node }) => [node.principal.id, node.certainty])
    expect(rows).toContainEqual([userArn('ada'), 'CONDITIONAL'])
  })

  test('holds what IAM says once that is loaded, and nothing else', async () => {
    const without = accountExport({ users: { ada: {} } })
    const estate = await estateOf({ 'report.csv': report, 'bucket.json': bucket, 'iam.json': without })
    expect(checkAccess(estate, question).effect).toBe('DENY')
    const allowed = accountExport({ users: { ada: { policies: { read: [{ actions: 's3:GetObject' }] } } } })
    const other = await estateOf({ 'report.csv': report, 'bucket.json': bucket, 'iam.json': allowed })
    expect(checkAccess(other, question).effect).toBe('ALLOW')
  })
})

test('a group of which only last uses were loaded may give anything', async () => {
  const group = `arn:aws:iam::${ACCOUNT}:group/lost`
  const details = { JobStatus: 'COMPLETED', JobType: 'SERVICE_LEVEL', ServicesLastAccessed: [{ ServiceName: 'Amazon S3', ServiceNamespace: 's3' }] }
  const iam = accountExport({ users: { ada: { groups: ['lost'] } } })
  const estate = await estateOf({ 'iam.json': iam, 'used.json': { Arn: group, Details: details } })
  expect(checkAccess(estate, question).effect).toBe('CONDITIONAL')
})

test('credentials that are ingested later add to the users that are there, and take no policy away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'permiscope-extras-'))
  const store = await openStore({ data: join(folder, 'data') })
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const iam = accountExport({ users: { ada: { policies: { read: [{ actions: 's3:GetObject' }] } }, bob: {} } })
  await ingest(store, [await folderOf({ 'iam.json': iam })])
  const { findings } = await ingest(store, [await folderOf({ 'report.csv': report })])
  expect(findings).toEqual([])
  const entities = new Map<string, EntityFact>()
  const held: string[] = []
  for await (const fact of store.read((await store.current()) ?? '')) {
    if (fact.record === 'entity') entities.set(fact.id, fact)
    else if (fact.kind === 'HOLDS') held.push(`${fact.from.id} HOLDS ${fact.to.id}`)
  }
  expect(entities.get(userArn('ada'))).toMatchObject({ kind: 'AwsUser', name: 'ada', properties: { passwordEnabled: true } })
  expect(entities.get(userArn('ada'))?.coverage.toSorted()).toEqual([`aws:iam-credentials:${ACCOUNT}`, `aws:iam:${ACCOUNT}`])
  expect(entities.has(userArn('bob'))).toBe(true)
  expect(held).toEqual([`${userArn('ada')} HOLDS ${userArn('ada')}->${userArn('ada')}#read`])
})
