import type { Entity } from '../../api/schema.generated.ts'
import type { Column } from '../output/cells.ts'

type Shown = Pick<Entity, 'id' | 'kind' | 'name'>

/** How an entity reads in a sentence or a cell: its id, and its name where the id does not hold it. */
export function spoken({ id, name }: Shown): string {
  return id.includes(name) ? id : `${name} (${id})`
}

export const entityColumns: readonly Column<Entity>[] = [
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Id', cell: ({ id }) => id },
  { title: 'Provider', cell: ({ provider }) => provider, csvOnly: true },
  { title: 'Scope', cell: ({ scope }) => scope?.id ?? '', csvOnly: true },
  { title: 'Tags', cell: ({ tags }) => tags.join('; '), csvOnly: true },
]
