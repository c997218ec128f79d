import { array, assert, constantFrom, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AwsDecision } from '../../../src/policy/aws/index.ts'
import { covers } from '../../../src/policy/aws/patterns/overlap.ts'
import { allow, askIdentity, deny } from './ask.ts'

const RESOURCES = [
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/x*',
  'arn:aws:s3:::b/*y',
  'arn:aws:s3:::b/x/*',
  'arn:aws:s3:::b/xy',
  'arn:aws:s3:::c*',
  'arn:aws:s3:::b*',
]
const ACTIONS = ['*', 's3:*', 's3:Get*', 's3:*Object', 's3:GetObject', 's3:DeleteObject*', 's3:GetObjectT*']
const QUESTIONS = ['arn:aws:s3:::b/*', 'arn:aws:s3:::*/*', 'arn:aws:s3:::b/x*', 'arn:aws:s3:::?/x?']
const CONCRETE = ['x', 'y', 'xy', 'xzy', 'x/y', 'x/', 'a/b', 'yx'].flatMap((key) => [`arn:aws:s3:::b/${key}`, `arn:aws:s3:::c/${key}`])
const CONCRETE_ACTIONS = ['s3:GetObject', 's3:GetObjectTagging', 's3:DeleteObject', 's3:DeleteObjectTagging', 's3:PutObject']

const statement = tuple(
  constantFrom(allow, allow, deny),
  constantFrom(...ACTIONS),
  constantFrom(...RESOURCES),
  constantFrom('Resource', 'Resource', 'NotResource'),
).map(([effect, action, resource, element]) => {
  const { Resource: _, ...rest } = effect({ Action: action })
  return { ...rest, [element]: resource }
})

/** What the answer says of one action on one resource: the most specific part decides; what no part covers is denied. */
function said({ effect, parts }: AwsDecision, action: string, resource: string): string {
  if (parts === undefined) return effect
  const matching = parts.filter((part) => covers(part.resource, resource) && covers(part.action.toLowerCase(), action.toLowerCase()))
  const most = matching.filter(
    (part) =>
      !matching.some(
        (other) => other !== part && covers(part.resource, other.resource) && covers(part.action.toLowerCase(), other.action.toLowerCase()),
      ),
  )
  const effects = new Set(most.map((part) => part.effect))
  return effects.size === 0 ? 'DENY' : [...effects].join(' and ')
}

describe('the parts of an answer', () => {
  it('say of every action and resource what a question about it alone is answered', () => {
    const agree = property(
      array(statement, { minLength: 1, maxLength: 4 }),
      constantFrom(...QUESTIONS),
      constantFrom(...ACTIONS.slice(1)),
      (statements, resource, action) => {
        const answer = askIdentity(statements, { action, resource })
        for (const one of CONCRETE.filter((each) => covers(resource, each))) {
          for (const each of CONCRETE_ACTIONS.filter((name) => covers(action.toLowerCase(), name.toLowerCase()))) {
            const alone = askIdentity(statements, { action: each, resource: one }).effect
            expect({ each, one, effect: said(answer, each, one), answer }).toEqual({ each, one, effect: alone, answer })
          }
        }
      },
    )
    assert(agree, { numRuns: 200 })
  })
})
