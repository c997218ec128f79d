import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Notebooks and Studio domains: https://docs.aws.amazon.com/cli/latest/reference/sagemaker/ */

const arn = z.string().startsWith('arn:')

const notebookWhole = struct({
  NotebookInstanceArn: arn,
  NotebookInstanceStatus: text,
  RoleArn: text,
  KmsKeyId: text,
  DirectInternetAccess: text,
  CreationTime: date,
  LastModifiedTime: date,
})

function notebook(row: z.output<typeof notebookWhole>, about: About): Mapped {
  const id = row.NotebookInstanceArn
  const properties = {
    state: row.NotebookInstanceStatus,
    encryptionKey: row.KmsKeyId,
    directInternetAccess: isOneOf(row.DirectInternetAccess, 'Enabled', 'Disabled'),
    createdAt: toIsoDate(row.CreationTime),
    updatedAt: toIsoDate(row.LastModifiedTime),
  }
  return joined([resource({ id, properties }, about), runsAs(id, row.RoleArn, about)])
}

/** Undefined where it is neither. */
const isOneOf = (value: string | null | undefined, yes: string, no: string): boolean | undefined =>
  value === yes ? true : value === no ? false : undefined

const settings = struct({ ExecutionRole: text }).nullish()
const domainWhole = struct({
  DomainArn: arn,
  DomainName: text,
  Status: text,
  VpcId: text,
  KmsKeyId: text,
  AppNetworkAccessType: text,
  DefaultUserSettings: settings,
  DefaultSpaceSettings: settings,
  CreationTime: date,
  LastModifiedTime: date,
})

/** The roles that its users and shared spaces have unless their own profiles name another. */
function domain(row: z.output<typeof domainWhole>, about: About): Mapped {
  const id = row.DomainArn
  const properties = {
    state: row.Status,
    vpc: row.VpcId,
    encryptionKey: row.KmsKeyId,
    directInternetAccess: isOneOf(row.AppNetworkAccessType, 'PublicInternetOnly', 'VpcOnly'),
    createdAt: toIsoDate(row.CreationTime),
    updatedAt: toIsoDate(row.LastModifiedTime),
  }
  const roles = new Set([row.DefaultUserSettings?.ExecutionRole, row.DefaultSpaceSettings?.ExecutionRole])
  return joined([resource({ id, name: row.DomainName, properties }, about), ...[...roles].map((role) => runsAs(id, role, about))])
}

/** Other services have domains too. */
const STUDIO = /^arn:[^:]+:sagemaker:[^:]+:\d{12}:domain\//
/** States are left to the descriptions, which may be of another moment. */
const domainListed = struct({ DomainArn: arn, DomainName: text })
const notebookListed = struct({ NotebookInstanceArn: arn })

export const sagemaker: OutputPart = {
  part: 'sagemaker',
  regional: true,
  kinds: [
    {
      id: 'aws/sagemaker/list-notebook-instances',
      ...knownByArn('sagemaker', 'NotebookInstances', 'NotebookInstanceArn'),
      map: (value, about) => mapRows(value, 'NotebookInstances', about, notebookListed, (row) => resource({ id: row.NotebookInstanceArn }, about)),
    },
    {
      id: 'aws/sagemaker/describe-notebook-instance',
      ...knownByArn('sagemaker', 'NotebookInstanceArn'),
      absent: ['RecordNotFound'],
      map: (value, about) => mapWhole(value, about, notebookWhole, (row) => notebook(row, about)),
    },
    {
      id: 'aws/sagemaker/list-domains',
      ...knownByArn(STUDIO, 'Domains', 'DomainArn'),
      map: (value, about) => mapRows(value, 'Domains', about, domainListed, (row) => resource({ id: row.DomainArn, name: row.DomainName }, about)),
    },
    {
      id: 'aws/sagemaker/describe-domain',
      ...knownByArn(STUDIO, 'DomainArn'),
      absent: ['ResourceNotFound'],
      map: (value, about) => mapWhole(value, about, domainWhole, (row) => domain(row, about)),
    },
  ],
}
