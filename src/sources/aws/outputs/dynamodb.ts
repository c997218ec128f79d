import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { OutputPart } from './output.ts'
import { arnIn, locatedBy, resource } from './records.ts'
import { policyOutput, subjectOfPolicy } from './resource-policy.ts'
import { mapRows, mapWhole } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Tables: https://docs.aws.amazon.com/cli/latest/reference/dynamodb/ */

const GONE = ['ResourceNotFoundException']

const table = struct({
  TableArn: name,
  TableStatus: text,
  CreationDateTime: date,
  SSEDescription: struct({ KMSMasterKeyArn: text }).nullish(),
})

/** Its statements may name the table and its indexes, or the stream, and nothing else. */
const inPolicy = (value: Readonly<Record<string, unknown>>): string | undefined =>
  subjectOfPolicy(value['Policy'], /^(arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[^*?/]+(?:\/stream\/[^*?/]+)?)(?:\/index\/.*)?$/s)

/** A table's stream has a policy of its own. */
const kindOf = (arn: string): string => (arn.includes('/stream/') ? 'AWS::DynamoDB::Stream' : 'AWS::DynamoDB::Table')

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
      gone: GONE,
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
      knownBy: ['Policy', 'RevisionId'],
      is: (value) => inPolicy(value) !== undefined,
      ...locatedBy(inPolicy),
      resourceOf: ({ subject }, value) => {
        const id = subject.startsWith('arn:') ? subject : inPolicy(value)
        return id === undefined ? undefined : { id, kind: kindOf(id) }
      },
      absent: ['PolicyNotFoundException'],
      gone: GONE,
    }),
    tagsOfSubject('aws/dynamodb/list-tags-of-resource', 'Tags'),
  ],
}
