import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Origin } from '../../../domain/facts.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputPart } from './output.ts'
import { policyOf } from './resource-policy.ts'
import { inside, mapRows, mapWhole } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Event buses: https://docs.aws.amazon.com/cli/latest/reference/events/ */

const busRow = struct({
  Name: name,
  Arn: name,
  Description: text,
  KmsKeyIdentifier: text,
  Policy: z.unknown().optional(),
  CreationTime: date,
  LastModifiedTime: date,
})

/** A bus without policy takes events from its own account only. */
function mapBus(row: z.output<typeof busRow>, at: Origin, about: About): Mapped {
  const dates = { createdAt: toIsoDate(row.CreationTime), updatedAt: toIsoDate(row.LastModifiedTime) }
  const properties = { ...dates, description: row.Description || undefined, encryptionKey: row.KmsKeyIdentifier || undefined }
  return policyOf({ id: row.Arn, name: row.Name, properties, printed: row.Policy, at: inside(at, 'Policy'), mayBeLeftOut: true }, about)
}

const BUS = /^arn:[^:]+:events:[^:]+:\d{12}:event-bus\//

export const events: OutputPart = {
  part: 'events',
  regional: true,
  kinds: [
    {
      id: 'aws/events/list-event-buses',
      ...knownByArn(BUS, 'EventBuses', 'Arn'),
      map: (value, about) => mapRows(value, 'EventBuses', about, busRow, (row, at) => mapBus(row, at, about)),
    },
    {
      id: 'aws/events/describe-event-bus',
      ...knownByArn(BUS, 'Arn'),
      map: (value, about) => mapWhole(value, about, busRow, (row, at) => mapBus(row, at, about)),
    },
    tagsOfSubject('aws/events/list-tags-for-resource', 'Tags'),
  ],
}
