import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/**
 * Services of App Runner: https://docs.aws.amazon.com/cli/latest/reference/apprunner/describe-service.html. The instance role is what its code
 * has. With the access role App Runner pulls the image; the code never gets it, so that it is the property `executionRole` only.
 */

const byName = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((record) => Object.keys(record ?? {}))
const runtime = struct({ RuntimeEnvironmentVariables: byName, RuntimeEnvironmentSecrets: byName }).nullish()

const serviceWhole = struct({
  ServiceArn: z.string().startsWith('arn:'),
  Status: text,
  CreatedAt: date,
  UpdatedAt: date,
  SourceConfiguration: struct({
    ImageRepository: struct({ ImageConfiguration: runtime }).nullish(),
    CodeRepository: struct({ CodeConfiguration: struct({ CodeConfigurationValues: runtime }).nullish() }).nullish(),
    AuthenticationConfiguration: struct({ AccessRoleArn: text }).nullish(),
  }).nullish(),
  InstanceConfiguration: struct({ InstanceRoleArn: text }).nullish(),
  EncryptionConfiguration: struct({ KmsKey: text }).nullish(),
  NetworkConfiguration: struct({ IngressConfiguration: struct({ IsPubliclyAccessible: z.boolean().nullish() }).nullish() }).nullish(),
})

function service(row: z.output<typeof serviceWhole>, about: About): Mapped {
  const id = row.ServiceArn
  const source = row.SourceConfiguration
  const runtimes = [source?.ImageRepository?.ImageConfiguration, source?.CodeRepository?.CodeConfiguration?.CodeConfigurationValues]
  const keys = runtimes.flatMap((one) => [...(one?.RuntimeEnvironmentVariables ?? []), ...(one?.RuntimeEnvironmentSecrets ?? [])])
  const isPublic = row.NetworkConfiguration?.IngressConfiguration?.IsPubliclyAccessible
  const properties = {
    state: row.Status,
    createdAt: toIsoDate(row.CreatedAt),
    updatedAt: toIsoDate(row.UpdatedAt),
    encryptionKey: row.EncryptionConfiguration?.KmsKey,
    environmentKeys: [...new Set(keys)].sort(),
    executionRole: source?.AuthenticationConfiguration?.AccessRoleArn,
    internetExposure: typeof isPublic === 'boolean' ? (isPublic ? ['tcp/443 from 0.0.0.0/0'] : []) : undefined,
  }
  return joined([resource({ id, properties }, about), runsAs(id, row.InstanceConfiguration?.InstanceRoleArn, about)])
}

/** Its state is left to the description, which may be of another moment. */
const serviceListed = struct({ ServiceArn: z.string().startsWith('arn:') })

export const apprunner: OutputPart = {
  part: 'apprunner',
  regional: true,
  kinds: [
    {
      id: 'aws/apprunner/list-services',
      ...knownByArn('apprunner', 'ServiceSummaryList', 'ServiceArn'),
      map: (value, about) => mapRows(value, 'ServiceSummaryList', about, serviceListed, (row) => resource({ id: row.ServiceArn }, about)),
    },
    {
      id: 'aws/apprunner/describe-service',
      ...knownByArn('apprunner', 'Service', 'ServiceArn'),
      absent: ['ResourceNotFoundException'],
      map: (value, about) => mapWhole(value, about, serviceWhole, (row) => service(row, about), 'Service'),
    },
  ],
}
