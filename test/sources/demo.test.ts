import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { read } from './reading.ts'

const demo = fileURLToPath(new URL('../../demo', import.meta.url))

test('the demo estate loads without a finding: two accounts, complete, within one organisation, and a tenant', async () => {
  const facts = await read(demo)
  expect(facts.findings).toEqual([])
  expect(facts.coverages.filter(({ complete }) => !complete)).toEqual([])
  expect(facts.coverages.filter(({ provider }) => provider !== 'aws').length).toBeGreaterThan(20)
  expect(facts.coverages.flatMap(({ id, provider, complete }) => (provider === 'aws' ? [`${id} ${complete}`] : [])).sort()).toEqual([
    'aws:ec2/eu-west-1:210987654321 true',
    'aws:iam:210987654321 true',
    'aws:iam:345678901234 true',
    'aws:identitystore:109876543210 true',
    'aws:kms/eu-west-1:210987654321 true',
    'aws:lambda/eu-west-1:210987654321 true',
    'aws:organizations:o-fh7k2m9q4x true',
    'aws:resource-policies:210987654321 true',
    'aws:resource-policies:345678901234 true',
    'aws:s3:210987654321 true',
    'aws:s3control:210987654321 true',
    'aws:sso:109876543210 true',
  ])
  expect(
    facts.entities
      .filter(({ kind, name, id }) => kind === 'AwsAccount' && name !== id)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Fernhill Management', 'fernhill-production', 'fernhill-tooling'])
})

test('every principal that the demo names within its own accounts exists', async () => {
  const { entities } = await read(demo)
  const unstated = entities.filter(({ coverage, scope }) => coverage.length === 0 && (scope === '210987654321' || scope === '345678901234'))
  expect(unstated.map(({ id }) => id)).toEqual([])
})
