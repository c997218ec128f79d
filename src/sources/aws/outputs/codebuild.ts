import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { namesOf, variables } from './environment.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { arnIn, resource, runsAs, tagsOf } from './records.ts'
import { roleArn } from './role-arn.ts'
import { mapRows } from './rows.ts'

/** Build projects: https://docs.aws.amazon.com/cli/latest/reference/codebuild/batch-get-projects.html. Sources, which may hold tokens, are not looked at. */

const projectRow = struct({
  Arn: z.string().startsWith('arn:'),
  Description: text,
  ServiceRole: text,
  EncryptionKey: text,
  Environment: struct({ EnvironmentVariables: variables }).nullish(),
  VpcConfig: struct({ VpcId: text }).nullish(),
  Created: date,
  LastModified: date,
  Tags: z.unknown().optional(),
})

function project(row: z.output<typeof projectRow>, about: About): Mapped {
  const properties = {
    description: row.Description || undefined,
    createdAt: toIsoDate(row.Created),
    updatedAt: toIsoDate(row.LastModified),
    encryptionKey: row.EncryptionKey,
    vpc: row.VpcConfig?.VpcId,
    environmentKeys: namesOf(row.Environment?.EnvironmentVariables ?? []),
    tags: tagsOf(row.Tags),
  }
  return joined([resource({ id: row.Arn, properties }, about), runsAs(row.Arn, roleArn(row.ServiceRole, about), about)])
}

export const codebuild: OutputPart = {
  part: 'codebuild',
  regional: true,
  kinds: [
    {
      id: 'aws/codebuild/list-projects',
      needsRegion: true,
      map: (value, about) =>
        mapRows(value, 'Projects', about, name, (listed) => resource({ id: arnIn(about, 'codebuild', `project/${listed}`) }, about)),
    },
    {
      id: 'aws/codebuild/batch-get-projects',
      ...knownByArn('codebuild', 'Projects', 'Arn'),
      map: (value, about) => mapRows(value, 'Projects', about, projectRow, (row) => project(row, about)),
    },
  ],
}
