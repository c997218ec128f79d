import { PermiscopeError } from '../domain/errors.ts'
import type { Query } from '../api/schema.generated.ts'
import { hint } from './messages.ts'
import type { CommonOptions, PageOptions } from './options.ts'
import type { Session } from './session.ts'

interface Pages {
  readonly nodes: readonly unknown[]
  readonly edges: readonly unknown[]
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined }
}

const LARGEST_PAGE = 500

/** The connection that a document asks for: one page, or with `--all` every page joined to one. */
export async function askPages<Field extends 'whoCanReach' | 'effectivePermissions' | 'search'>(
  session: Session,
  field: Field,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  options: PageOptions,
): Promise<Query[Field]> {
  const page = async (first: number | undefined, after: string | undefined): Promise<Query[Field]> => {
    const data = await session.ask(document, { ...variables, first, after })
    return answered<Query[Field]>(data[field])
  }
  if (options.all !== true) return page(options.first, options.after)
  let joined = await page(options.first ?? LARGEST_PAGE, undefined)
  while (joined.pageInfo.hasNextPage) joined = join(joined, await page(options.first ?? LARGEST_PAGE, joined.pageInfo.endCursor ?? undefined))
  return joined
}

function join<Connection extends Pages>(before: Connection, next: Connection): Connection {
  return { ...next, nodes: [...before.nodes, ...next.nodes], edges: [...before.edges, ...next.edges] }
}

export function answered<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new PermiscopeError('INTERNAL', 'the answer lacks the field that was asked for')
  return value
}

/** Says what a page does not show; `json` says it itself. */
export function hintAtMore(options: CommonOptions, connection: Pages): void {
  if (options.output === 'json') return
  const { nodes, totalCount, pageInfo } = connection
  if (pageInfo.hasNextPage) hint(options, `${nodes.length} of ${totalCount} shown; --all shows all, --after ${pageInfo.endCursor} the next ones`)
  else if (options.output === 'table') hint(options, `${totalCount} in all`)
}
