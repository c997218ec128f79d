import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { OutputPart } from './output.ts'
import { arnIn, resource } from './records.ts'
import { policyOutput } from './resource-policy.ts'
import { mapRows, mapWhole } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Tables: https://docs.aws.amazon.com/cli/latest/reference/dynamodb/ */

const table = struct({
  TableArn: name,
  TableStatus: text,
  CreationDateTime: date,
  SSEDescription: struct({ KMSMasterKeyArn: text }).nullish(),
})

export const dynamodb: OutputPart = {
  part: 'dynamodb',
  regional: true,
  kinds: [
    {
      id: 'aws/dynamodb/list-tables',
      knownBy: ['TableNames'],
      needsRegion: true,
      map: (value, about) =>
        mapRows(value, 'TableNames', about, name, (named) => resource({ id: arnIn(about, 'dynamodb', `table/${named}`) }, about)),
    },
    {
      id: 'aws/dynamodb/describe-table',
      ...knownByArn('dynamodb', 'Table', 'TableArn'),
      map: (value, about) =>
        mapWhole(
          value,
          about,
          table,
          (row) => {
            const encryptionKey = row.SSEDescription?.KMSMasterKeyArn
            return resource(
              { id: row.TableArn, properties: { state: row.TableStatus, createdAt: toIsoDate(row.CreationDateTime), encryptionKey } },
              about,
            )
          },
          'Table',
        ),
    },
    policyOutput({
      id: 'aws/dynamodb/get-resource-policy',
      member: 'Policy',
      needsSubject: true,
      resourceOf: ({ subject }) => (subject.startsWith('arn:') ? { id: subject, kind: kindOf(subject) } : undefined),
      absent: ['PolicyNotFoundException'],
    }),
    tagsOfSubject('aws/dynamodb/list-tags-of-resource', 'Tags'),
  ],
}

/** A table's stream has a policy of its own. */
const kindOf = (arn: string): string => (arn.includes('/stream/') ? 'AWS::DynamoDB::Stream' : 'AWS::DynamoDB::Table')
