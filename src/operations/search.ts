import type { Estate } from '../estate/estate.ts'
import type { Connection, Entity, SearchQuestion } from './answers.ts'
import { page } from './paging.ts'

/** Entities whose id, name or alias contains the text, best match first: equal, begins with, contains, in the id only. */
export function search(estate: Estate, question: SearchQuestion): Connection<Entity> {
  const kinds = question.kinds === undefined || question.kinds.length === 0 ? null : new Set(question.kinds)
  const found = estate.names
    .search(question.text.trim())
    .map((node) => estate.graph.entityAt(node))
    .filter(({ kind, label }) => kinds === null || kinds.has(kind) || kinds.has(label))
  return page(
    found,
    question,
    ({ id }) => id,
    (entity) => entity,
    [],
  )
}
