import { array, assert, constantFrom, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, compiler, document, type Statement } from './ask.ts'

/** Enough policies for an index. */
const FILLERS: readonly Statement[] = Array.from({ length: 8 }, (_, number) => ({
  Effect: 'Allow',
  Action: 'sns:Publish',
  Resource: `arn:aws:sns:*:*:t${number}`,
}))

const statements = record({
  Effect: constantFrom('Allow', 'Allow', 'Deny'),
  Action: constantFrom<string | readonly string[]>(
    's3:GetObject',
    'S3:Get*',
    '*',
    's*:Get*',
    ['sqs:*', 's3:Put*'],
    'sqs:SendMessage',
    'new:Thing',
    'n?w:*',
  ),
  Resource: constantFrom('*', 'arn:aws:s3:::logs/*', 'arn:aws:sqs:*:*:jobs'),
}).chain((statement) => constantFrom<Statement>(statement, { Effect: statement.Effect, NotAction: statement.Action, Resource: statement.Resource }))

const asked = constantFrom(
  { action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::logs/a' },
  { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs' },
  { action: 'new:Thing', resource: 'arn:aws:new:::x' },
)

describe('many policies', () => {
  it('decide as one policy of all their statements does, for the same reasons', () => {
    const one = (list: readonly Statement[]) => [compiler.compile(document(...list), 'p', 'IDENTITY')]
    const each = (list: readonly Statement[]) => list.map((statement, place) => compiler.compile(document(statement), `p${place}`, 'IDENTITY'))
    assert(
      property(array(statements, { minLength: 1, maxLength: 6 }), asked, (list, question) => {
        const all = [...FILLERS.slice(0, 4), ...list, ...FILLERS.slice(4)]
        const [together, apart] = [one(all), each(all)].map((identity) => ask({ ...question, unknown: false, policies: { identity } }))
        expect(apart?.effect).toBe(together?.effect)
        const places = together?.because.map(({ statement }) => statement)
        expect(apart?.because.map(({ policy }) => policy?.replace(/^p(\d+)$/, 'Statement[$1]'))).toEqual(places)
      }),
    )
  })

  it('bring their faults along', () => {
    const odd = compiler.compile({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', Odd: 1 } }, 'odd', 'IDENTITY')
    const identity = [...FILLERS.map((filler) => compiler.compile(document(filler), 'filler', 'IDENTITY')), odd]
    expect(ask({ policies: { identity } }).faults).toEqual(ask({ policies: { identity: [odd] } }).faults)
    expect(ask({ policies: { identity } }).faults).not.toEqual([])
  })
})

describe('more parts than can be looked at', () => {
  it('leave the whole uncertain', () => {
    const number = (length: number) => Array.from({ length }, (_, place) => `arn:aws:s3:::b${place}/x`)
    const identity = [compiler.compile(document({ Effect: 'Allow', Action: 's3:GetObject', Resource: number(1100) }), 'many', 'IDENTITY')]
    const boundary = [compiler.compile(document({ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b1099/x' }), 'last', 'BOUNDARY')]
    expect(ask({ resource: 'arn:aws:s3:::b*', policies: { identity, boundary } }).effect).toBe('CONDITIONAL')
  })
})
