import { LARGEST_PAGE } from '../operations/paging.ts'

/** What one request may ask for; docs/api.md says the same. */
export const LIMITS = {
  pageSize: LARGEST_PAGE,
  /** Fields nested in fields. A full answer takes 7, introspection 13. */
  queryDepth: 15,
  /** See query-cost.ts. A page of 500 rows with their whole evidence costs about 200,000. */
  queryCost: 500_000,
  bodyBytes: 1024 * 1024,
  requestMs: 30_000,
} as const
