import type { StatementProgram } from '../../policy/aws/types.ts'
import type { AwsEstate } from './aws-estate.ts'
import { createActionClasses } from './action-classes.ts'
import type { Actor } from './actors.ts'
import { bitsOf, isWithin } from './bitmap.ts'
import { needsUnknownPolicy } from './unknown-policy.ts'

/**
 * Who administers its account: may do every action on everything, or may grant anything to anybody: write the permissions of users, groups
 * and roles without limit. What can only become so is not privileged (that is a path).
 */
export interface Privileges {
  /** One line for each reason, for people; empty: not privileged. */
  of(principal: string): readonly string[]
}

/** To grant anything to anybody takes one of each: policies for users, for groups and for roles. */
const GRANT_ANYTHING = [
  ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
  ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'],
  ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
] as const

export function createPrivileges(aws: AwsEstate): Privileges {
  const cache = new Map<string, readonly string[]>()
  return {
    of(principal) {
      const known = cache.get(principal)
      if (known !== undefined) return known
      const actor = aws.actorOf(principal)
      const found = actor === undefined ? [] : privilegesOf(aws, actor)
      cache.set(principal, found)
      return found
    },
  }
}

function privilegesOf(aws: AwsEstate, actor: Actor): string[] {
  const { account } = actor
  if (account === null || actor.entity.properties.external === true) return []
  if (actor.entity.kind === 'AwsRootUser') return [`is the root user of account ${account}`]
  const everything = mayAllEverywhere(aws, actor, account, '*')
  if (everything !== null) return [`may do every action in account ${account}${everything}`]
  const grants = GRANT_ANYTHING.map((either) => either.map((action) => mayAllEverywhere(aws, actor, account, action)).find((found) => found !== null))
  if (grants.some((found) => found === undefined)) return []
  const condition = grants.find((found) => found !== '') ?? ''
  return [`may grant any permission to any identity of account ${account}${condition}`]
}

/**
 * Whether every action of a pattern is allowed on all resources of the account: '' where it surely is, a clause where only circumstances of the
 * call stand in between, null where it is not.
 */
function mayAllEverywhere(aws: AwsEstate, actor: Actor, account: string, pattern: string): string | null {
  if (!isGrantedEverywhere(aws, actor, pattern)) return null
  const target = { ...aws.target(account), arn: '*', account }
  const decisions = createActionClasses(aws, actor)
    .of(bitsOf(aws.knowledge.expand(pattern)), target)
    // What each key's and role's own policy says is no limit of what one administers.
    .filter(({ sample }) => !needsUnknownPolicy(target, sample, aws.knowledge))
    .map(({ sample }) => aws.decide(actor, sample, target))
  if (decisions.some((decision) => decision.effect === 'DENY' || decision.parts !== undefined)) return null
  return decisions.every(({ effect }) => effect === 'ALLOW') ? '' : ', on conditions of the call'
}

/** Cheap superset: the Allows on all resources together name the action. */
function isGrantedEverywhere(aws: AwsEstate, actor: Actor, action: string): boolean {
  const wanted = aws.knowledge.expand(action)
  const allowed = new Uint32Array(wanted.length)
  for (const { policy } of actor.held) {
    for (const { program } of policy.statements) {
      if (program.effect === 'Allow' && isWide(program)) program.actions.forEach((word, at) => (allowed[at] = (allowed[at] ?? 0) | word))
    }
  }
  return isWithin(wanted, allowed)
}

const isWide = ({ notResource, resources }: StatementProgram): boolean =>
  notResource || resources.some((pattern) => /^(\*+|arn:[^:]*:iam:.*\*)$/.test(pattern))
