import { z } from 'zod'
import { struct } from '../schema.ts'
import { firstIn } from './first-row.ts'
import { inventoried } from './inventory.ts'
import type { OutputPart } from './output.ts'
import { locatedBy, tagsOf } from './records.ts'
import { mapRows } from './rows.ts'

/**
 * What is, or ever was, tagged in a region. https://docs.aws.amazon.com/cli/latest/reference/resourcegroupstaggingapi/get-resources.html
 */

const row = struct({ ResourceARN: z.string().startsWith('arn:'), Tags: z.unknown().optional() })

export const tagging: OutputPart = {
  part: 'tagging',
  regional: true,
  kinds: [
    {
      id: 'aws/resourcegroupstaggingapi/get-resources',
      knownBy: ['ResourceTagMappingList'],
      streams: 'ResourceTagMappingList',
      ...locatedBy((value) => firstIn(value, 'ResourceTagMappingList', 'ResourceARN')),
      map: (value, about) =>
        mapRows(value, 'ResourceTagMappingList', about, row, ({ ResourceARN: arn, Tags }) =>
          inventoried({ arn, region: about.region, tags: tagsOf(Tags) ?? [] }, about),
        ),
    },
  ],
}
