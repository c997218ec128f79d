/** Whom the Allow statements of a resource or trust policy name, so that only they are asked. A superset: the evaluator decides. */
export interface NamedPrincipals {
  /** `*`, or NotPrincipal: anybody. */
  readonly everyone: boolean
  /** Accounts named as a whole. */
  readonly accounts: ReadonlySet<string>
  /** ARNs, unique ids, services and identity providers, as written. */
  readonly ids: ReadonlySet<string>
  /** What any statement, Deny too, says of single principals: ARNs and unique ids as written, sessions as the `account/role` that they are of. */
  readonly mentioned: ReadonlySet<string>
  /** Some statement is about everybody but (NotPrincipal), or can't be read: it may tell any two principals apart. */
  readonly tellsAllApart: boolean
}

/** What can't be read may name anybody. */
export const ANYBODY: NamedPrincipals = { everyone: true, accounts: new Set(), ids: new Set(), mentioned: new Set(), tellsAllApart: true }

/** Whoever one of several policies names. */
export function unionOf(named: readonly NamedPrincipals[]): NamedPrincipals {
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  const join = (part: 'accounts' | 'ids' | 'mentioned'): ReadonlySet<string> => new Set(named.flatMap((one) => [...one[part]]))
  return {
    everyone: named.some(({ everyone }) => everyone),
    accounts: join('accounts'),
    ids: join('ids'),
    mentioned: join('mentioned'),
    tellsAllApart: named.some(({ tellsAllApart }) => tellsAllApart),
  }
}

/** @param document JSON text; one that can't be read may name anybody */
export function namedPrincipals(document: string | null): NamedPrincipals {
  const statements = parseStatements(document)
  if (statements === null) return ANYBODY
  const allows = statements.filter((statement) => statement['Effect'] !== 'Deny')
  const names = allows.flatMap((statement) => principalsOf(statement['Principal']))
  const excepting = statements.some((statement) => statement['NotPrincipal'] !== undefined)
  return {
    everyone: names.includes('*') || allows.some((statement) => statement['NotPrincipal'] !== undefined),
    accounts: new Set(names.map(accountNamed).filter((account) => account !== undefined)),
    ids: new Set(names),
    mentioned: new Set(
      statements
        .flatMap((statement) => principalsOf(statement['Principal']))
        .filter((name) => accountNamed(name) === undefined)
        .map(roleOfSession),
    ),
    tellsAllApart: excepting,
  }
}

const accountNamed = (name: string): string | undefined => /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1]

function roleOfSession(name: string): string {
  const session = /^arn:[^:]*:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(name)
  return session === null ? name : `${session[1]}/${session[2]}`
}

type Loose = Readonly<Record<string, unknown>>

/** Statements of a document, as written; none where it can't be read. */
export const statementsOf = (document: string): readonly Loose[] => parseStatements(document) ?? []

function parseStatements(document: string | null): readonly Loose[] | null {
  if (document === null) return []
  try {
    const parsed: unknown = JSON.parse(document)
    if (!isRecord(parsed)) return null
    const statement = parsed['Statement']
    return (Array.isArray(statement) ? statement : [statement]).filter(isRecord)
  } catch {
    return null
  }
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal === 'string') return [principal]
  if (!isRecord(principal)) return []
  return Object.values(principal)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value === 'string')
}

const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
