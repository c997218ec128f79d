import { expect, it } from 'vitest'
import { coverageText } from '../../src/cli/views/coverage.ts'

it('spells out few coverages, and counts many by account', () => {
  expect(coverageText(['aws:iam:1', 'aws:s3:1'])).toBe('aws:iam:1 aws:s3:1')
  const many = ['aws:iam:1', 'aws:s3:1', 'aws:ec2/eu-west-1:1', 'aws:iam:2', 'aws:organizations:o-1']
  expect(coverageText(many)).toBe('1 (3 parts) 2 (aws:iam) o-1 (aws:organizations)')
  expect(coverageText(['1', '2', '3', '4', '5', '6'].map((account) => `aws:iam:${account}`))).toMatch(/^1 \(aws:iam\) .* and 2 more$/)
})
