import { z } from 'zod'
import type { Mapped } from '../map/facts.ts'
import { listOf, struct, text } from '../schema.ts'
import { firstIn, firstRow } from './first-row.ts'
import { inventoried } from './inventory.ts'
import type { About, OutputKind, OutputPart } from './output.ts'
import { ownerOf, tagsOf } from './records.ts'
import { mapRows, memberOf } from './rows.ts'

/**
 * What AWS Resource Explorer has indexed, in all regions and, by an organisation's view, in all its accounts. A search ends at 1000 results.
 * https://docs.aws.amazon.com/cli/latest/reference/resource-explorer-2/
 */

const row = struct({
  Arn: z.string().startsWith('arn:'),
  Region: text,
  Properties: listOf(struct({ Name: text, Data: z.unknown().optional() })),
})

const mapResource = ({ Arn: arn, Region: region, Properties }: z.output<typeof row>, about: About): Mapped => {
  const tags = Properties.find(({ Name }) => Name?.toLowerCase() === 'tags')?.Data
  return inventoried({ arn, region, tags: tagsOf(tags) }, about)
}

/** Resource shares are listed as `resources` too; only here the owner is named. */
const isIndexed = (value: unknown): boolean => ['OwningAccountId', 'LastReportedAt'].some((member) => memberOf(value, member) !== undefined)

const listing = (operation: string): OutputKind => ({
  id: `aws/resource-explorer-2/${operation}`,
  knownBy: ['Resources', 'ViewArn'],
  is: ({ Resources: rows }) => Array.isArray(rows) && rows.every(isIndexed),
  streams: 'Resources',
  rowsNameOwners: true,
  accountOf: (value) => firstIn(value, 'Resources', 'OwningAccountId') ?? ownerOf(firstIn(value, 'Resources', 'Arn')) ?? ownerOf(viewOf(value)),
  map: (value, about) => mapRows(value, 'Resources', about, row, (one) => mapResource(one, about)),
})

const viewOf = (value: Readonly<Record<string, unknown>>): string | undefined =>
  firstRow(value, 'Resources') === undefined && typeof value['ViewArn'] === 'string' ? value['ViewArn'] : undefined

export const resourceExplorer: OutputPart = { part: 'resource-explorer', regional: false, kinds: [listing('list-resources'), listing('search')] }
