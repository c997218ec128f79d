import type { EntityFact, SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes } from '../source.ts'
import { edge, iamCoverage, properties, ref } from './map/facts.ts'
import { folderOf, type Surroundings } from './pages.ts'
import type { OrganizationAccount } from './organization/facts.ts'
import type { AwsState } from './reading.ts'

/** The coverages that speak of an account, and so state its scope. */
export type AccountCoverages = ReadonlyMap<string, readonly string[]>

/** What accounts are called, and what their organisations say of them. */
export interface AccountNames {
  readonly aliases: ReadonlyMap<string, string>
  readonly organizations: ReadonlyMap<string, OrganizationAccount>
}

/** An account is a scope; named by its alias, else as its organisation names it, else by its number. Its root user is nobody's row. */
export function* accountFacts(state: AwsState, coverages: AccountCoverages, names: AccountNames): Generator<SourceRecord> {
  for (const [account, coverage] of coverages) {
    const said = names.organizations.get(account)
    const alias = names.aliases.get(account)
    yield {
      record: 'entity',
      label: 'Scope',
      kind: 'AwsAccount',
      id: account,
      name: alias ?? said?.name ?? account,
      provider: 'aws',
      scope: said?.parent ?? null,
      properties: properties({ ...said?.properties, aliases: alias === undefined ? undefined : [alias] }),
      document: null,
      coverage,
    }
    if (coverage.includes(iamCoverage(account))) yield* rootUser(account, rootUserId(state, account))
  }
}

export const rootUserId = (state: AwsState, account: string): string => `arn:${state.ends.partitions.get(account) ?? 'aws'}:iam::${account}:root`

function rootUser(account: string, id: string): readonly SourceRecord[] {
  const coverage = [iamCoverage(account)]
  const root: EntityFact = {
    record: 'entity',
    label: 'Principal',
    kind: 'AwsRootUser',
    id,
    name: 'root',
    provider: 'aws',
    scope: account,
    properties: properties({ nature: 'HUMAN' }),
    document: null,
    coverage,
  }
  return [root, edge('CONTAINS', ref('Scope', account), ref('Principal', id), coverage)]
}

/** Aliases don't name their account: a manifest does, or there is only one in their folder. */
export function aliasesByAccount(
  state: AwsState,
  around: Surroundings,
): { readonly names: ReadonlyMap<string, string>; readonly findings: readonly SourceRecord[] } {
  const names = new Map<string, string>()
  const findings: SourceRecord[] = []
  for (const { file, place, names: aliases } of state.aliases) {
    const account = accountOfFile(file, around, around.notes)
    const [alias] = [...aliases].sort()
    if (account === undefined)
      findings.push(
        fileFinding('WRONG_SHAPE', file, place, 'Account aliases name no account: neither a manifest nor a single account in the same folder tells.'),
      )
    else if (alias !== undefined && (names.get(account) ?? alias) >= alias) names.set(account, alias)
  }
  return { names, findings }
}

function accountOfFile(file: string, around: Surroundings, notes: BundleNotes): string | undefined {
  const noted = notes.noteOf(file)?.account
  if (noted !== undefined) return noted
  const folder = folderOf(file)
  const accounts = new Set([...(around.callers.get(folder) ?? []), ...(around.neighbours.get(folder) ?? [])])
  const [only] = accounts
  return accounts.size === 1 ? only : undefined
}
