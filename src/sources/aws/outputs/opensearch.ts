import { z } from 'zod'
import type { Origin } from '../../../domain/facts.ts'
import type { Mapped } from '../map/facts.ts'
import { name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputKind, OutputPart } from './output.ts'
import { arnIn, resource } from './records.ts'
import { policyOf } from './resource-policy.ts'
import { inside, mapRows, mapWhole } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Search domains, which two CLI services print alike: https://docs.aws.amazon.com/cli/latest/reference/opensearch/ and …/es/ */

const domainRow = struct({ DomainName: name })
const domainStatus = struct({
  ARN: name,
  AccessPolicies: z.unknown().optional(),
  VPCOptions: struct({ VPCId: text }).nullish(),
  Endpoint: text,
  Endpoints: z.record(z.string(), z.unknown()).nullish(),
  EncryptionAtRestOptions: struct({ Enabled: z.boolean().nullish(), KmsKeyId: text }).nullish(),
  DomainProcessingStatus: text,
})

/** In a VPC its endpoint has no public address; else anybody can connect. */
function mapDomain(row: z.output<typeof domainStatus>, at: Origin, about: About): Mapped {
  const vpc = row.VPCOptions?.VPCId || undefined
  const encryption = row.EncryptionAtRestOptions
  const properties = {
    vpc,
    internetExposure: vpc === undefined ? ['https'] : [],
    encryptionKey: encryption?.Enabled === true ? encryption.KmsKeyId : undefined,
    state: row.DomainProcessingStatus,
  }
  return policyOf({ id: row.ARN, properties, printed: row.AccessPolicies, at: inside(at, 'AccessPolicies'), mayBeLeftOut: true }, about)
}

const names = (id: string): OutputKind => ({
  id,
  knownBy: ['DomainNames'],
  is: (value) => Array.isArray(value['DomainNames']),
  needsRegion: true,
  map: (value, about) =>
    mapRows(value, 'DomainNames', about, domainRow, (row) => resource({ id: arnIn(about, 'es', `domain/${row.DomainName}`) }, about)),
})

const descriptions = (id: string): OutputKind => ({
  id,
  ...knownByArn('es', 'DomainStatusList', 'ARN'),
  map: (value, about) => mapRows(value, 'DomainStatusList', about, domainStatus, (row, at) => mapDomain(row, at, about)),
})

const description = (id: string): OutputKind => ({
  id,
  ...knownByArn('es', 'DomainStatus', 'ARN'),
  map: (value, about) => mapWhole(value, about, domainStatus, (row, at) => mapDomain(row, at, about), 'DomainStatus'),
})

export const opensearch: OutputPart = {
  part: 'es',
  regional: true,
  kinds: [
    names('aws/opensearch/list-domain-names'),
    descriptions('aws/opensearch/describe-domains'),
    description('aws/opensearch/describe-domain'),
    names('aws/es/list-domain-names'),
    descriptions('aws/es/describe-elasticsearch-domains'),
    description('aws/es/describe-elasticsearch-domain'),
    tagsOfSubject('aws/opensearch/list-tags', 'TagList'),
    tagsOfSubject('aws/es/list-tags', 'TagList'),
  ],
}
