import { z } from 'zod'
import type { EntityFact, Origin } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { edge, ref, type Mapped, type OpenEnd } from '../map/facts.ts'
import { unstated } from '../open-ends.ts'
import { name, struct, text } from '../schema.ts'
import { joined, NOTHING_MAPPED, saying, type About } from './output.ts'
import { mapRows, memberOf, wrong } from './rows.ts'
import type { Outputs, PermissionSets } from './sso-permission-sets.ts'

/** Who is assigned which permission set in which account. */

const assignmentRow = struct({
  AccountId: z.string().regex(/^\d{12}$/, 'not the 12 digits of an account'),
  PermissionSetArn: name,
  PrincipalType: text,
  PrincipalId: text,
})
type AssignmentRow = z.output<typeof assignmentRow>

interface Assigned {
  readonly mapped: Mapped
  /** `{permission set} {account}` of every assignment. */
  readonly assigned: ReadonlySet<string>
}

export function assignmentFacts(outputs: Outputs, sets: PermissionSets, about: About): Assigned {
  const assigned = new Set<string>()
  const all = [...outputs('list-account-assignments'), ...outputs('list-account-assignments-for-principal')]
  const mapped = all.map((held) =>
    mapRows(held.value, 'AccountAssignments', held.about, assignmentRow, (row, at) => {
      const principal = principalOf(row, held.about)
      if (principal === undefined) return wrong(held.about, at.place, 'Nothing tells whom the assignment is of.')
      assigned.add(pairOf(row.PermissionSetArn, row.AccountId))
      return assignment({ row, principal, setName: sets.byArn.get(row.PermissionSetArn)?.name, at }, about)
    }),
  )
  return { mapped: joined(mapped), assigned }
}

const pairOf = (permissionSet: string, account: string): string => `${permissionSet} ${account}`

interface Principal {
  readonly id: string
  readonly kind: 'IdentityCenterUser' | 'IdentityCenterGroup'
}

const PRINCIPAL_KINDS: Readonly<Record<string, Principal['kind']>> = { USER: 'IdentityCenterUser', GROUP: 'IdentityCenterGroup' }

/** Asked for a principal, it may not be named again: `USER/…` then is the subject. */
function principalOf(row: AssignmentRow, { subject }: About): Principal | undefined {
  const parts = subject.split('/')
  const type = row.PrincipalType ?? parts.find((part) => part in PRINCIPAL_KINDS)
  const id = row.PrincipalId ?? parts.at(-1) ?? ''
  const kind = PRINCIPAL_KINDS[type ?? '']
  return kind === undefined || id === '' ? undefined : { id, kind }
}

interface AssignmentSaid {
  readonly row: AssignmentRow
  readonly principal: Principal
  readonly setName: string | undefined
  readonly at: Origin
}

function assignment({ row, principal, setName, at }: AssignmentSaid, about: About): Mapped {
  const { AccountId: account, PermissionSetArn: set } = row
  const coverage = [about.coverage]
  const grant: EntityFact = {
    record: 'entity',
    label: 'Grant',
    kind: 'AwsAccountAssignment',
    id: `${set}->${account}/${principal.id}`,
    name: `${setName ?? set} in ${account}`,
    provider: 'aws',
    scope: account,
    properties: {},
    document: null,
    origin: at,
    coverage,
  }
  const records = [
    grant,
    edge('HOLDS', ref('Principal', principal.id), ref('Grant', grant.id), coverage),
    edge('GIVES', ref('Grant', grant.id), ref('Role', set), coverage),
    edge('AT', ref('Grant', grant.id), ref('Scope', account), coverage),
  ]
  return { records, open: [holderStub(principal), setStub(set), accountStub(account)] }
}

const named = (stub: EntityFact): OpenEnd => ({ open: 'named', stub })

/** The identity store may not have been listed. */
const holderStub = ({ id, kind }: Principal): OpenEnd =>
  named(unstated({ label: 'Principal', kind, id, name: id, scope: null, properties: { nature: kind === 'IdentityCenterUser' ? 'HUMAN' : 'GROUP' } }))

