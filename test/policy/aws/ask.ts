import { actionKnowledge } from '../../../src/policy/aws/actions/index.ts'
import { createCompiler, decide, type AwsDecision, type AwsRequest, type ContextValue, type PolicyType } from '../../../src/policy/aws/index.ts'

/** Requests in few words. */

export const ACCOUNT = '111122223333'
export const USER = `arn:aws:iam::${ACCOUNT}:user/alice`
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/one`

export type Statement = Readonly<Record<string, unknown>>
export const compiler = createCompiler(actionKnowledge)

export function document(...statements: readonly Statement[]): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: statements }
}

export function compile(type: PolicyType, ...statements: readonly Statement[]) {
  return compiler.compile(document(...statements), type.toLowerCase(), type)
}

export function allow(changes: Statement = {}): Statement {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...changes }
}

export function deny(changes: Statement = {}): Statement {
  return { ...allow(changes), Effect: 'Deny' }
}

export interface Ask {
  readonly principal?: string
  readonly action?: string
  readonly resource?: string
  readonly account?: string
  readonly context?: Readonly<Record<string, ContextValue>>
  readonly unknown?: boolean | readonly string[]
  readonly policies?: Partial<AwsRequest['policies']>
}

export function requestOf({ principal = USER, action = 's3:GetObject', resource = 'arn:aws:s3:::logs/app.txt', ...rest }: Ask): AwsRequest {
  const entries = new Map(Object.entries(rest.context ?? {}).map(([key, value]) => [key.toLowerCase(), value]))
  return {
    principal,
    action,
    resource: { arn: resource, account: rest.account ?? ACCOUNT },
    context: { entries, unknown: rest.unknown ?? true },
    policies: { identity: [], ...rest.policies },
  }
}

export function ask(asked: Ask): AwsDecision {
  return decide(requestOf(asked), actionKnowledge)
}

/** The decision where only the principal's own policies speak. */
export function askIdentity(statements: readonly Statement[], asked: Ask = {}): AwsDecision {
  return ask({ ...asked, policies: { ...asked.policies, identity: [compile('IDENTITY', ...statements)] } })
}
