import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { actionKnowledge } from '../../../src/policy/aws/actions/index.ts'
import { createCompiler, validatePolicy, type PolicyType } from '../../../src/policy/aws/index.ts'
import { allow, deny, document } from './ask.ts'

const CASES = '../shared/data/aws/policy-grammar-cases.json'
interface Cases {
  readonly invalid: readonly { readonly document: unknown; readonly error_message: string }[]
  readonly valid: readonly unknown[]
}

function readCases(): Cases {
  const cases: Cases = JSON.parse(readFileSync(CASES, 'utf8'))
  return cases
}

describe.skipIf(!existsSync(CASES))('documents that AWS was asked to save', () => {
  it('and rejected are each reported with a place and a reason', () => {
    const { invalid } = readCases()
    expect(invalid).toHaveLength(78)
    for (const { document: rejected } of invalid) {
      const faults = validatePolicy(rejected, 'IDENTITY')
      expect({ rejected, faults: faults.length }).not.toEqual({ rejected, faults: 0 })
      for (const fault of faults) expect(fault.message).not.toBe('')
    }
  })

  it('and accepted have no fault', () => {
    const { valid } = readCases()
    expect(valid).toHaveLength(54)
    for (const accepted of valid) expect({ accepted, faults: validatePolicy(accepted, 'IDENTITY') }).toEqual({ accepted, faults: [] })
  })

  it('are unreadable exactly where the compiler can not read them', () => {
    const { invalid, valid } = readCases()
    const compiler = createCompiler(actionKnowledge)
    for (const each of [...invalid.map((one) => one.document), ...valid]) {
      const { faults, statements } = compiler.compile(each, 'case', 'IDENTITY')
      const isReported = faults.some((fault) => fault.severity === 'unreadable')
      expect({ each, isReported: statements.some(({ program }) => program.unreadable) }).toEqual({ each, isReported })
    }
  })
})

function faultsIn(statement: Readonly<Record<string, unknown>>, type: PolicyType): readonly string[] {
  return validatePolicy(document(statement), type).map((fault) => `${fault.severity} ${fault.place}`)
}

describe('the grammar', () => {
  it.each([
    ['RESOURCE', allow(), ['rejected Statement[0].Principal']],
    ['RESOURCE', allow({ Principal: '*' }), []],
    ['RESOURCE', { Effect: 'Allow', Principal: '*', Action: 'sns:Publish' }, []],
    ['RESOURCE', allow({ NotPrincipal: { AWS: '111122223333' } }), ['rejected Statement[0].NotPrincipal']],
    ['RESOURCE', deny({ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }), ['rejected Statement[0].Principal.AWS']],
    ['RESOURCE', deny({ Principal: { Robot: 'x' } }), ['unreadable Statement[0].Principal']],
    ['IDENTITY', allow({ Principal: '*' }), ['rejected Statement[0].Principal']],
    ['TRUST', { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }, []],
    ['TRUST', allow({ Principal: '*' }), ['rejected Statement[0].Resource']],
    ['RCP', allow({ Principal: '*' }), []],
    ['RCP', deny({ Principal: '*', Action: 's3:*' }), []],
    ['RCP', deny({ Principal: { AWS: '*' } }), ['rejected Statement[0].Principal', 'rejected Statement[0].Action']],
    ['SCP', { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }, []],
    ['IDENTITY', { Effect: 'Allow', Action: 'iam:PassRole' }, ['unreadable Statement[0].Resource']],
  ] as const)('of type %s finds in %j: %j', (type, statement, expected) => expect(faultsIn(statement, type)).toEqual(expected))

  it('asks for the current version where variables depend on it', () => {
    const old = { ...document(allow({ Principal: '*' })), Version: '2008-10-17' }
    expect(validatePolicy(old, 'RESOURCE')).toEqual([])
    expect(validatePolicy({ ...document(allow()), Version: '2008-10-17' }, 'IDENTITY')).toMatchObject([{ place: 'Version', severity: 'rejected' }])
  })
})
