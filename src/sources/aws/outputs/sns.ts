import { z } from 'zod'
import { name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { NOTHING_MAPPED, type OutputPart } from './output.ts'
import { resource, withUnreadPolicy } from './records.ts'
import { policyOf } from './resource-policy.ts'
import { inside, mapRows, mapWhole } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Topics: https://docs.aws.amazon.com/cli/latest/reference/sns/ */

const topicRow = struct({ TopicArn: name })
const attributes = struct({ TopicArn: name, Policy: z.unknown().optional(), KmsMasterKeyId: text })

export const sns: OutputPart = {
  part: 'sns',
  regional: true,
  kinds: [
    {
      id: 'aws/sns/list-topics',
      ...knownByArn('sns', 'Topics', 'TopicArn'),
      map: (value, about) => mapRows(value, 'Topics', about, topicRow, ({ TopicArn }) => resource({ id: TopicArn }, about)),
    },
    {
      id: 'aws/sns/get-topic-attributes',
      ...knownByArn('sns', 'Attributes', 'TopicArn'),
      gone: ['NotFound', 'NotFoundException'],
      map: (value, about) =>
        mapWhole(
          value,
          about,
          attributes,
          (row, at) => {
            const properties = { encryptionKey: row.KmsMasterKeyId || undefined }
            return policyOf({ id: row.TopicArn, properties, printed: row.Policy, at: inside(at, 'Policy'), mayBeLeftOut: true }, about)
          },
          'Attributes',
        ),
      mapRefused: (about) => (about.subject.startsWith('arn:') ? withUnreadPolicy(about.subject, about) : NOTHING_MAPPED),
    },
    tagsOfSubject('aws/sns/list-tags-for-resource', 'Tags'),
  ],
}
