import type { EntityFact, Properties } from '../../domain/facts.ts'
import type { Nature, Provider } from '../../domain/vocabulary.ts'
import { isAccountId, lastSegment, parseArn } from './arn.ts'
import { isRecord, stringsOf, type Statement } from './document.ts'
import { properties } from './map/facts.ts'
import { natureOfProvider } from './nature.ts'

/**
 * Who a statement of a trust or resource policy names. The entity is a stub: it is dropped where a file states the same id.
 * A role session names its role by account and name, without the path, so that its id may have to be looked up.
 */
export interface NamedPrincipal {
  readonly stub: EntityFact
  /** Account of the entity, where it is of one. */
  readonly account: string | null
  /** Name of a role whose path isn't known. */
  readonly roleName?: string
}

export type PolicyUse = 'TRUST' | 'RESOURCE'

/** @param partition of the resource, for principals that are named by their account's 12 digits */
export function namedPrincipals(statement: Statement, use: PolicyUse, partition: string): readonly NamedPrincipal[] {
  if (statement['NotPrincipal'] !== undefined) return everybody(statement, use)
  const principal = statement['Principal']
  if (typeof principal === 'string') return awsPrincipal(principal, statement, use, partition)
  if (!isRecord(principal)) return []
  return [
    ...stringsOf(principal['AWS']).flatMap((id) => awsPrincipal(id, statement, use, partition)),
    ...stringsOf(principal['Service']).flatMap((id) => (id === '*' ? everybody(statement, use) : [service(id)])),
    ...stringsOf(principal['Federated']).flatMap((id) => (id === '*' ? everybody(statement, use) : federatedSubjects(id, statement))),
    ...stringsOf(principal['CanonicalUser']).map((id) => outside('AwsAccountPrincipal', id, `canonical user ${id.slice(0, 8)}…`, null)),
  ]
}

/** `*` in a resource policy is everyone, signed in or not. To assume a role a caller signs, except with a token of an identity provider. */
function everybody(statement: Statement, use: PolicyUse): readonly NamedPrincipal[] {
  const anyone = [named(stub('Everyone', '*', 'Everyone', null, { nature: 'EXTERNAL', external: true }), null)]
  if (use === 'RESOURCE') return anyone
  const signedIn = anyAuthenticated()
  const actions = stringsOf(statement['Action']).map((action) => action.toLowerCase())
  const withToken =
    statement['Action'] === undefined || actions.some((action) => /^(\*|sts:\*|sts:assumerole.*\*|sts:assumerolewith.+)$/.test(action))
  return withToken ? [signedIn, ...anyone] : [signedIn]
}

export const ANY_AUTHENTICATED = 'AnyAuthenticated'

/** Any identity of any account. */
export const anyAuthenticated = (): NamedPrincipal =>
  named(stub('AnyAuthenticated', ANY_AUTHENTICATED, 'Any authenticated identity', null, { nature: 'EXTERNAL', external: true }), null)

function awsPrincipal(id: string, statement: Statement, use: PolicyUse, partition: string): readonly NamedPrincipal[] {
  if (id === '*') return everybody(statement, use)
  if (isAccountId(id)) return [accountRoot(id, partition)]
  const deleted = DELETED.exec(id)?.[1]
  if (deleted !== undefined) return [deletedPrincipal(id, deleted)]
  const arn = parseArn(id)
  if (arn === undefined || /[*?]/.test(id)) return []
  if (arn.resource === 'root' && isAccountId(arn.account)) return [accountRoot(arn.account, arn.partition)]
  const account = isAccountId(arn.account) ? arn.account : null
  const [type = '', ...rest] = arn.resource.split('/')
  const [first = ''] = rest
  if (type === 'assumed-role' && account !== null) return [sessionRole(arn.partition, account, first)]
  if (type === 'user') return [outside('AwsUser', id, lastSegment(id), account)]
  if (type === 'role') return [outside('AwsRole', id, lastSegment(id), account)]
  return type === 'federated-user' ? [outside('FederatedSubject', id, first, account)] : []
}

