import type { CoverageFact, EntityFact, SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes, ExportDocument } from '../source.ts'
import { parseArn } from './arn.ts'
import { toIsoDate } from './dates.ts'
import { documentText, isRecord } from './document.ts'
import { edge, properties, ref } from './map/facts.ts'
import type { AwsState, Organization } from './reading.ts'
import { organizationNode, upperFirst, wrongShape, type OrganizationNode, type OrganizationPolicy } from './schema.ts'

const organizationCoverage = (id: string): string => `aws:organizations:${id}`

/** A root with what is below it: `{Id: 'r-…', Arn, Policies: [{Content}], Children: […]}`. */
export const isOrganizationTree = (value: unknown): boolean =>
  isRecord(value) && ['Id', 'Arn', 'Children'].every((wanted) => Object.keys(value).some((key) => upperFirst(key) === wanted))

/** What holds for a whole tree. */
interface Tree {
  readonly state: AwsState
  readonly file: string
  readonly organization: string
  readonly coverage: string
  readonly managementAccount: string
  readonly said: Organization
  readonly policies: Set<string>
}

export function acceptOrganization(state: AwsState, document: ExportDocument, value: unknown): readonly SourceRecord[] {
  const checked = organizationNode.safeParse(value)
  if (!checked.success) {
    const { place, message } = wrongShape(checked.error, document.document)
    return [fileFinding('WRONG_SHAPE', document.file, place, message)]
  }
  const arn = parseArn(checked.data.Arn)
  const organization = arn?.resource.split('/')[1] ?? ''
  const said = state.organizations.get(organization) ?? { files: new Set(), newest: undefined, complete: true }
  said.files.add(document.file)
  state.organizations.set(organization, said)
  const coverage = organizationCoverage(organization)
  const tree: Tree = { state, file: document.file, organization, coverage, managementAccount: arn?.account ?? '', said, policies: new Set() }
  const top = scopeEntity(tree, 'AwsOrganization', organization, organization, null)
  return [top, ...mapNode(tree, checked.data, organization, document.document)]
}

function mapNode(tree: Tree, node: OrganizationNode, parent: string, place: string): readonly SourceRecord[] {
  const joined = toIsoDate(node.JoinedTimestamp)
  if (joined !== undefined && (tree.said.newest ?? '') < joined) tree.said.newest = joined
  const own = /^\d{12}$/.test(node.Id)
    ? noteAccount(tree, node, parent)
    : [scopeEntity(tree, 'AwsOrganizationalUnit', node.Id, node.Name ?? node.Id, parent)]
  return [
    ...own,
    edge('CONTAINS', ref('Scope', parent), ref('Scope', node.Id), [tree.coverage]),
    ...mapPolicies(tree, node, place),
    ...node.Children.flatMap((child, index) => mapChild(tree, child, node.Id, `${place}.Children[${index}]`.replace(/^\./, ''))),
  ]
}

function mapChild(tree: Tree, child: unknown, parent: string, place: string): readonly SourceRecord[] {
  const checked = organizationNode.safeParse(child)
  if (checked.success) return mapNode(tree, checked.data, parent, place)
  tree.said.complete = false
  const wrong = wrongShape(checked.error, place)
  return [fileFinding('WRONG_SHAPE', tree.file, wrong.place, wrong.message, { coverage: tree.coverage })]
}

/** The account's scope is made at the end, from all that speak of it. Where trees disagree, the same one wins in any order. */
function noteAccount(tree: Tree, node: OrganizationNode, parent: string): readonly SourceRecord[] {
  const managementAccount = node.Id === tree.managementAccount
  const account = { name: node.Name ?? undefined, parent, managementAccount, coverage: tree.coverage }
  const known = tree.state.organizationAccounts.get(node.Id)
  if (known === undefined || JSON.stringify(account) < JSON.stringify(known)) tree.state.organizationAccounts.set(node.Id, account)
  return []
}

function scopeEntity(tree: Tree, kind: string, id: string, name: string, scope: string | null): EntityFact {
  return { record: 'entity', label: 'Scope', kind, id, name, provider: 'aws', scope, properties: {}, document: null, coverage: [tree.coverage] }
}

function mapPolicies(tree: Tree, node: OrganizationNode, place: string): readonly SourceRecord[] {
  if (node.Policies === undefined || node.Policies === null) {
    tree.said.complete = false
    const message = `The policies of ${node.Id} are not in the export: what they take away is not known.`
    return [fileFinding('EXPORT_TRUNCATED', tree.file, place, message, { entity: node.Id, coverage: tree.coverage })]
  }
  return node.Policies.flatMap((policy, index) => mapPolicy(tree, policy, node.Id, `${place}.Policies[${index}]`.replace(/^\./, '')))
}

/** Other types (tags, backups …) take no access away. */
const GUARDRAILS: Readonly<Record<string, string>> = {
  SERVICE_CONTROL_POLICY: 'ServiceControlPolicy',
  RESOURCE_CONTROL_POLICY: 'ResourceControlPolicy',
}

function mapPolicy(tree: Tree, policy: OrganizationPolicy, target: string, place: string): readonly SourceRecord[] {
  const kind = GUARDRAILS[policy.Type]
  if (kind === undefined) return []
  const limits = edge('LIMITS', ref('Guardrail', policy.Arn), ref('Scope', target), [tree.coverage])
  const document = documentText(policy.Content)
  const key = `${policy.Arn} ${document ?? ''}`
  if (tree.policies.has(key)) return [limits]
  tree.policies.add(key)
  const guardrail: EntityFact = {
    record: 'entity',
    label: 'Guardrail',
    kind,
    id: policy.Arn,
    name: policy.Name ?? policy.Id ?? policy.Arn,
    provider: 'aws',
    scope: tree.organization,
    properties: properties({
      uniqueId: policy.Id,
      description: policy.Description,
      ...(policy.AwsManaged === true ? { providerManaged: true } : {}),
    }),
    document,
    origin: { file: tree.file, place: `${place}.Content` },
    coverage: [tree.coverage],
  }
  const missing = `The policy ${policy.Arn} has no content here: what it takes away is not known.`
  const findings = document === null ? [fileFinding('POLICY_MISSING', tree.file, place, missing, { entity: target, coverage: tree.coverage })] : []
  return [guardrail, edge('CONTAINS', ref('Scope', tree.organization), ref('Guardrail', policy.Arn), [tree.coverage]), limits, ...findings]
}

export function* organizationCoverages(state: AwsState, notes: BundleNotes): Generator<CoverageFact> {
  for (const [id, { files, newest, complete }] of state.organizations) {
    const noted = [...files].map((file) => notes.noteOf(file))
    const times = noted.map((note) => note?.takenAt).filter((time) => time !== undefined)
    yield {
      record: 'coverage',
      id: organizationCoverage(id),
      provider: 'aws',
      scope: id,
      asOf: times.sort().at(-1) ?? newest ?? null,
      complete: complete && noted.every((note) => note?.complete !== false),
    }
  }
}
