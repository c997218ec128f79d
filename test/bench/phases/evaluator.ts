import { actionKnowledge } from '../../../src/policy/aws/actions/index.ts'
import { createCompiler, decide } from '../../../src/policy/aws/index.ts'
import type { AwsPolicySet, AwsRequest, CompiledPolicy, ContextValue, PolicyType } from '../../../src/policy/aws/types.ts'
import { createRandom, type Random } from '../random.ts'
import { rate } from '../statistics.ts'
import { boundaryPolicy, permissionPolicy, resourcePolicy, serviceControlPolicies } from '../world/documents.ts'
import { serviceAt } from '../world/services.ts'
import type { AccountPlan } from '../world/tiers.ts'

/** Exact decisions a second on one core, policies compiled before. */
export interface EvaluatorFigures {
  /** One policy of one statement. */
  readonly simple: number
  /** Five policies. */
  readonly typical: number
  /** 120 statements, a boundary, three levels of SCPs, a resource policy. */
  readonly heavy: number
  /** Policies compiled a second, none seen before. */
  readonly compiled: number
}

const ACCOUNT: AccountPlan = { id: '111122223333', number: 0, users: 50, roles: 500, groups: 10, policies: 50, resources: 1000 }
const REQUESTS = 512
const SECONDS = 3

type Compile = (document: unknown, type: PolicyType) => CompiledPolicy

export function measureEvaluator(seed: string): EvaluatorFigures {
  const random = createRandom(`${seed}/evaluator`)
  const compile = freshCompile()
  const simple = compile(
    { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' } },
    'IDENTITY',
  )
  return {
    simple: decisions(random, () => ({ identity: [simple] })),
    typical: decisions(random, () => ({ identity: policies(random, compile, 5) })),
    heavy: decisions(random, (number) => heavyPolicies(random, compile, number)),
    compiled: compiledPerSecond(random),
  }
}

function freshCompile(): Compile {
  const compiler = createCompiler(actionKnowledge)
  let made = 0
  return (document, type) => compiler.compile(document, `arn:aws:iam::${ACCOUNT.id}:policy/bench-${made++}`, type)
}

const policies = (random: Random, compile: Compile, count: number): readonly CompiledPolicy[] =>
  Array.from({ length: count }, () => compile(permissionPolicy(random, ACCOUNT), 'IDENTITY'))

function heavyPolicies(random: Random, compile: Compile, number: number): AwsPolicySet {
  const identity: CompiledPolicy[] = []
  for (let statements = 0; statements < 120; statements += identity.at(-1)?.statements.length ?? 1) identity.push(...policies(random, compile, 1))
  const service = serviceAt(number)
  const full = compile(serviceControlPolicies.full, 'SCP')
  return {
    identity,
    boundary: [compile(boundaryPolicy(), 'BOUNDARY')],
    resource: compile(resourcePolicy(random, ACCOUNT, ACCOUNT, service, service.arn(ACCOUNT.id, number)), 'RESOURCE'),
    serviceControl: (['root', 'unit', 'account'] as const).map((level) => [full, compile(serviceControlPolicies[level], 'SCP')]),
  }
}

/** Requests differ in principal, action, resource and policies, so that nothing is decided twice in a row. */
function decisions(random: Random, policiesOf: (number: number) => AwsPolicySet): number {
  const requests = Array.from({ length: REQUESTS }, (_, number) => request(random, number, policiesOf(number)))
  return Math.round(rate(SECONDS, (turn) => decide(requests[turn % REQUESTS] ?? request(random, turn, { identity: [] }), actionKnowledge)))
}

function request(random: Random, number: number, given: AwsPolicySet): AwsRequest {
  const service = serviceAt(number)
  const name = random.pick(service.actions)
  const arn = service.arn(ACCOUNT.id, number)
  const entries = new Map<string, ContextValue>([['aws:principaltag/team', ['data']]])
  return {
    principal: `arn:aws:iam::${ACCOUNT.id}:role/app-${number}`,
    action: `${service.prefix}:${name}`,
    resource: { arn: service.prefix === 's3' && name.includes('Object') ? `${arn}/key` : arn, account: ACCOUNT.id },
    context: { entries, unknown: true },
    policies: given,
  }
}

function compiledPerSecond(random: Random): number {
  const documents = Array.from({ length: 4000 }, () => JSON.stringify(permissionPolicy(random, ACCOUNT)))
  const compile = freshCompile()
  const started = performance.now()
  for (const document of documents) compile(document, 'IDENTITY')
  return Math.round(documents.length / ((performance.now() - started) / 1000))
}
