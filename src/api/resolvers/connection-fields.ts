import type { Connection } from '../../operations/answers.ts'
import { fields } from './fields.ts'

/** The fields of every connection; `nodes` are those of its edges. */
export function connectionFields<Node>() {
  return {
    ...fields<Connection<Node>>()('edges', 'pageInfo', 'totalCount', 'caveats'),
    nodes: (connection: Connection<Node>) => connection.edges.map((edge) => edge.node),
  }
}
