import type { EntityFact } from '../../../domain/facts.ts'
import type { Actor } from '../../../estate/aws/actors.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { ContextValue } from '../../../policy/aws/types.ts'
import type { ExposedPart } from '../exposure.ts'
import { outsiderOf } from '../resolve.ts'

/**
 * Accounts beside the resource's own of which somebody is let in, by what the resource's side says; whether their own policies let them is theirs.
 * @param isPublic then only those are told that are named: everybody is let in anyway
 */
export function accountsLetIn(estate: Estate, parts: readonly ExposedPart[], isPublic: boolean): readonly string[] {
  const found = new Set<string>()
  for (const part of parts) {
    for (const candidate of candidates(estate, part, isPublic)) {
      const { account } = candidate
      if (!found.has(account) && account !== part.target.account && isLetIn(estate, candidate, part)) found.add(account)
    }
    for (const id of estate.aws.admittedBy(part.target)?.ids ?? []) if (CANONICAL.test(id)) found.add(id)
  }
  return [...found].sort()
}

/** An account that only S3 can tell. */
const CANONICAL = /^[0-9a-f]{64}$/

/** A principal of the account may have any name. */
const ANY_NAME: ReadonlyMap<string, ContextValue> = new Map([['aws:principalarn', null]])

function isLetIn({ aws }: Estate, { actor, session }: Candidate, { target, actions }: ExposedPart): boolean {
  const isWhole = actor.entity.kind === 'AwsAccountPrincipal' || actor.entity.kind === 'AwsRootUser'
  const as = { ...(isWhole ? { given: ANY_NAME } : {}), ...(session === undefined ? {} : { principal: session }) }
  return actions.some((action) => aws.decide(actor, action, target, as).effect !== 'DENY')
}

interface Candidate {
  readonly account: string
  readonly actor: Actor
  /** ARN of the session of a role that is named. */
  readonly session?: string
}

/** A superset: whoever is named, every account that the text of a policy or grant holds, and where everybody is named the loaded accounts. */
function candidates(estate: Estate, { target }: ExposedPart, isPublic: boolean): Candidate[] {
  const admitted = estate.aws.admittedBy(target)
  const documents = [target.policyHolder, ...target.grants.all.map(({ entity }) => entity)].map((holder) => holder?.document ?? '')
  const written = documents.flatMap((text) => [...text.matchAll(/(?<!\d)\d{12}(?!\d)/g)].map(([account]) => account))
  const loaded = admitted?.everyone === true && !isPublic ? [...estate.entities()].filter(isLoadedAccount).map(({ id }) => id) : []
  const partition = target.arn.split(':')[1] ?? 'aws'
  const roots = new Set([...(admitted?.accounts ?? []), ...written, ...loaded])
  const named = [...[...roots].map((account) => `arn:${partition}:iam::${account}:root`), ...(admitted?.ids ?? [])]
  return [...new Set(named)].flatMap((id) => namedBy(estate, id))
}

function namedBy(estate: Estate, id: string): Candidate[] {
  const role = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\/./.exec(id)
  const acting = role === null ? id : `arn:${role[1]}:iam::${role[2]}:role/${role[3]}`
  const known = estate.aws.actorOf(acting)
  const actor = known === undefined ? outsiderOf(estate, acting) : withoutPolicies(estate, known)
  if (actor === null || actor.account === null) return []
  return [{ account: actor.account, actor, ...(role === null ? {} : { session: id }) }]
}

/** As if nobody had exported its account: what its own policies allow is no matter of the resource's. */
const withoutPolicies = ({ aws }: Estate, actor: Actor): Actor =>
  actor.entity.kind === 'AwsUser' || actor.entity.kind === 'AwsRole' ? aws.outsider({ ...actor.entity, coverage: [] }) : actor

const isLoadedAccount = ({ kind, coverage }: EntityFact): boolean => kind === 'AwsAccount' && coverage.length > 0
