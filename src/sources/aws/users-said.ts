import type { EntityFact, Origin, Properties, SourceRecord } from '../../domain/facts.ts'
import { findingAt } from '../finding.ts'
import { edge, ref } from './map/facts.ts'
import { keepStated, type OpenEnds } from './open-ends.ts'

/** What an output says of a user beside its policies; many name the user without its path, so that its ARN has to be looked up. */
export interface UserSaid {
  readonly account: string
  /** ROOT_NAME for the account's root user. */
  readonly name: string
  /** Where the output names it. */
  readonly arn?: string
  readonly properties: Properties
  readonly rank: SaidRank
  readonly coverage: string
  readonly at: Origin
}

/** Where outputs differ: a credential report is up to four hours old, a listing is of now, and who was asked about the one user knows best. */
export const SAID_RANKS = ['REPORTED', 'LISTED', 'ASKED'] as const
export type SaidRank = (typeof SAID_RANKS)[number]

export const ROOT_NAME = '<root_account>'

/** One statement of each user by each coverage, with what was said last of each matter. */
export function* usersSaid(ends: OpenEnds): Generator<SourceRecord> {
  const byUser = Map.groupBy(ends.users, ({ account, name, coverage }) => `${coverage} ${account} ${name.toLowerCase()}`)
  for (const said of byUser.values()) yield* userSaid(ends, said)
}

function* userSaid(ends: OpenEnds, said: readonly UserSaid[]): Generator<SourceRecord> {
  const [first] = said
  if (first === undefined) return
  const { account, name, coverage, at } = first
  const id = said.find(({ arn }) => arn !== undefined)?.arn ?? arnOf(ends, account, name)
  if (id === undefined) {
    const message = `Nothing that was read tells the ARN of the user ${name} of account ${account}: ingest it with list-users or the account's authorization details.`
    yield findingAt('WRONG_SHAPE', at, message, { coverage })
    return
  }
  const isRoot = name === ROOT_NAME
  const entity: EntityFact = {
    record: 'entity',
    label: 'Principal',
    kind: isRoot ? 'AwsRootUser' : 'AwsUser',
    id,
    name: isRoot ? 'root' : id.slice(id.lastIndexOf('/') + 1),
    provider: 'aws',
    scope: account,
    properties: { nature: isRoot ? 'HUMAN' : 'UNKNOWN', ...settled(said) },
    document: null,
    coverage: [coverage],
  }
  keepStated(ends, entity)
  yield entity
  yield edge('CONTAINS', ref('Scope', account), ref('Principal', id), [coverage])
}

const arnOf = (ends: OpenEnds, account: string, name: string): string | undefined =>
  name === ROOT_NAME ? `arn:${ends.partitions.get(account) ?? 'aws'}:iam::${account}:root` : ends.userArns.get(`${account}/${name}`)

/** The order of files means nothing. */
const settled = (said: readonly UserSaid[]): Properties =>
  Object.assign(
    {},
    ...[...said]
      .sort((one, other) => SAID_RANKS.indexOf(one.rank) - SAID_RANKS.indexOf(other.rank) || compared(one.properties, other.properties))
      .map(({ properties }) => properties),
  )

const compared = (one: Properties, other: Properties): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