const setStub = (id: string): OpenEnd => named(unstated({ label: 'Role', kind: 'AwsPermissionSet', id, name: id, scope: null, properties: {} }))

const accountStub = (id: string): OpenEnd => named(unstated({ label: 'Scope', kind: 'AwsAccount', id, name: id, scope: null, properties: {} }))

interface Told {
  readonly outputs: Outputs
  readonly sets: PermissionSets
  readonly instances: readonly { readonly OwnerAccountId?: string | null | undefined }[]
  readonly assigned: ReadonlySet<string>
}

/** What may be assigned and was not listed; and permission sets whose roles can't be told. */
export function assignmentGaps(told: Told, about: About): Mapped {
  const byPrincipal = told.outputs('list-account-assignments-for-principal').length > 0
  return joined([undescribed(told, about), ...(byPrincipal ? [] : [unlisted(told, about)]), hiddenFromDelegate(told, about)])
}

const gap = (about: About, { file, place }: Origin, message: string): Mapped =>
  saying(fileFinding('EXPORT_TRUNCATED', file, place, message, { entity: about.account, coverage: about.coverage }))

const some = (things: readonly string[]): string => `${things.slice(0, 5).join(', ')}${things.length > 5 ? ` and ${things.length - 5} more` : ''}`

/** The role of an assignment is named after the permission set. */
function undescribed({ sets }: Told, about: About): Mapped {
  const without = [...sets.byArn].filter(([, set]) => set.name === undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  const [first] = without
  if (first === undefined) return NOTHING_MAPPED
  return gap(about, first[1].at, `Permission sets were not described, so that their roles can't be told: ${some(without.map(([id]) => id))}.`)
}

/** A permission set is assigned at most where it is provisioned. */
function unlisted({ outputs, sets, assigned }: Told, about: About): Mapped {
  const told = new Set([...assigned, ...outputs('list-account-assignments').flatMap((held) => pairAsked(held.about.subject) ?? [])])
  const toldSets = new Set([...told].map((pair) => pair.slice(0, pair.indexOf(' '))))
  const provisioned = Map.groupBy(outputs('list-accounts-for-provisioned-permission-set'), (held) => held.about.subject)
  const missing = [...sets.byArn.keys()].sort().flatMap((set) => {
    const pages = provisioned.get(set)
    if (pages === undefined) return toldSets.has(set) ? [] : [set]
    const accounts = [...new Set(pages.flatMap(({ value }) => accountsIn(value)))]
    return accounts.filter((account) => !told.has(pairOf(set, account))).map((account) => `${set} in ${account}`)
  })
  const at = sets.byArn.get(missing[0]?.split(' ')[0] ?? '')?.at
  return at === undefined ? NOTHING_MAPPED : gap(about, at, `Who is assigned these permission sets was not listed: ${some(missing)}.`)
}

/** The permission set and the account in a subject, in either order. */
function pairAsked(subject: string): string | undefined {
  const set = /arn:[^:]+:sso:::permissionSet\/[^/]+\/ps-[^/]+/.exec(subject)?.[0]
  const account = subject.split('/').find((part) => /^\d{12}$/.test(part))
  return set === undefined || account === undefined ? undefined : pairOf(set, account)
}

function accountsIn(value: unknown): readonly string[] {
  const ids = memberOf(value, 'AccountIds')
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html: assignments in the management account are its own business. */
function hiddenFromDelegate({ outputs, instances, assigned }: Told, about: About): Mapped {
  const [first] = outputs('list-account-assignments')
  const owners = instances.flatMap(({ OwnerAccountId }) => OwnerAccountId ?? [])
  const hidden = owners.filter((owner) => owner !== about.account && ![...assigned].some((pair) => pair.endsWith(` ${owner}`))).sort()
  if (first === undefined || hidden.length === 0) return NOTHING_MAPPED
  const message = `Account ${about.account} is a delegated administrator: assignments in the management account (${some([...new Set(hidden)])}) are not shown to it.`
  return gap(about, { file: first.about.file, place: first.about.place }, message)
}
