import type { Snapshot } from '../../api/schema.generated.ts'
import type { Column } from '../output/cells.ts'
import { coverageText } from './coverage.ts'

export const snapshotColumns: readonly Column<Snapshot>[] = [
  { title: 'Snapshot', cell: ({ id }) => id },
  { title: 'Created', cell: ({ createdAt }) => createdAt },
  { title: 'Served', cell: ({ current }) => (current ? 'now' : '') },
  { title: 'Entities', cell: ({ entities }) => String(entities) },
  { title: 'Edges', cell: ({ edges }) => String(edges) },
  { title: 'Findings', cell: ({ findings }) => String(findings.length) },
  { title: 'Covers', cell: ({ coverage }) => coverageText(coverage.map(({ id }) => id)) },
]
