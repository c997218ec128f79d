import type { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { firstIn, firstRow } from './first-row.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { arnIn, ownerOf, resource, runsAs } from './records.ts'
import { roleArn } from './role-arn.ts'
import { mapRows, memberOf } from './rows.ts'

/** Jobs and development endpoints: https://docs.aws.amazon.com/cli/latest/reference/glue/. Their arguments, which may hold secrets, are not looked at. */

const jobRow = struct({ Name: name, Description: text, Role: text, CreatedOn: date, LastModifiedOn: date })

function job(row: z.output<typeof jobRow>, about: About): Mapped {
  const id = arnIn(about, 'glue', `job/${row.Name}`)
  const properties = { description: row.Description, createdAt: toIsoDate(row.CreatedOn), updatedAt: toIsoDate(row.LastModifiedOn) }
  return joined([resource({ id, name: row.Name, properties }, about), runsAs(id, roleArn(row.Role, about), about)])
}

const devEndpointRow = struct({
  EndpointName: name,
  RoleArn: text,
  Status: text,
  VpcId: text,
  PublicAddress: text,
  CreatedTimestamp: date,
  LastModifiedTimestamp: date,
})

function devEndpoint(row: z.output<typeof devEndpointRow>, about: About): Mapped {
  const id = arnIn(about, 'glue', `devEndpoint/${row.EndpointName}`)
  const properties = {
    state: row.Status,
    vpc: row.VpcId,
    publicAddress: row.PublicAddress,
    createdAt: toIsoDate(row.CreatedTimestamp),
    updatedAt: toIsoDate(row.LastModifiedTimestamp),
  }
  return joined([resource({ id, name: row.EndpointName, properties }, about), runsAs(id, row.RoleArn, about)])
}

export const glueJobs: OutputPart = {
  part: 'glue-jobs',
  regional: true,
  kinds: [
    {
      id: 'aws/glue/get-jobs',
      knownBy: ['Jobs'],
      // Jobs of other services have no command and role.
      is: (value) => firstIn(value, 'Jobs', 'Role') !== undefined && memberOf(firstRow(value, 'Jobs'), 'Command') !== undefined,
      accountOf: (value) => ownerOf(firstIn(value, 'Jobs', 'Role')),
      needsRegion: true,
      map: (value, about) => mapRows(value, 'Jobs', about, jobRow, (row) => job(row, about)),
    },
    {
      id: 'aws/glue/get-dev-endpoints',
      knownBy: ['DevEndpoints'],
      accountOf: (value) => ownerOf(firstIn(value, 'DevEndpoints', 'RoleArn')),
      needsRegion: true,
      map: (value, about) => mapRows(value, 'DevEndpoints', about, devEndpointRow, (row) => devEndpoint(row, about)),
    },
  ],
}
