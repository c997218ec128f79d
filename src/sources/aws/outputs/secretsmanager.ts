import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputPart } from './output.ts'
import { resource, tagsOf } from './records.ts'
import { policyOutput } from './resource-policy.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Secrets: https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/. `get-secret-value` is no output that is read. */

const secretRow = struct({
  ARN: name,
  Name: name,
  Description: text,
  KmsKeyId: text,
  CreatedDate: date,
  LastChangedDate: date,
  LastAccessedDate: date,
  PrimaryRegion: text,
  Tags: z.array(z.unknown()).nullish(),
})

const mapSecret = (row: z.output<typeof secretRow>, about: About): Mapped =>
  resource(
    {
      id: row.ARN,
      name: row.Name,
      properties: {
        description: row.Description || undefined,
        encryptionKey: row.KmsKeyId || 'alias/aws/secretsmanager',
        createdAt: toIsoDate(row.CreatedDate),
        updatedAt: toIsoDate(row.LastChangedDate),
        lastUsedAt: toIsoDate(row.LastAccessedDate),
        tags: tagsOf(row.Tags ?? []),
      },
    },
    about,
  )

/** `shop/pay` of `arn:…:secret:shop/pay-AbCdEf`: AWS appends six characters. */
const nameOfSecret = (arn: string): string => arn.replace(/^.*?:secret:/s, '').replace(/-[A-Za-z0-9]{6}$/, '')

/** A secret's name alone doesn't tell its ARN. */
const secretAsked = (asked: string): string | undefined => (asked.startsWith('arn:') ? asked : undefined)

export const secretsmanager: OutputPart = {
  part: 'secretsmanager',
  regional: true,
  kinds: [
    {
      id: 'aws/secretsmanager/list-secrets',
      ...knownByArn('secretsmanager', 'SecretList', 'ARN'),
      map: (value, about) => mapRows(value, 'SecretList', about, secretRow, (row) => mapSecret(row, about)),
    },
    {
      id: 'aws/secretsmanager/describe-secret',
      ...knownByArn('secretsmanager', 'ARN'),
      knownBy: ['ARN', 'Name', 'VersionIdsToStages'],
      map: (value, about) => mapWhole(value, about, secretRow, (row) => mapSecret(row, about)),
    },
    policyOutput({
      id: 'aws/secretsmanager/get-resource-policy',
      gone: ['ResourceNotFoundException'],
      member: 'ResourcePolicy',
      mayBeLeftOut: true,
      ...knownByArn('secretsmanager', 'ARN'),
      knownBy: ['ARN', 'Name'],
      is: (value) =>
        knownByArn('secretsmanager', 'ARN').is(value) && Object.keys(value).every((key) => ['ARN', 'Name', 'ResourcePolicy'].includes(key)),
      resourceOf: (about, { ARN, Name }) => {
        const id = typeof ARN === 'string' ? ARN : secretAsked(about.subject)
        return id === undefined ? undefined : { id, name: typeof Name === 'string' ? Name : nameOfSecret(id) }
      },
    }),
  ],
}
