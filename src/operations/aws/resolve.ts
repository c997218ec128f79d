import { PermiscopeError } from '../../domain/errors.ts'
import type { EntityFact } from '../../domain/facts.ts'
import { type Actor, heldPolicies, policiesOf } from '../../estate/aws/actors.ts'
import { isOfIdentityCenter } from '../../estate/aws/identity-center.ts'
import { ANYONE } from '../../estate/aws/reach.ts'
import { accountTarget, type AwsTarget, isArn } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { lookUp } from '../look-up.ts'

/** Who asks, and as what: a session of a role asks as its own ARN. */
export interface Asker {
  readonly actor: Actor
  readonly principal?: string
}

/**
 * The principal of a question: anything in the inventory, or any well-formed id.
 * @throws BAD_ID, NOT_FOUND (a principal of an account whose IAM was loaded whole), AMBIGUOUS_NAME
 */
export function resolvePrincipal(estate: Estate, text: string): Asker {
  const wanted = providedBy(text.trim())
  const entity = lookUp(estate, wanted, 'Principal')
  // To AWS, who signs in elsewhere is nobody that it knows.
  if (entity !== null && !OF_AWS.has(entity.provider)) return { actor: estate.aws.outsider(ANYONE.Everyone) }
  if (entity !== null && (entity.coverage.length > 0 || estate.aws.actorOf(entity.id) !== undefined)) {
    return { actor: estate.aws.actorOf(entity.id) ?? groupAsActor(estate, entity) }
  }
  if (entity?.kind === 'FederatedSubject') return { actor: estate.aws.outsider(entity) }
  if (wanted === '*') return { actor: estate.aws.outsider(ANYONE.Everyone) }
  if (wanted === ANYONE.AnyAuthenticated.id) return { actor: estate.aws.outsider(ANYONE.AnyAuthenticated) }
  const session = /^arn:[^:]*:sts::(\d{12}):assumed-role\/([^/]+)\/.+$/.exec(wanted)
  if (session !== null) return { actor: roleOfSession(estate, session[1] ?? '', session[2] ?? '', wanted), principal: wanted }
  const outsider = outsiderOf(estate, wanted)
  if (outsider !== null) return { actor: outsider }
  if (outsideKind(wanted) === null) {
    throw new PermiscopeError('BAD_ID', `"${text}" is neither a principal in the snapshot nor a well-formed id of one`)
  }
  throw new PermiscopeError('NOT_FOUND', `${wanted} does not exist: IAM of its account was loaded and has no such principal`)
}

/** An identity provider stands for all its subjects. */
const providedBy = (id: string): string =>
  id.replace(/^arn:[^:]*:iam::\d{12}:oidc-provider\/([^:]+)$/, '$1:*').replace(/^(arn:[^:]*:iam::\d{12}:saml-provider\/[^:]+)$/, '$1:*')

const OF_AWS: ReadonlySet<string> = new Set(['aws', 'federation'])

/** Somebody whom no file states, by a well-formed id; null where it is none, or is of an account that was loaded whole and lacks it. */
export function outsiderOf(estate: Estate, id: string): Actor | null {
  const kind = outsideKind(id)
  // An account vouches for nobody by having an identity provider.
  const account = kind === 'FederatedSubject' ? null : (/^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(id)?.[1] ?? null)
  if (kind === null || (account !== null && isLoadedWhole(estate, account))) return null
  return estate.aws.outsider(outsideEntity(id, kind, account))
}

/** What a group gives, as if it acted: for questions about the group itself. */
function groupAsActor(estate: Estate, entity: EntityFact): Actor {
  const node = estate.graph.numberOf(entity.id) ?? -1
  const held = heldPolicies(estate.graph, estate.aws.compile, node)
  const account = isOfIdentityCenter(entity) ? null : entity.scope
  return { number: -1, node, entity, account, held, policies: policiesOf(held), boundary: [], unsure: false, sort: -1 }
}

function roleOfSession(estate: Estate, account: string, name: string, session: string): Actor {
  const role = estate.aws.actors.find((actor) => actor.entity.kind === 'AwsRole' && actor.account === account && actor.entity.id.endsWith(`/${name}`))
  if (role !== undefined) return role
  if (isLoadedWhole(estate, account)) throw new PermiscopeError('NOT_FOUND', `${session}: account ${account} has no role ${name}`)
  return estate.aws.outsider(outsideEntity(`arn:aws:iam::${account}:role/${name}`, 'AwsRole', account))
}

