import { describe, expect, test } from 'vitest'
import { whoCanReach } from '../../../../src/operations/who-can.ts'
import { estateAt } from '../../../support/estate.ts'
import { folderOf } from '../../reading.ts'
import { ACCOUNT, allowing, failed, pathOf } from './bundle.ts'

/** From what the CLI prints to answers: that facts of outputs are where the evaluator looks for them. */

const LEDGER = 'arn:aws:s3:::ledger'
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234`
const READER = `arn:aws:iam::${ACCOUNT}:role/reader`
const OWNER = '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a'
const OTHER = 'a9c8e7d6b5f4a3928170695847362514a9c8e7d6b5f4a3928170695847362514'

/** Who is let in, by `id CERTAINTY`. */
async function whoMay(outputs: Readonly<Record<string, object>>, target: string, action: string): Promise<readonly string[]> {
  const estate = await estateAt([
    await folderOf(
      Object.fromEntries(Object.entries(outputs).map(([path, output]) => [path.startsWith('../') ? path.slice(3) : pathOf(path), output])),
    ),
  ])
  const { edges } = whoCanReach(estate, { target, actions: [action], first: 50 })
  return edges.map(({ node: { principal, certainty } }) => `${principal.id} ${certainty}`).sort()
}

const blocks = (value: boolean): object => ({
  PublicAccessBlockConfiguration: { BlockPublicAcls: value, IgnorePublicAcls: value, BlockPublicPolicy: value, RestrictPublicBuckets: value },
})
const open = {
  'global/s3api/list-buckets': { Buckets: [{ Name: 'ledger' }], Owner: { ID: OWNER } },
  'global/s3api/get-bucket-policy/ledger': { Policy: JSON.stringify(allowing('*', 's3:GetObject', `${LEDGER}/*`)) },
  'global/s3api/get-public-access-block/ledger': blocks(false),
  'global/s3control/get-public-access-block': failed('NoSuchPublicAccessBlockConfiguration'),
}
const readable = {
  'global/s3api/list-buckets': open['global/s3api/list-buckets'],
  'global/s3api/get-bucket-ownership-controls/ledger': failed('OwnershipControlsNotFoundError'),
  'global/s3api/get-bucket-acl/ledger': {
    Owner: { ID: OWNER },
    Grants: [
      { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
      { Grantee: { Type: 'CanonicalUser', ID: OTHER }, Permission: 'READ' },
    ],
  },
}

describe('objects of a public bucket', () => {
  const objects = `${LEDGER}/x`

  test('are open to everyone', async () => {
    expect(await whoMay(open, objects, 's3:GetObject')).toContain('* ALLOWED')
  })

  test.each(['global/s3api/get-public-access-block/ledger', 'global/s3control/get-public-access-block'])('are not where %s blocks', async (block) => {
    expect(await whoMay({ ...open, [block]: blocks(true) }, objects, 's3:GetObject')).not.toContain('* ALLOWED')
  })
})

describe('a bucket with an access control list', () => {
  test('is listed by whoever the list names', async () => {
    const may = await whoMay(readable, LEDGER, 's3:ListBucket')
    expect(may).toContain('* ALLOWED')
  })

  test('is not where its owner switched lists off', async () => {
    const enforced = { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }
    const may = await whoMay({ ...readable, 'global/s3api/get-bucket-ownership-controls/ledger': enforced }, LEDGER, 's3:ListBucket')
    expect(may.filter((line) => !line.includes(':root'))).toEqual([])
  })

  test('is not open to the public where that is ignored', async () => {
    const may = await whoMay({ ...readable, 'global/s3api/get-public-access-block/ledger': blocks(true) }, LEDGER, 's3:ListBucket')
    expect(may).not.toContain('* ALLOWED')
  })

  test('is open to the account whose id it names, where that account says which it is', async () => {
    const partner = '444455556666/global/s3api/list-buckets.json'
    const may = await whoMay({ ...readable, [`../${partner}`]: { Buckets: [], Owner: { ID: OTHER } } }, LEDGER, 's3:ListBucket')
    expect(may).toContain('arn:aws:iam::444455556666:root ALLOWED')
  })
})

describe('a key', () => {
  test('decrypts for whom a grant names', async () => {
    const outputs = {
      'kms/list-keys': { Keys: [{ KeyArn: KEY }] },
      'kms/get-key-policy/1234': { Policy: JSON.stringify(allowing({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, 'kms:DescribeKey', '*')) },
    }
    const grants = { Grants: [{ KeyId: KEY, GrantId: 'g', GranteePrincipal: READER, Operations: ['Decrypt'] }] }
    expect(await whoMay(outputs, KEY, 'kms:Decrypt')).toEqual([])
    expect(await whoMay({ ...outputs, 'kms/list-grants/1234': grants }, KEY, 'kms:Decrypt')).toContain(`${READER} CONDITIONAL`)
  })
})
