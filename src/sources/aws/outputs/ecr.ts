import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { OutputPart } from './output.ts'
import { arnIn, resource } from './records.ts'
import { policyOutput } from './resource-policy.ts'
import { mapRows } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Repositories of container images: https://docs.aws.amazon.com/cli/latest/reference/ecr/ */

const repositoryRow = struct({
  RepositoryArn: name,
  RepositoryName: text,
  CreatedAt: date,
  EncryptionConfiguration: struct({ EncryptionType: text, KmsKey: text }).nullish(),
})

const registryOf = ({ RegistryId: id }: Readonly<Record<string, unknown>>): string | undefined => (typeof id === 'string' ? id : undefined)

export const ecr: OutputPart = {
  part: 'ecr',
  regional: true,
  kinds: [
    {
      id: 'aws/ecr/describe-repositories',
      ...knownByArn('ecr', 'Repositories', 'RepositoryArn'),
      map: (value, about) =>
        mapRows(value, 'repositories', about, repositoryRow, (row) => {
          const properties = { createdAt: toIsoDate(row.CreatedAt), encryptionKey: row.EncryptionConfiguration?.KmsKey }
          return resource({ id: row.RepositoryArn, name: row.RepositoryName, properties }, about)
        }),
    },
    policyOutput({
      id: 'aws/ecr/get-repository-policy',
      member: 'policyText',
      knownBy: ['RegistryId', 'RepositoryName', 'PolicyText'],
      accountOf: registryOf,
      needsRegion: true,
      resourceOf: (about, value) => {
        const { RepositoryName: named } = value
        const repository = typeof named === 'string' ? named : about.subject.replace(/^arn:.*?:repository\//s, '')
        if (repository === '') return undefined
        return { id: arnIn({ ...about, account: registryOf(value) ?? about.account }, 'ecr', `repository/${repository}`), name: repository }
      },
      absent: ['RepositoryPolicyNotFoundException'],
      gone: ['RepositoryNotFoundException'],
    }),
    tagsOfSubject('aws/ecr/list-tags-for-resource', 'Tags'),
  ],
}
