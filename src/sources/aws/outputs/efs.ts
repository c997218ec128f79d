import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputPart } from './output.ts'
import { arnIn, locatedBy, resource, tagsOf } from './records.ts'
import { policyOutput, resourcesNamed } from './resource-policy.ts'
import { mapRows } from './rows.ts'

/** File systems: https://docs.aws.amazon.com/cli/latest/reference/efs/ */

const fileSystemRow = struct({
  FileSystemArn: name,
  Name: text,
  CreationTime: date,
  LifeCycleState: text,
  KmsKeyId: text,
  Tags: z.array(z.unknown()).nullish(),
})

/** @param fileSystem its id or ARN */
const fileSystemArn = (about: About, fileSystem: string): string =>
  fileSystem.startsWith('arn:') ? fileSystem : arnIn(about, 'elasticfilesystem', `file-system/${fileSystem}`)

const inPolicy = (value: Readonly<Record<string, unknown>>): string | undefined =>
  resourcesNamed(value['Policy']).find((arn) => /^arn:[^:]+:elasticfilesystem:[^:*]+:\d{12}:/.test(arn ?? ''))

export const efs: OutputPart = {
  part: 'efs',
  regional: true,
  kinds: [
    {
      id: 'aws/efs/describe-file-systems',
      ...knownByArn('elasticfilesystem', 'FileSystems', 'FileSystemArn'),
      map: (value, about) =>
        mapRows(value, 'FileSystems', about, fileSystemRow, (row) => {
          const aliases = row.Name === undefined || row.Name === null || row.Name === '' ? undefined : [row.Name]
          const properties = { aliases, createdAt: toIsoDate(row.CreationTime), state: row.LifeCycleState, encryptionKey: row.KmsKeyId }
          return resource({ id: row.FileSystemArn, properties: { ...properties, tags: tagsOf(row.Tags) } }, about)
        }),
    },
    policyOutput({
      id: 'aws/efs/describe-file-system-policy',
      member: 'Policy',
      knownBy: ['FileSystemId', 'Policy'],
      ...locatedBy(inPolicy),
      needsRegion: true,
      resourceOf: (about, { FileSystemId: named }) => {
        const fileSystem = typeof named === 'string' ? named : about.subject
        return fileSystem === '' ? undefined : { id: fileSystemArn(about, fileSystem) }
      },
      absent: ['PolicyNotFound'],
      gone: ['FileSystemNotFound'],
    }),
  ],
}
