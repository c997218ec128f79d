import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { arnIn, resource } from './records.ts'
import { policyOutput } from './resource-policy.ts'
import { mapRows, memberOf } from './rows.ts'

/** The data catalog and its databases: https://docs.aws.amazon.com/cli/latest/reference/glue/ */

const catalog = (about: About) => ({ id: arnIn(about, 'glue', 'catalog'), kind: 'AWS::Glue::Catalog' })

const databaseRow = struct({ Name: name, Description: text, CreateTime: date })

/** One policy for the whole catalog: its statements name databases and tables. */
export const glueCatalog: OutputPart = {
  part: 'glue-catalog',
  regional: true,
  kinds: [
    policyOutput({
      id: 'aws/glue/get-resource-policy',
      member: 'PolicyInJson',
      knownBy: ['PolicyInJson', 'PolicyHash'],
      needsRegion: true,
      resourceOf: catalog,
      absent: ['EntityNotFoundException'],
    }),
    {
      id: 'aws/glue/get-databases',
      knownBy: ['DatabaseList'],
      // Athena prints such a list too, with less in it.
      is: (value) => [value['DatabaseList']].flat().some((row) => memberOf(row, 'CatalogId') !== undefined),
      needsRegion: true,
      map: (value, about) =>
        joined([
          resource(catalog(about), about),
          mapRows(value, 'DatabaseList', about, databaseRow, (row) => {
            const properties = { description: row.Description || undefined, createdAt: toIsoDate(row.CreateTime) }
            return resource({ id: arnIn(about, 'glue', `database/${row.Name}`), parent: catalog(about).id, properties }, about)
          }),
        ]),
    },
  ],
}
