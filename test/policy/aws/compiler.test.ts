import { describe, expect, it } from 'vitest'
import { actionKnowledge } from '../../../src/policy/aws/actions/index.ts'
import { actionMatches, createCompiler, statementApplies } from '../../../src/policy/aws/index.ts'
import { ACCOUNT, allow, deny, document, requestOf, ROLE, USER } from './ask.ts'

function has(bitmap: Uint32Array | undefined, action: string): boolean {
  const id = actionKnowledge.idOf(action)
  return (((bitmap?.[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1
}

describe('compiling', () => {
  it('makes one program of statements of equal content, whatever their policies and ids', () => {
    const compiler = createCompiler(actionKnowledge)
    const one = compiler.compile(document(allow({ Sid: 'A' })), 'one', 'IDENTITY')
    const two = compiler.compile(JSON.stringify(document(deny(), allow({ Sid: 'B' }))), 'two', 'IDENTITY')
    expect(two.statements[1]?.program).toBe(one.statements[0]?.program)
    expect(two.statements.map(({ index, sid }) => ({ index, sid }))).toEqual([
      { index: 0, sid: undefined },
      { index: 1, sid: 'B' },
    ])
    expect(compiler.programs.map(({ number, effect }) => ({ number, effect }))).toEqual([
      { number: 0, effect: 'Allow' },
      { number: 1, effect: 'Deny' },
    ])
  })

  it('keeps apart what version and type make different', () => {
    const compiler = createCompiler(actionKnowledge)
    const statement = allow({ Resource: 'arn:aws:s3:::logs/${aws:username}' })
    compiler.compile(document(statement), 'a', 'IDENTITY')
    compiler.compile({ ...document(statement), Version: '2008-10-17' }, 'b', 'IDENTITY')
    compiler.compile(document(statement), 'c', 'SCP')
    expect(compiler.programs).toHaveLength(3)
  })

  it('reads documents as IAM returns them, percent-encoded', () => {
    const compiled = createCompiler(actionKnowledge).compile(encodeURIComponent(JSON.stringify(document(allow()))), 'a', 'IDENTITY')
    expect({ unreadable: compiled.unreadable, faults: compiled.faults }).toEqual({ unreadable: false, faults: [] })
  })

  it.each(['{', '[]', 'null', 7, { Version: '2012-10-17' }])('of %j gives a policy that may allow and may deny', (broken) => {
    const compiled = createCompiler(actionKnowledge).compile(broken, 'a', 'IDENTITY')
    expect(compiled.unreadable).toBe(true)
    expect(compiled.faults[0]?.severity).toBe('unreadable')
    expect(compiled.statements.map(({ program }) => [program.effect, program.unreadable])).toEqual([
      ['Allow', true],
      ['Deny', true],
    ])
  })

  it('notes known actions as a bitmap, NotAction as all others', () => {
    const compiler = createCompiler(actionKnowledge)
    const [named, other] = compiler.compile(
      document(allow({ Action: 's3:Get*' }), { Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }),
      'a',
      'IDENTITY',
    ).statements
    expect(['s3:GetObject', 's3:PutObject'].map((action) => has(named?.program.actions, action))).toEqual([true, false])
    expect(['s3:GetObject', 's3:PutObject'].map((action) => has(other?.program.actions, action))).toEqual([false, true])
  })

  it('matches unknown actions by name, in any letter case', () => {
    const [statement] = createCompiler(actionKnowledge).compile(document(allow({ Action: 'novel:Get*' })), 'a', 'IDENTITY').statements
    expect(statement && ['novel:getthing', 'novel:PutThing'].map((action) => actionMatches(statement.program, action))).toEqual([true, false])
  })

  it.each([
    [false, allow()],
    [false, allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    [true, allow({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })],
    [true, allow({ Condition: { StringEquals: { 's3:prefix': '${aws:username}' } } })],
    [true, allow({ Resource: 'arn:aws:s3:::logs/${aws:username}' })],
    [false, allow({ Resource: 'arn:aws:s3:::logs/${aws:ResourceAccount}' })],
  ])('tells whether who asks matters: %s for %j', (depends, statement) => {
    const [compiled] = createCompiler(actionKnowledge).compile(document(statement), 'a', 'IDENTITY').statements
    expect(compiled?.program.dependsOnPrincipal).toBe(depends)
  })
})

describe('whether a statement applies', () => {
  it.each([
    ['TRUE', { Principal: { AWS: USER } }],
    ['FALSE', { Principal: { AWS: ROLE } }],
    ['TRUE', { Principal: { AWS: ACCOUNT } }],
    ['FALSE', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/*` } }],
    ['UNKNOWN', { Principal: { CanonicalUser: '79a5' } }],
    ['UNKNOWN', { Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
    ['FALSE', { Principal: '*', Action: 's3:PutObject' }],
    ['FALSE', {}],
  ])('is told in three values: %s for %j', (tri, changes) => {
    const [statement] = createCompiler(actionKnowledge).compile(document(allow(changes)), 'a', 'RESOURCE').statements
    expect(statement && statementApplies(statement.program, requestOf({}))).toBe(tri)
  })
})
