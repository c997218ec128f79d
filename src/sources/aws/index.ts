import type { SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes, ExportDocument, ListElement, Source } from '../source.ts'
import { accountFacts, aliasesByAccount, rootUserId } from './accounts.ts'
import { isRecord } from './document.ts'
import { iamCoverage, type Mapped } from './map/facts.ts'
import { resolveOpenEnds } from './open-ends.ts'
import { policiesSaid } from './policies-said.ts'
import { organizationFacts, type OrganizationFacts } from './organization/facts.ts'
import { isOrganizationTree, mapOrganizationTree } from './organization/tree.ts'
import {
  acceptMissingOutput,
  acceptOutput,
  acceptOutputElement,
  assembleOutputs,
  commandOf,
  isOutputList,
  noteGap,
  OUTPUT_KINDS,
  outputAccounts,
  outputCoverages,
  outputReadings,
  settleHomeless,
} from './outputs/engine.ts'
import { CREDENTIAL_REPORT, isCredentialReport } from './outputs/iam-credential-report.ts'
import { accountsOfPage, folderOf, iamCoverageOf, pagesByAccount, surroundingsOf } from './pages.ts'
import { acceptIamDocument, acceptIamElement, acceptMapped, isIamDocument, isIamElement, isIamList, newState, type AwsState } from './reading.ts'
import { acceptResourcePolicy, isResourcePolicy, resourceCoverage, resourceCoverages } from './resource-policies.ts'
import { accountAliases, callerIdentity } from './schema.ts'
import { usersSaid } from './users-said.ts'

export const aws: Source = {
  kinds: [
    {
      id: 'aws/account-authorization-details',
      command: 'aws iam get-account-authorization-details',
      knownBy: 'UserDetailList, GroupDetailList, RoleDetailList',
    },
    { id: 'aws/account-aliases', command: 'aws iam list-account-aliases', knownBy: 'AccountAliases' },
    { id: 'aws/caller-identity', command: 'aws sts get-caller-identity', knownBy: 'UserId, Account, Arn' },
    { id: 'aws/resource-policies', command: 'a list of resource policies', knownBy: 'Resource, Policy' },
    ...OUTPUT_KINDS.map((kind) => ({ id: kind.id, command: commandOf(kind), knownBy: kind.knownBy?.join(', ') ?? 'its place or a manifest' })),
    { id: 'aws/organization', command: "an organisation's tree with its policies", knownBy: 'Id, Arn, Policies, Children' },
  ],
  streams: (list) => isIamList(list) || isOutputList(list),
  tableOf: (columns) => (isCredentialReport(columns) ? CREDENTIAL_REPORT : undefined),
  open: () => {
    const state = newState()
    return {
      element: (element) => acceptElement(state, element),
      document: (document) => acceptDocument(state, document),
      missing: (answer) => taken(state, acceptMissingOutput(state.outputs, answer)),
      finish: (notes) => finish(state, notes),
    }
  },
}

const taken = (state: AwsState, mapped: Mapped | undefined): readonly SourceRecord[] | undefined =>
  mapped === undefined ? undefined : acceptMapped(state, mapped)

function acceptElement(state: AwsState, element: ListElement): readonly SourceRecord[] | undefined {
  if (isIamElement(element)) return acceptIamElement(state, element)
  return taken(state, acceptOutputElement(state.outputs, element))
}

function acceptDocument(state: AwsState, document: ExportDocument): readonly SourceRecord[] | undefined {
  if (isIamDocument(state, document)) return acceptIamDocument(state, document)
  const value = restored(document)
  const output = taken(state, acceptOutput(state.outputs, document, value))
  if (output !== undefined) return output
  if (!document.whole) return undefined
  if (isResourcePolicy(value)) return acceptResourcePolicy(state, document, value)
  if (isOrganizationTree(value)) return acceptMapped(state, mapOrganizationTree(document, value))
  const aliases = accountAliases.safeParse(value)
  if (aliases.success) {
    state.aliases.push({ file: document.file, place: document.document, names: aliases.data.AccountAliases })
    return []
  }
  const caller = callerIdentity.safeParse(value)
  if (!caller.success || !hasUserId(value)) return undefined
  const folder = folderOf(document.file)
  state.callers.set(folder, (state.callers.get(folder) ?? new Set()).add(caller.data.Account))
  return []
}

const hasUserId = (value: unknown): boolean => isRecord(value) && ('UserId' in value || 'userId' in value)

/** With the list elements put back that nobody took. */
function restored(document: ExportDocument): unknown {
  if (!isRecord(document.value) || document.lists.length === 0) return document.value
  const value: Record<string, unknown> = { ...document.value }
  for (const list of document.lists) value[list] = document.untaken.filter((element) => element.list === list).map((element) => element.value)
  return value
}

function* finish(state: AwsState, notes: BundleNotes): Generator<SourceRecord> {
  const around = surroundingsOf([...state.pages.values()], state.callers, notes)
  const byAccount = pagesByAccount(around)
  const gaps = new Set<string>()
  const homes = new Set([...byAccount.keys(), ...state.resourcePolicies.keys(), ...[...state.callers.values()].flatMap((accounts) => [...accounts])])
  yield* acceptMapped(state, settleHomeless(state.outputs, state.callers, homes))
  yield* acceptMapped(state, assembleOutputs(state.outputs))
  for (const record of usersSaid(state.ends)) {
    if (record.record === 'finding' && record.coverage !== null) noteGap(state.outputs, record.coverage)
    yield record
  }
  yield* policiesSaid(state.ends)
  for (const account of byAccount.keys()) state.ends.stated.add(rootUserId(state, account))
  const organizations = organizationFacts(state.ends.organizations, outputReadings(state.outputs, 'organizations'))
  yield* organizations.records
  const coverages = coveragesOfAccounts(state, [...byAccount.keys()], organizations)
  for (const record of resolveOpenEnds(state.ends, { exported: new Set(byAccount.keys()), known: new Set(coverages.keys()) })) {
    if (record.record === 'finding' && record.coverage !== null) gaps.add(record.coverage.replace('aws:iam:', ''))
    yield record
  }
  const { names, findings } = aliasesByAccount(state, around)
  yield* findings
  yield* accountFacts(state, coverages, { aliases: names, organizations: organizations.accounts })
  for (const [account, pages] of byAccount) yield* iamCoverageOf(account, pages, state.ends.newest.get(account), gaps, notes)
  for (const page of around.pages)
    if (accountsOfPage(page, around).length === 0)
      yield fileFinding('EXPORT_TRUNCATED', page.file, page.document, 'The export holds nobody, and nothing tells which account it is of.')
  yield* resourceCoverages(state, notes)
  yield* outputCoverages(state.outputs)
}

function coveragesOfAccounts(
  state: AwsState,
  iamAccounts: readonly string[],
  organizations: OrganizationFacts,
): ReadonlyMap<string, readonly string[]> {
  const coverages = new Map<string, string[]>()
  const add = (account: string, coverage: string): unknown => coverages.set(account, [...(coverages.get(account) ?? []), coverage].sort())
  for (const account of iamAccounts) add(account, iamCoverage(account))
  for (const account of state.resourcePolicies.keys()) add(account, resourceCoverage(account))
  for (const [account, coverage] of outputAccounts(state.outputs)) add(account, coverage)
  for (const [account, said] of organizations.accounts) add(account, said.coverage)
  return coverages
}
