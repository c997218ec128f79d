import { z } from 'zod'
import type { Origin } from '../../../domain/facts.ts'
import { isAccountId, parseArn } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { documentText, isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { organizationOf, policyKey, type OrganizationPiece } from '../organization/said.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, NOTHING_MAPPED, type About, type OutputKind, type OutputPart } from './output.ts'
import { ownerOf } from './records.ts'
import { inside, mapRows, mapWhole, memberOf, wrong } from './rows.ts'

/**
 * Organizations: https://docs.aws.amazon.com/cli/latest/reference/organizations/. Every output says a piece; ../organization/ puts them together.
 * Subjects: the parent, child, account, policy or target that was asked about; of policies, the type that was filtered by (after a target and `/`).
 */

const arn = z.string().regex(/^arn:[^:]+:organizations::/, 'not an ARN of Organizations')
const id = z.string().regex(/^(r-[a-z0-9]+|ou-[a-z0-9-]+|\d{12})$/, 'not the id of a root, an organisational unit or an account')

const organizationRow = struct({ Id: z.string().startsWith('o-'), Arn: arn, MasterAccountId: text, MasterAccountArn: text })
const rootRow = struct({
  Id: id,
  Arn: arn,
  Name: text,
  PolicyTypes: z.array(struct({ Type: name, Status: text })).nullish(),
})
const unitRow = struct({ Id: id, Arn: arn, Name: text, Path: text })
const accountRow = struct({
  Id: id,
  Arn: arn,
  Name: text,
  Email: text,
  Status: text,
  State: text,
  Paths: z.array(z.string()).nullish(),
  JoinedTimestamp: date,
})
type AccountRow = z.output<typeof accountRow>
const childRow = struct({ Id: id })
const policyRow = struct({ Id: name, Arn: arn, Name: text, Description: text, Type: name, AwsManaged: z.boolean().nullish() })
type PolicyRow = z.output<typeof policyRow>
const policyWhole = struct({ PolicySummary: policyRow, Content: z.unknown() })
const targetRow = struct({ TargetId: id, Arn: text })
const serviceRow = struct({ ServicePrincipal: name })

/** @param organization undefined: the row doesn't tell it */
const says = (about: About, at: Origin, organization: string | undefined, pieces: readonly OrganizationPiece[]): Mapped => ({
  records: [],
  open: pieces.map((piece) => ({ open: 'organization', said: { organization, asked: about.account, at, piece } })),
})

const atWhole = (about: About): Origin => ({ file: about.file, place: about.place })

/** The account in the ARNs of roots, units and accounts is the management account. */
const managedBy = (named: string): readonly OrganizationPiece[] => {
  const account = ownerOf(named)
  return account === undefined ? [] : [{ said: 'management', account }]
}

/** `o-…/r-…/ou-…/`, with or without its own id at the end → the nearest id above. */
function parentIn(path: string | null | undefined, own: string): string | undefined {
  const ids = (path ?? '').split('/').filter((part) => part !== '' && part !== own)
  const nearest = ids.at(-1)
  return nearest === undefined || nearest.startsWith('o-') ? undefined : nearest
}

const placed = (of: string, parent: string | undefined): readonly OrganizationPiece[] =>
  parent === undefined ? [] : [{ said: 'parent', of, parent }]

/** The ids, and the type of policy, that were asked about. */
function askedAbout({ subject }: About): { readonly id: string; readonly type: string | undefined } {
  const parts = subject.split('/')
  const type = parts.find((part) => /^[A-Z]+(_[A-Z]+)+$/.test(part))
  const [found = ''] = parts.filter((part) => /^(r-|ou-|p-|\d{12}$)/.test(part)).slice(-1)
  return { id: found, type }
}

/** Nothing follows, and nothing of it was broken: what was listed is all there is. */
function isWhole(value: unknown, rows: Mapped): boolean {
  const token = memberOf(value, 'NextToken')
  return (token === undefined || token === null || token === '') && rows.records.length === 0
}

function accountPieces(row: AccountRow, parent: string | undefined): readonly OrganizationPiece[] {
  const { Id: account, Name, Email, State, Status, JoinedTimestamp } = row
  return [
    ...managedBy(row.Arn),
    {
      said: 'account',
      id: account,
      name: Name ?? undefined,
      email: Email ?? undefined,
      state: State ?? Status ?? undefined,
      joined: toIsoDate(JoinedTimestamp),
    },
    ...placed(account, parent ?? parentIn(row.Paths?.[0], account)),
  ]
}

function policyPieces(row: PolicyRow): readonly OrganizationPiece[] {
  const { Id: policy, Arn, Type, Name, Description, AwsManaged } = row
  return [
    {
      said: 'policy',
      policy,
      arn: Arn,
      type: Type,
      name: Name ?? undefined,
      description: Description ?? undefined,
      providerManaged: AwsManaged ?? undefined,
    },
  ]
}

/** An output that is about a root, a unit or an account. */
const of =
  (map: (id: string, value: unknown, about: About) => Mapped) =>
  (value: unknown, about: About): Mapped => {
    const { id: asked } = askedAbout(about)
    return asked === '' ? wrong(about, about.place, `${about.subject} is not what such an output is about`) : map(asked, value, about)
  }

const accounts = (value: unknown, about: About, parent?: string): Mapped =>
  mapRows(value, 'Accounts', about, accountRow, (row, at) => says(about, at, organizationOf(row.Arn), accountPieces(row, parent)))

/** The type of the policies in a list: as asked, else as its rows say. */
function typesListed(value: unknown, about: About): readonly string[] {
  const { type } = askedAbout(about)
  if (type !== undefined) return [type]
  const rows = memberOf(value, 'Policies')
  const types = (Array.isArray(rows) ? rows : []).map((row: unknown) => memberOf(row, 'Type')).filter((found) => typeof found === 'string')
  return [...new Set(types)]
}

function listedPolicies(value: unknown, about: About): Mapped {
  const rows = mapRows(value, 'Policies', about, policyRow, (row, at) => says(about, at, organizationOf(row.Arn), policyPieces(row)))
  const types = isWhole(value, rows) ? typesListed(value, about) : []
  return joined([
    rows,
    says(
      about,
      atWhole(about),
      undefined,
      types.map((type) => ({ said: 'all-policies', type })),
    ),
  ])
}

function policiesOfTarget(target: string, value: unknown, about: About): Mapped {
  const rows = mapRows(value, 'Policies', about, policyRow, (row, at) =>
    says(about, at, organizationOf(row.Arn), [...policyPieces(row), { said: 'attachment', policy: row.Id, target }]),
  )
  const types = isWhole(value, rows) ? typesListed(value, about) : []
  return joined([
    rows,
    says(
      about,
      atWhole(about),
      undefined,
      types.map((type) => ({ said: 'all-attachments', target, type })),
    ),
  ])
}

function targetsOfPolicy(value: unknown, about: About): Mapped {
  const policy = policyKey(about.subject)
  const rows = mapRows(value, 'Targets', about, targetRow, ({ TargetId: target, Arn }, at) =>
    says(about, at, organizationOf(Arn ?? ''), [{ said: 'attachment', policy, target }]),
  )
  return joined([rows, isWhole(value, rows) ? says(about, atWhole(about), undefined, [{ said: 'all-targets', policy }]) : NOTHING_MAPPED])
}

function describedPolicy(value: unknown, about: About): Mapped {
  return mapWhole(
    value,
    about,
    policyWhole,
    ({ PolicySummary: row, Content }, at) => {
      const document = documentText(Content)
      const organization = organizationOf(row.Arn)
      const content = document === null ? [] : [{ said: 'content', policy: row.Id, document } as const]
      return joined([says(about, at, organization, policyPieces(row)), says(about, inside(at, 'Content'), organization, content)])
    },
    'Policy',
  )
}

function delegatedServices(account: string, value: unknown, about: About): Mapped {
  const rows = mapRows(value, 'DelegatedServices', about, serviceRow, ({ ServicePrincipal }, at) =>
    says(about, at, undefined, [{ said: 'delegated-service', account, service: ServicePrincipal }]),
  )
  const all = isWhole(value, rows) ? says(about, atWhole(about), undefined, [{ said: 'all-delegated-services', account }]) : NOTHING_MAPPED
  return joined([rows, all])
}

/** A root, a unit or an account of which only the id is known. */
const known = (node: string): OrganizationPiece =>
  isAccountId(node) ? { said: 'account', id: node } : node.startsWith('r-') ? { said: 'root', id: node } : { said: 'unit', id: node }

const lies = (child: string, parent: string, about: About, at: Origin): Mapped =>
  says(about, at, undefined, [known(child), known(parent), { said: 'parent', of: child, parent }])

/** Of the first row of a list, or of an object. */
function arnOf(value: unknown, list: string): string | undefined {
  const found = memberOf(value, list)
  const row: unknown = Array.isArray(found) ? found[0] : found
  const named = isRecord(row) ? memberOf(row, 'Arn') : undefined
  return typeof named === 'string' && parseArn(named)?.service === 'organizations' ? named : undefined
}

/** Recognised by its list, where the ARNs in it are of Organizations. */
const byArn = (list: string): Pick<OutputKind, 'knownBy' | 'is' | 'accountOf'> => ({
  knownBy: [list],
  is: (value) => arnOf(value, list) !== undefined,
  accountOf: (value) => ownerOf(arnOf(value, list)),
})

const NO_ORGANIZATION = ['AWSOrganizationsNotInUseException']

const scopes: readonly OutputKind[] = [
  {
    id: 'aws/organizations/describe-organization',
    ...byArn('Organization'),
    map: (value, about) =>
      mapWhole(value, about, organizationRow, (row, at) => says(about, at, row.Id, managedBy(row.MasterAccountArn ?? row.Arn)), 'Organization'),
    absent: NO_ORGANIZATION,
  },
  {
    id: 'aws/organizations/list-roots',
    ...byArn('Roots'),
    map: (value, about) =>
      mapRows(value, 'Roots', about, rootRow, (row, at) =>
        says(about, at, organizationOf(row.Arn), [
          ...managedBy(row.Arn),
          { said: 'root', id: row.Id, name: row.Name ?? undefined, policyTypes: row.PolicyTypes?.map(({ Type }) => Type).sort() },
        ]),
      ),
    absent: NO_ORGANIZATION,
  },
  {
    id: 'aws/organizations/list-organizational-units-for-parent',
    ...byArn('OrganizationalUnits'),
    map: (value, about) =>
      mapRows(value, 'OrganizationalUnits', about, unitRow, (row, at) =>
        says(about, at, organizationOf(row.Arn), [
          ...managedBy(row.Arn),
          { said: 'unit', id: row.Id, name: row.Name ?? undefined },
          ...placed(row.Id, askedAbout(about).id || parentIn(row.Path, row.Id)),
        ]),
      ),
    absent: ['ParentNotFoundException'],
  },
  { id: 'aws/organizations/list-accounts', ...byArn('Accounts'), map: (value, about) => accounts(value, about), absent: NO_ORGANIZATION },
  {
    id: 'aws/organizations/list-accounts-for-parent',
    needsSubject: true,
    map: of((parent, value, about) => accounts(value, about, parent)),
    absent: ['ParentNotFoundException'],
  },
  {
    id: 'aws/organizations/list-parents',
    needsSubject: true,
    map: of((child, value, about) => mapRows(value, 'Parents', about, childRow, ({ Id: parent }, at) => lies(child, parent, about, at))),
    absent: ['ChildNotFoundException'],
  },
  {
    id: 'aws/organizations/list-children',
    needsSubject: true,
    map: of((parent, value, about) => mapRows(value, 'Children', about, childRow, ({ Id: child }, at) => lies(child, parent, about, at))),
    absent: ['ParentNotFoundException'],
  },
]

const policies: readonly OutputKind[] = [
  { id: 'aws/organizations/list-policies', map: listedPolicies, absent: NO_ORGANIZATION },
  {
    id: 'aws/organizations/describe-policy',
    knownBy: ['Policy'],
    is: (value) => arnOf(value['Policy'], 'PolicySummary') !== undefined,
    // Of a policy of AWS, the ARN names no account.
    accountOf: (value) => ownerOf(arnOf(value['Policy'], 'PolicySummary')),
    map: describedPolicy,
    absent: ['PolicyNotFoundException'],
  },
  { id: 'aws/organizations/list-targets-for-policy', needsSubject: true, map: targetsOfPolicy, absent: ['PolicyNotFoundException'] },
  { id: 'aws/organizations/list-policies-for-target', needsSubject: true, map: of(policiesOfTarget), absent: ['TargetNotFoundException'] },
]

const delegations: readonly OutputKind[] = [
  {
    id: 'aws/organizations/list-delegated-administrators',
    ...byArn('DelegatedAdministrators'),
    map: (value, about) =>
      mapRows(value, 'DelegatedAdministrators', about, accountRow, (row, at) =>
        says(about, at, organizationOf(row.Arn), [...accountPieces(row, undefined), { said: 'delegate', account: row.Id }]),
      ),
    absent: NO_ORGANIZATION,
  },
  {
    id: 'aws/organizations/list-delegated-services-for-account',
    needsSubject: true,
    map: of(delegatedServices),
    absent: ['AccountNotRegisteredException'],
  },
]

export const organizations: OutputPart = { part: 'organizations', regional: false, kinds: [...scopes, ...policies, ...delegations] }