/** AWS puts the unique id in the place of a principal that was deleted. */
const DELETED = /^(AIDA|AROA)[A-Z0-9]{12,}$/

function deletedPrincipal(id: string, prefix: string): NamedPrincipal {
  const what = prefix === 'AIDA' ? 'user' : 'role'
  const description = `A ${what} that was deleted: AWS leaves its unique id in policies that named it. A new ${what} of the same name is not meant.`
  return named(
    stub(what === 'user' ? 'AwsUser' : 'AwsRole', id, `deleted ${what} ${id}`, null, {
      uniqueId: id,
      nature: 'UNKNOWN',
      external: true,
      description,
    }),
    null,
  )
}

/** The account as a whole, as policies name it. */
export const accountRoot = (account: string, partition: string): NamedPrincipal =>
  outside('AwsAccountPrincipal', `arn:${partition}:iam::${account}:root`, account, account)

const sessionRole = (partition: string, account: string, role: string): NamedPrincipal => ({
  ...outside('AwsRole', `arn:${partition}:iam::${account}:role/${role}`, role, account),
  roleName: role,
})

const service = (id: string): NamedPrincipal => named(stub('AwsService', id, id, null, { nature: 'WORKLOAD' }), null)

const outside = (kind: string, id: string, name: string, account: string | null): NamedPrincipal =>
  named(stub(kind, id, name, account, { nature: 'EXTERNAL', external: true }), account)

const named = (entity: EntityFact, account: string | null): NamedPrincipal => ({ stub: entity, account })

type StubProperties = Properties & { readonly nature: Nature }

function stub(kind: string, id: string, name: string, scope: string | null, values: StubProperties): EntityFact {
  const provider: Provider = kind === 'FederatedSubject' ? 'federation' : 'aws'
  return { record: 'entity', label: 'Principal', kind, id, name, provider, scope, properties: properties(values), document: null, coverage: [] }
}

/** One subject for each value of the provider's `sub`; without such a condition, whoever the provider vouches for. */
function federatedSubjects(provider: string, statement: Statement): readonly NamedPrincipal[] {
  const issuer = issuerOf(provider)
  const subjects = subjectPatterns(statement, provider.includes(':saml-provider/') ? 'saml:sub' : `${issuer}:sub`.toLowerCase())
  const values = { nature: natureOfProvider(provider), external: true } as const
  return subjects.map((subject) => named(stub('FederatedSubject', `${issuer}:${subject}`, `${issuer}:${subject}`, null, values), null))
}

/** The host (and path) of an OIDC issuer; the ARN of a SAML provider, whose issuer the export doesn't tell. */
const issuerOf = (provider: string): string => /:oidc-provider\/(?<issuer>.+)$/s.exec(provider)?.groups?.['issuer'] ?? provider

const SUBJECT_OPERATORS = ['stringequals', 'stringequalsignorecase', 'stringlike']

function subjectPatterns(statement: Statement, key: string): readonly string[] {
  const condition = isRecord(statement['Condition']) ? statement['Condition'] : {}
  // Several operators must all hold, so that the subjects of the narrowest are those of all.
  for (const operator of SUBJECT_OPERATORS) {
    const subjects = Object.entries(condition).flatMap(([written, keys]) =>
      bareOperator(written) === operator && isRecord(keys) ? valuesOf(keys, key) : [],
    )
    if (subjects.length > 0) return [...new Set(subjects)].sort()
  }
  return ['*']
}

const bareOperator = (operator: string): string =>
  operator
    .toLowerCase()
    .replace(/^for(any|all)values?:/, '')
    .replace(/ifexists$/, '')

const valuesOf = (keys: Readonly<Record<string, unknown>>, wanted: string): readonly string[] =>
  Object.entries(keys).flatMap(([key, values]) => (key.toLowerCase() === wanted ? stringsOf(values) : []))
