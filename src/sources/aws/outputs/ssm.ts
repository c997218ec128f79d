import type { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, type About, type OutputKind, type OutputPart } from './output.ts'
import { arnIn, ownerOf, regionOf, resource, runsAs } from './records.ts'
import { mapRows, memberOf } from './rows.ts'

/** Parameters and managed machines: https://docs.aws.amazon.com/cli/latest/reference/ssm/. What prints a parameter's value is not read. */

const parameterRow = struct({ Name: name, ARN: text, Type: text, KeyId: text, LastModifiedDate: date, Description: text })

const rowsOf = (value: unknown, list: string): readonly unknown[] => [memberOf(value, list)].flat()

const describeParameters: OutputKind = {
  id: 'aws/ssm/describe-parameters',
  knownBy: ['Parameters'],
  is: (value) => {
    const rows = rowsOf(value, 'Parameters')
    return (
      rows.length > 0 &&
      rows.every((row) => memberOf(row, 'Type') !== undefined && memberOf(row, 'LastModifiedDate') !== undefined && !holdsValue(row))
    )
  },
  accountOf: (value) => ownerOf(arnOfParameter(value)),
  regionOf: (value) => regionOf(arnOfParameter(value)),
  needsRegion: true,
  map: (value, about) => mapRows(value, 'Parameters', about, parameterRow, (row) => mapParameter(row, about)),
}

const holdsValue = (row: unknown): boolean => memberOf(row, 'Value') !== undefined

/** Newer CLIs print it. */
const arnOfParameter = (value: unknown): string | undefined =>
  rowsOf(value, 'Parameters')
    .map((row) => memberOf(row, 'ARN'))
    .find((arn) => typeof arn === 'string')

/** The slash with which a path begins is that of the ARN. */
const mapParameter = (row: z.output<typeof parameterRow>, about: About): Mapped =>
  resource(
    {
      id: row.ARN ?? arnIn(about, 'ssm', `parameter/${row.Name.replace(/^\//, '')}`),
      name: row.Name,
      properties: {
        parameterType: row.Type,
        encryptionKey: row.KeyId,
        updatedAt: toIsoDate(row.LastModifiedDate),
        description: row.Description || undefined,
      },
    },
    about,
  )

const instanceRow = struct({ InstanceId: name, PingStatus: text, IamRole: text, ComputerName: text })

/** A machine that doesn't answer now may again. */
function mapInstance(row: z.output<typeof instanceRow>, about: About): Mapped {
  const properties = row.PingStatus === 'Online' ? { ssmManaged: true } : {}
  if (row.InstanceId.startsWith('i-')) {
    const id = arnIn(about, 'ec2', `instance/${row.InstanceId}`)
    // Its name is for EC2 to tell.
    return resource({ id, name: id, properties }, about)
  }
  const id = arnIn(about, 'ssm', `managed-instance/${row.InstanceId}`)
  const aliases = typeof row.ComputerName === 'string' && row.ComputerName !== '' ? [row.ComputerName] : undefined
  const role = typeof row.IamRole === 'string' && row.IamRole !== '' ? `arn:${about.partition}:iam::${about.account}:role/${row.IamRole}` : undefined
  return joined([resource({ id, properties: { ...properties, aliases } }, about), runsAs(id, role, about)])
}

export const ssm: OutputPart = {
  part: 'ssm',
  regional: true,
  kinds: [
    describeParameters,
    {
      id: 'aws/ssm/describe-instance-information',
      knownBy: ['InstanceInformationList'],
      needsRegion: true,
      map: (value, about) => mapRows(value, 'InstanceInformationList', about, instanceRow, (row) => mapInstance(row, about)),
    },
  ],
}
