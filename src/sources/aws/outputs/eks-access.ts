import { z } from 'zod'
import type { EntityFact, Origin } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { lastSegment } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { edge, properties, ref, type Mapped } from '../map/facts.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import { joined, NOTHING_MAPPED, saying, type About, type Held } from './output.ts'
import { arnIn, grant, resource, tagsOf } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/**
 * Who of IAM may do what in a cluster: an access entry of a principal, and the access policies that it has, each in the whole cluster or in
 * some namespaces. https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const ACCESS_ENTRIES = 'aws/eks/list-access-entries'
export const ACCESS_ENTRY = 'aws/eks/describe-access-entry'
export const ACCESS_POLICIES = 'aws/eks/list-associated-access-policies'

export const clusterArn = (cluster: string, about: About): string => arnIn(about, 'eks', `cluster/${cluster}`)

const arn = z.string().startsWith('arn:')

const entryWhole = struct({
  ClusterName: name,
  PrincipalArn: arn,
  AccessEntryArn: arn,
  KubernetesGroups: listOf(z.string()),
  Username: text,
  Type: text,
  CreatedAt: date,
  ModifiedAt: date,
  Tags: z.unknown().optional(),
})
type Entry = z.output<typeof entryWhole>

const policyRow = struct({ PolicyArn: arn, AccessScope: struct({ Type: text, Namespaces: listOf(z.string()) }).nullish() })
type Policy = z.output<typeof policyRow>
const policiesWhole = struct({ ClusterName: name, PrincipalArn: arn })

/** What outputs say of one principal in one cluster. */
interface Access {
  readonly cluster: string
  readonly principal: string
  readonly about: About
  entry: Entry | undefined
  at: Origin
  /** Undefined: not collected. */
  policies: Policy[] | undefined
}

export function accessEntries(of: (kind: string) => readonly Held[]): Mapped {
  const found = new Map<string, Access>()
  const accessOf = (cluster: string, principal: string, about: About, at: Origin): Access => {
    const key = `${clusterArn(cluster, about)} ${principal}`
    const access = found.get(key) ?? { cluster: clusterArn(cluster, about), principal, about, entry: undefined, at, policies: undefined }
    found.set(key, access)
    return access
  }
  const faults = [
    ...of(ACCESS_ENTRIES).map(({ value, about }) =>
      mapRows(value, 'AccessEntries', about, arn, (principal, at) => nothing(accessOf(about.subject, principal, about, at))),
    ),
    ...of(ACCESS_ENTRY).map(({ value, about }) =>
      mapWhole(
        value,
        about,
        entryWhole,
        (entry, at) => nothing(describe(accessOf(entry.ClusterName, entry.PrincipalArn, about, at), entry, at)),
        'AccessEntry',
      ),
    ),
    ...of(ACCESS_POLICIES).map(({ value, about }) =>
      mapWhole(value, about, policiesWhole, ({ ClusterName, PrincipalArn }, at) => {
        const access = accessOf(ClusterName, PrincipalArn, about, at)
        access.policies ??= []
        return mapRows(value, 'AssociatedAccessPolicies', about, policyRow, (policy) => nothing(access.policies?.push(policy)))
      }),
    ),
  ]
  return joined([...faults, ...[...found.values()].map(accessFacts)])
}

/** The newer of two descriptions holds, whichever was read first. */
function describe(access: Access, entry: Entry, at: Origin): void {
  if (access.entry !== undefined && ageOf(access.entry) >= ageOf(entry)) return
  access.entry = entry
  access.at = at
}

const ageOf = (entry: Entry): string => `${toIsoDate(entry.ModifiedAt) ?? ''} ${JSON.stringify(entry)}`

const nothing = (_: unknown): Mapped => NOTHING_MAPPED

function accessFacts(access: Access): Mapped {
  const { cluster, principal, about, entry, at } = access
  const policies = distinct(access.policies ?? [])
  const id = entry?.AccessEntryArn ?? `${cluster}#access-entry/${principal}`
  const document = JSON.stringify({
    type: entry?.Type ?? undefined,
    username: entry?.Username ?? undefined,
    kubernetesGroups: entry?.KubernetesGroups,
    associatedAccessPolicies: policies.map(({ PolicyArn, AccessScope }) => ({ policyArn: PolicyArn, accessScope: scopeOf(AccessScope) })),
  })
  const held = grant(
    {
      id,
      kind: 'EksAccessEntry',
      name: `access entry of ${lastSegment(principal)}`,
      principals: [principal],
      at: cluster,
      document,
      origin: at,
      properties: properties({ createdAt: toIsoDate(entry?.CreatedAt), updatedAt: toIsoDate(entry?.ModifiedAt), tags: tagsOf(entry?.Tags) }),
    },
    about,
  )
  return joined([resource({ id: cluster }, about), held, ...policies.map((policy) => given(id, policy, about)), missing(access)])
}

/** Pages and files may overlap. */
const distinct = (policies: readonly Policy[]): readonly Policy[] => {
  const byText = new Map(policies.map((policy) => [JSON.stringify(policy), policy]))
  return [...byText.keys()].sort().flatMap((key) => byText.get(key) ?? [])
}

const scopeOf = (scope: Policy['AccessScope']): object => ({ type: scope?.Type ?? undefined, namespaces: scope?.Namespaces })

function given(entry: string, { PolicyArn: id }: Policy, about: About): Mapped {
  const role: EntityFact = {
    record: 'entity',
    label: 'Role',
    kind: 'EksAccessPolicy',
    id,
    name: lastSegment(id),
    provider: 'aws',
    scope: null,
    properties: { providerManaged: true },
    document: null,
    coverage: [about.coverage],
  }
  return saying(role, edge('GIVES', ref('Grant', entry), ref('Role', id), [about.coverage]))
}

/** Only entries of type STANDARD take policies; those of nodes have the groups of nodes. */
function missing({ cluster, principal, about, entry, policies, at }: Access): Mapped {
  const what =
    entry === undefined
      ? 'The access entry'
      : policies === undefined && (entry.Type ?? 'STANDARD') === 'STANDARD'
        ? 'What the access entry gives'
        : ''
  if (what === '') return NOTHING_MAPPED
  const message = `${what} of ${principal} in ${cluster} was not collected.`
  return saying(fileFinding('EXPORT_TRUNCATED', at.file, at.place, message, { entity: cluster, coverage: about.coverage }))
}