const isLoadedWhole = (estate: Estate, account: string): boolean =>
  estate.coverage.some(({ id, complete }) => id === `aws:iam:${account}` && complete)

/** A well-formed id of somebody whom no file states. */
export const isOutsideId = (id: string): boolean => outsideKind(id) !== null

function outsideKind(id: string): string | null {
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(id)) return 'AwsService'
  if (SUBJECT.test(id) || /^arn:[^:]*:iam::\d{12}:saml-provider\/[^:]+:/.test(id)) return 'FederatedSubject'
  const kind = /^arn:[^:]*:(?:iam|sts)::\d{12}:(root$|user\/|role\/|federated-user\/)/.exec(id)?.[1]
  const kinds: Readonly<Record<string, string>> = {
    root: 'AwsAccountPrincipal',
    'user/': 'AwsUser',
    'role/': 'AwsRole',
    'federated-user/': 'AwsUser',
  }
  return kind === undefined ? null : (kinds[kind] ?? null)
}

/** `{issuer host, with its path}:{subject}`. */
const SUBJECT = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^:\s]+)?:\S+$/i

const outsideEntity = (id: string, kind: string, account: string | null): EntityFact => ({
  record: 'entity',
  label: 'Principal',
  kind,
  id,
  name: id.split(/[/:]/).at(-1) ?? id,
  provider: 'aws',
  scope: account,
  properties: { external: true, nature: kind === 'AwsService' ? 'WORKLOAD' : 'EXTERNAL' },
  document: null,
  coverage: [],
})

/**
 * The target of a question: anything in the inventory, any well-formed ARN (`s3://bucket/key` too), an account's 12 digits, or `*`
 * (an account as a whole).
 * @param actions that are asked about; left out: any
 * @throws BAD_ID, AMBIGUOUS_NAME
 */
export function resolveTarget(estate: Estate, text: string, account?: string, actions: readonly string[] = []): AwsTarget {
  const wanted = text.trim().replace(/^s3:\/\//i, 'arn:aws:s3:::')
  if (account !== undefined && !/^\d{12}$/.test(account)) throw new PermiscopeError('BAD_ID', `account "${account}" is not 12 digits`)
  if (isArn(wanted)) return estate.aws.target(keyOfAlias(estate, exactId(estate, wanted), actions), account)
  if (wanted === '*') return namedAccount(estate, account)
  const entity = lookUp(estate, wanted)
  if (entity !== null && (isArn(entity.id) || entity.kind === 'AwsAccount')) return estate.aws.target(entity.id, account)
  if (/^\d{12}$/.test(wanted)) return namedAccount(estate, wanted)
  throw new PermiscopeError('BAD_ID', `"${text}" is neither in the snapshot nor a well-formed id of a resource (an ARN, or an account's 12 digits)`)
}

/** An ARN in another letter case than the inventory's means the inventory's, where only one fits. */
function exactId(estate: Estate, arn: string): string {
  if (estate.entity(arn) !== undefined) return arn
  const [only, ...others] = estate.names.find(arn)
  return only === undefined || others.length > 0 ? arn : estate.graph.entityAt(only).id
}

/**
 * Who uses a key by an alias is allowed by the key; only what is done to the alias itself is about the alias.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
function keyOfAlias(estate: Estate, arn: string, actions: readonly string[]): string {
  const [, place, alias] = /^(arn:[^:]*:kms:[^:]*:[^:]*):(alias\/[^*?]+)$/.exec(arn) ?? []
  if (place === undefined || alias === undefined || actions.some((action) => /^kms:(create|update|delete)alias$/i.test(action))) return arn
  const keys = estate.names.find(alias, 'Resource').map((node) => estate.graph.entityAt(node).id)
  // One that nobody listed may be of any key there.
  return keys.find((id) => id.startsWith(`${place}:key/`)) ?? `${place}:key/*`
}

function namedAccount(estate: Estate, account: string | undefined): AwsTarget {
  const accounts = [...estate.entities()].filter(({ kind, coverage }) => kind === 'AwsAccount' && coverage.length > 0)
  const id = account ?? (accounts.length === 1 ? accounts[0]?.id : undefined)
  if (id === undefined)
    throw new PermiscopeError('BAD_USAGE', 'which account? name it by its 12 digits', { accounts: accounts.map((scope) => scope.id) })
  const known = estate.entity(id)
  if (known !== undefined) return estate.aws.target(id)
  const entity: EntityFact = { ...ANYONE.Everyone, label: 'Scope', kind: 'AwsAccount', id, name: id, properties: { external: true } }
  return accountTarget(entity)
}
