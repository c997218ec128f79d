import { z } from 'zod'
import type { Mapped } from '../map/facts.ts'
import { name, struct, text } from '../schema.ts'
import { arnOfDiscovered, nameless } from './config-arns.ts'
import { configItem, mapConfigItem } from './config-items.ts'
import { firstRow } from './first-row.ts'
import { inventoried } from './inventory.ts'
import type { About, OutputKind, OutputPart } from './output.ts'
import { ownerOf } from './records.ts'
import { mapRows, memberOf } from './rows.ts'

/**
 * AWS Config as an inventory of everything that it records, in one account and region or, by an aggregator, in many.
 * https://docs.aws.amazon.com/cli/latest/reference/configservice/
 */

const discovered = struct({ ResourceType: name, ResourceId: name, ResourceName: text, SourceRegion: text })

/** What `select-resource-config` prints are texts of JSON, with whatever members were selected. */
const result = z
  .string()
  .transform((printed, context) => {
    try {
      return JSON.parse(printed) as unknown
    } catch {
      context.addIssue('not the JSON of a resource')
      return z.NEVER
    }
  })
  .pipe(configItem)

const textOf = (value: unknown, ...members: readonly string[]): string | undefined =>
  members.map((member) => memberOf(value, member)).find((said) => typeof said === 'string')

const regionIn = (row: unknown): string | undefined => {
  const region = textOf(row, 'AwsRegion', 'SourceRegion')
  return region === 'global' ? undefined : region
}

const accountIn = (row: unknown): string | undefined =>
  textOf(row, 'AwsAccountId', 'AccountId', 'SourceAccountId') ?? ownerOf(textOf(row, 'ARN', 'Arn'))

/** A list of resources each of which may name its account and region. @param opened what a row is that is printed as text */
function listing(
  id: string,
  list: string,
  isRow: (row: unknown) => boolean,
  map: OutputKind['map'] & {},
  opened: (row: unknown) => unknown = (row) => row,
): OutputKind {
  return {
    id: `aws/configservice/${id}`,
    knownBy: [list],
    is: ({ [list]: rows }) => Array.isArray(rows) && rows.every(isRow),
    streams: list,
    rowsNameOwners: true,
    accountOf: (value) => accountIn(opened(firstRow(value, list))),
    regionOf: (value) => regionIn(opened(firstRow(value, list))),
    map,
  }
}

const isOf = (row: unknown): boolean => memberOf(row, 'ResourceType') !== undefined

const items = (list: string) => (value: unknown, about: About) =>
  mapRows(value, list, about, configItem, (item, at) => mapConfigItem(item, at, about))

const mapResults = (value: unknown, about: About): Mapped => mapRows(value, 'Results', about, result, (item, at) => mapConfigItem(item, at, about))

const isText = (row: unknown): boolean => typeof row === 'string' && row.startsWith('{')

function openText(row: unknown): unknown {
  try {
    return typeof row === 'string' ? JSON.parse(row) : undefined
  } catch {
    return undefined
  }
}

const mapDiscovered = (value: unknown, about: About): Mapped =>
  mapRows(value, 'ResourceIdentifiers', about, discovered, (row) => {
    const arn = arnOfDiscovered(row.ResourceType, row.ResourceId, row.ResourceName ?? '', about)
    if (arn === undefined) return nameless(row.ResourceType, about)
    return inventoried({ arn, type: row.ResourceType, name: row.ResourceName, region: row.SourceRegion ?? about.region }, about)
  })

export const config: OutputPart = {
  part: 'config',
  regional: true,
  kinds: [
    listing('select-aggregate-resource-config', 'Results', isText, mapResults, openText),
    listing('select-resource-config', 'Results', isText, mapResults, openText),
    listing('list-aggregate-discovered-resources', 'ResourceIdentifiers', isOf, mapDiscovered),
    listing('list-discovered-resources', 'ResourceIdentifiers', isOf, mapDiscovered),
    listing('batch-get-aggregate-resource-config', 'BaseConfigurationItems', isOf, items('BaseConfigurationItems')),
    listing('batch-get-resource-config', 'BaseConfigurationItems', isOf, items('BaseConfigurationItems')),
    listing('deliver-config-snapshot', 'ConfigurationItems', isOf, items('ConfigurationItems')),
  ],
}
