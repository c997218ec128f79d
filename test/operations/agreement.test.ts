import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { Connection, Entity, PageRequest } from '../../src/operations/answers.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, roleArn } from '../support/account.ts'
import { keyArn, ssoRoleArn } from '../support/facts.ts'
import { buildWorld, OTHER, worlds } from '../support/worlds.ts'

/**
 * design.md §6.1: whoCanReach, effectivePermissions and checkAccess say the same about every (principal, action, target) of generated worlds.
 * The evaluator itself is held to the reference evaluator elsewhere; here the sets are held to it.
 */

const QUESTIONS = [
  ['s3:GetObject', 'arn:aws:s3:::ours/a.txt'],
  ['s3:PutObject', 'arn:aws:s3:::ours/a.txt'],
  ['s3:GetObject', 'arn:aws:s3:::theirs/a.txt'],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`],
  ['sts:AssumeRole', roleArn('r0')],
  ['kms:Decrypt', keyArn('k')],
  ['glue:GetDatabase', `arn:aws:glue:eu-west-1:${ACCOUNT}:database/sales`],
  ['sts:AssumeRoleWithSAML', ssoRoleArn('Read_Only')],
] as const

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
      fc.asyncProperty(worlds, async (spec) => {
        const estate = await buildWorld(spec)
        for (const [action, target] of QUESTIONS) compareSets(estate, action, target)
        for (const [action, target] of QUESTIONS.slice(1, 3)) {
          compareRoles(estate, action, target)
          compareAssigned(estate, action, target)
        }
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
  const together = all((request) => whoCanReach(estate, { target, account: owner, via: OWN_WAYS, ...request })).filter(({ actions }) =>
    actions.includes(action),
  )
  const spoken = (list: typeof rows): string[] => list.map(({ principal, via, certainty }) => `${principal.id} ${via} ${certainty}`).sort()
  expect(spoken(together), `${action} among all actions on ${target}`).toEqual(spoken(rows))
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
      // Not every key of another account whose policy nobody loaded is a row of its own.
      if (entity.scope !== owner && estate.aws.target(target).policyUnknown) continue
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

/** Users of Identity Center get as far as the roles that they may sign in to, and those that these may take. */
function compareAssigned(estate: Estate, action: string, target: string): void {
  const owner = target.includes('theirs') ? OTHER : ACCOUNT
  const rows = all((request) => whoCanReach(estate, { target, account: owner, actions: [action], via: ['FEDERATION'], ...request }))
  const listed = new Set(rows.map(({ principal }) => principal.id))
  for (const user of idsOf(estate, 'IdentityCenterUser')) {
    expect(checkAccess(estate, { principal: user, action, target, account: owner }).effect, `${user} itself`).toBe('DENY')
    const reaches = rolesSignedInTo(estate, user).some(
      (role) => checkAccess(estate, { principal: role, action, target, account: owner }).effect !== 'DENY',
    )
    expect(listed.has(user), `${user} ${action} ${target}`).toBe(reaches)
    // effectivePermissions takes no account: a bucket that nobody exported is taken to be the principal's own.
    if (estate.entity(target.split('/')[0] ?? '') === undefined) continue
    const permissions = all((request) => effectivePermissions(estate, { principal: user, target, ...request }))
    const covering = permissions.filter(({ via, actions }) => via === 'FEDERATION' && actions.includes(action))
    expect(covering.length > 0, `what-can ${user} ${action} ${target}`).toBe(reaches)
  }
}

const idsOf = (estate: Estate, kind: string): string[] =>
  estate.aws.actors.filter(({ entity }) => entity.kind === kind && entity.properties.external !== true).map(({ entity }) => entity.id)

function rolesSignedInTo(estate: Estate, user: string): string[] {
  const roles = idsOf(estate, 'AwsRole')
  const may = (principal: string, action: string, target: string): boolean => checkAccess(estate, { principal, action, target }).effect !== 'DENY'
  const taken = new Set(roles.filter((role) => may(user, 'sts:AssumeRoleWithSAML', role)))
  // A set goes on to what is added to it on the way.
  for (const from of taken) for (const to of roles) if (may(from, 'sts:AssumeRole', to)) taken.add(to)
  return [...taken]
}
