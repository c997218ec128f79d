import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { Connection, Entity, PageRequest } from '../../src/operations/answers.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, type AccountSpec, type Allow, accountExport, type PrincipalSpec, roleArn, trusts, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

/**
 * design.md §6.1: whoCanReach, effectivePermissions and checkAccess say the same about every (principal, action, target) of generated worlds.
 * The evaluator itself is held to the reference evaluator elsewhere; here the sets are held to it.
 */

const OTHER = '444455556666'
const QUESTIONS = [
  ['s3:GetObject', 'arn:aws:s3:::ours/a.txt'],
  ['s3:PutObject', 'arn:aws:s3:::ours/a.txt'],
  ['s3:GetObject', 'arn:aws:s3:::theirs/a.txt'],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`],
  ['sts:AssumeRole', roleArn('r0')],
] as const

const allow: fc.Arbitrary<Allow> = fc.record(
  {
    actions: fc.constantFrom('s3:*', 's3:GetObject', 's3:Put*', '*', 'sqs:SendMessage', 'sts:AssumeRole', 'sts:*'),
    on: fc.constantFrom('*', 'arn:aws:s3:::ours/*', 'arn:aws:s3:::*', `arn:aws:iam::${ACCOUNT}:role/r0`, 'arn:aws:s3:::ours/${aws:username}*'),
    if: fc.constantFrom(
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
      { StringNotEquals: { 'aws:PrincipalAccount': OTHER } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    ),
    effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Allow' as const, 'Deny' as const),
  },
  { requiredKeys: ['actions'] },
)
const policies = fc.dictionary(fc.constantFrom('p', 'q'), fc.array(allow, { minLength: 1, maxLength: 2 }), { maxKeys: 2 })
const tags = fc.constantFrom({}, { team: 'red' }, { team: 'blue' })
const boundary = fc.constantFrom(undefined, undefined, 'limit')
const account = fc.constantFrom(ACCOUNT, OTHER)
const names = (letter: string): fc.Arbitrary<string> => fc.constantFrom(0, 1, 2).map((number) => `${letter}${number}`)
const trust = fc.array(
  fc.oneof(
    account.map((id) => trusts(id)),
    names('u').map((name) => trusts(userArn(name))),
    names('r').map((name) => trusts(roleArn(name))),
    fc.constant(trusts(ACCOUNT, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    fc.constant(trusts('ec2.amazonaws.com')),
  ),
  { minLength: 1, maxLength: 2 },
)
const defined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value
const user = fc.record({ policies, tags, boundary, groups: fc.subarray(['g0', 'g1']) }).map(defined) as fc.Arbitrary<PrincipalSpec>
const role = fc.record({ policies, tags, boundary, trust }).map(defined) as fc.Arbitrary<PrincipalSpec>
const accountSpec = (id: string): fc.Arbitrary<AccountSpec> =>
  fc.record({
    account: fc.constant(id),
    users: fc.dictionary(names('u'), user, { maxKeys: 3 }),
    roles: fc.dictionary(names('r'), role, { maxKeys: 3 }),
    groups: fc.record({ g0: fc.record({ policies }), g1: fc.record({ policies }) }),
    managed: fc.record({ limit: fc.array(allow, { minLength: 1, maxLength: 2 }) }),
  })

const resourceStatement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.oneof(
      fc.constant('*'),
      account.map((id) => ({ AWS: id })),
      names('u').map((name) => ({ AWS: userArn(name) })),
      names('r').map((name) => ({ AWS: roleArn(name, OTHER) })),
      fc.constant({ Service: 'sns.amazonaws.com' }),
    ),
    Action: fc.constantFrom('s3:*', 's3:GetObject'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::ours/*', 'arn:aws:s3:::theirs/*'),
    Condition: fc.constantFrom({ Bool: { 'aws:SecureTransport': 'true' } }, { StringEquals: { 'aws:PrincipalTag/team': 'red' } }),
  },
  { requiredKeys: ['Effect', 'Principal', 'Action', 'Resource'] },
)
const bucketPolicies = fc.array(
  fc.record({
    bucket: fc.constantFrom('ours', 'theirs'),
    statements: fc.array(resourceStatement, { minLength: 1, maxLength: 2 }),
  }),
  { maxLength: 2 },
)
const guardrail = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 's3:*', 's3:PutObject', 'sts:AssumeRole'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::ours/*'),
    Condition: fc.constantFrom(
      { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/r0', 'arn:aws:iam::*:user/u1'] } },
      { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    ),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
)
/** Statements of an SCP on the one account; undefined: no organisation was loaded. */
const organization = fc.option(fc.array(guardrail, { maxLength: 2 }), { nil: undefined })
const world = fc.record({ ours: accountSpec(ACCOUNT), theirs: accountSpec(OTHER), bucketPolicies, organization })

const FULL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

function organizationTree(statements: readonly unknown[]): object {
  const managed = (name: string, Content: object): object => ({
    Id: `p-${name}`,
    Arn: `arn:aws:organizations::999999999999:policy/o-abcdefghij/service_control_policy/p-${name}`,
    Name: name,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: false,
    Content,
  })
  const member = (id: string, Policies: readonly object[]): object => ({
    Id: id,
    Arn: `arn:aws:organizations::999999999999:account/o-abcdefghij/${id}`,
    Name: id,
    Type: 'Account',
    Policies,
  })
  const own = statements.length === 0 ? [] : [managed('own', { Version: '2012-10-17', Statement: statements })]
  return {
    Id: 'r-abcd',
    Arn: 'arn:aws:organizations::999999999999:root/o-abcdefghij/r-abcd',
    Name: 'Root',
    Policies: [managed('full', FULL)],
    Children: [member(ACCOUNT, [managed('full', FULL), ...own]), member(OTHER, [managed('full', FULL)])],
  }
}

interface World {
  readonly ours: AccountSpec
  readonly theirs: AccountSpec
  readonly bucketPolicies: readonly { readonly bucket: string; readonly statements: readonly unknown[] }[]
  readonly organization?: readonly unknown[] | undefined
}

function buildWorld({ ours, theirs, bucketPolicies: buckets, organization: scp }: World): Promise<Estate> {
  const unique = new Map(buckets.map((one) => [one.bucket, one]))
  const resources = [...unique.values()].map(({ bucket, statements }) => ({
    Resource: `arn:aws:s3:::${bucket}`,
    Policy: { Version: '2012-10-17', Statement: statements },
    Account: bucket === 'ours' ? ACCOUNT : OTHER,
  }))
  return estateOf({
    'ours.json': accountExport(ours),
    'theirs.json': accountExport(theirs),
    ...(resources.length === 0 ? {} : { 'buckets.json': resources }),
    ...(scp === undefined ? {} : { 'organization.json': organizationTree(scp) }),
  })
}

function all<Node>(ask: (request: PageRequest) => Connection<Node>): Node[] {
  const nodes: Node[] = []
  let after: string | undefined
  do {
    const answer = ask({ first: 7, ...(after === undefined ? {} : { after }) })
    nodes.push(...answer.edges.map(({ node }) => node))
    if (answer.pageInfo.hasNextPage) after = answer.pageInfo.endCursor ?? undefined
    else {
      expect(nodes).toHaveLength(answer.totalCount)
      after = undefined
    }
  } while (after !== undefined)
  return nodes
}

const OWN_WAYS = ['DIRECT', 'GROUP', 'RESOURCE_POLICY'] as const
const CERTAIN = { ALLOW: 'ALLOWED', CONDITIONAL: 'CONDITIONAL', DENY: undefined } as const

describe('the questions agree with one another', () => {
  it('about every principal, action and target of generated worlds', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (spec) => {
        const estate = await buildWorld(spec)
        for (const [action, target] of QUESTIONS) compareSets(estate, action, target)
        for (const [action, target] of QUESTIONS.slice(1, 3)) compareRoles(estate, action, target)
        comparePermissions(estate)
      }),
      { numRuns: Number(process.env['PERMISCOPE_RUNS'] ?? 40), seed: Number(process.env['PERMISCOPE_SEED'] ?? 7) },
    )
  })
})

function compareSets(estate: Estate, action: string, target: string): void {
  const owner = target.includes('theirs') ? OTHER : ACCOUNT
  const rows = all((request) => whoCanReach(estate, { target, account: owner, actions: [action], via: OWN_WAYS, ...request }))
  const found = new Map(rows.map(({ principal, certainty }) => [principal.id, certainty]))
  for (const { entity } of estate.aws.actors) {
    const { effect } = checkAccess(estate, { principal: entity.id, action, target, account: owner })
    expect(found.get(entity.id), `who-can ${action} ${target}: ${entity.id}`).toBe(CERTAIN[effect])
    // effectivePermissions takes no account: a bucket that nobody exported is taken to be the principal's own.
    if (entity.properties.external === true || entity.scope !== owner) continue
    const own = all((request) => effectivePermissions(estate, { principal: entity.id, target, ...request })).filter(
      ({ via }) => via !== 'ROLE' && via !== 'FEDERATION',
    )
    const listed = own.filter(({ actions }) => actions.includes(action)).map(({ certainty }) => certainty)
    expect(listed, `what-can ${entity.id} ${action} ${target}`).toEqual(effect === 'DENY' ? [] : [CERTAIN[effect]])
  }
}

/** Rows at the grain of the grant: what one surely covers is allowed, and what is not denied is covered by one. */
function comparePermissions(estate: Estate): void {
  for (const { entity } of estate.aws.actors) {
    if (entity.properties.external === true || entity.kind === 'AwsService') continue
    const rows = all((request) => effectivePermissions(estate, { principal: entity.id, ...request })).filter(
      ({ via }) => via !== 'ROLE' && via !== 'FEDERATION',
    )
    for (const [action, target] of QUESTIONS) {
      const owner = target.includes('theirs') ? OTHER : ACCOUNT
      const { effect } = checkAccess(estate, { principal: entity.id, action, target, account: owner })
      const covering = rows.filter((row) => row.actions.some((name) => isLike(name, action)) && coversTarget(row.target, target, owner, entity.scope))
      if (covering.some(({ certainty }) => certainty === 'ALLOWED')) expect(effect, `${entity.id} surely ${action} ${target}`).toBe('ALLOW')
      if (effect !== 'DENY') expect(covering.length, `${entity.id} ${effect} ${action} ${target}`).toBeGreaterThan(0)
    }
  }
}

function coversTarget(pattern: Entity, target: string, owner: string, asking: string | null): boolean {
  if (pattern.kind === 'AwsAccount') return pattern.id === owner
  // A bucket that nobody exported is taken to be of the principal's own account.
  return isLike(pattern.id, target) && (pattern.scope ?? asking) === owner
}

const isLike = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^$()|[\]\\{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(text)

/** Whoever gets to a role by sts:AssumeRole, in any number of steps, and only they, are listed via ROLE. */
function compareRoles(estate: Estate, action: string, target: string): void {
  const owner = target.includes('theirs') ? OTHER : ACCOUNT
  const roles = estate.aws.actors.filter(({ entity }) => entity.kind === 'AwsRole' && entity.properties.external !== true)
  const effect = (principal: string, what: string, on: string) => checkAccess(estate, { principal, action: what, target: on, account: owner }).effect
  for (const certainty of ['ALLOWED', 'CONDITIONAL'] as const) {
    const passes = (value: string): boolean => (certainty === 'ALLOWED' ? value === 'ALLOW' : value !== 'DENY')
    const goals = new Set(roles.filter(({ entity }) => passes(effect(entity.id, action, target))).map(({ entity }) => entity.id))
    const takers = new Set(
      [...goals].flatMap((goal) => takersOf(estate, goal, (principal, taken) => passes(effect(principal, 'sts:AssumeRole', taken)))),
    )
    const rows = all((request) => whoCanReach(estate, { target, account: owner, actions: [action], via: ['ROLE'], ...request }))
    const listed = rows.filter((row) => certainty === 'CONDITIONAL' || row.certainty === 'ALLOWED').map(({ principal }) => principal.id)
    expect(listed.toSorted(), `${certainty} takers for ${action} ${target}`).toEqual([...takers].toSorted())
  }
}

/** Everybody but the role itself who gets to it in any number of steps. */
function takersOf(estate: Estate, goal: string, canTake: (principal: string, taken: string) => boolean): string[] {
  const takers = new Set<string>([goal])
  for (let before = -1; before !== takers.size;) {
    before = takers.size
    for (const { entity } of estate.aws.actors) {
      if (!takers.has(entity.id) && [...takers].some((taken) => taken.includes(':role/') && canTake(entity.id, taken))) takers.add(entity.id)
    }
  }
  return [...takers].filter((id) => id !== goal)
}
