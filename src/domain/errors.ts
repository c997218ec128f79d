/**
 * Every error that a user can meet, in one table: GraphQL `extensions.code`, the HTTP status and the exit code come from it.
 * Bad data inside an export is not an error but a finding (FINDING_CODES).
 */
export const ERRORS = {
  BAD_USAGE: { exitCode: 2, status: 400, title: 'The command or query was not understood' },
  BAD_INPUT: { exitCode: 2, status: 400, title: 'Something in the input was refused' },
  BAD_ID: { exitCode: 2, status: 400, title: 'Neither a well-formed id nor a known name' },
  NOT_FOUND: { exitCode: 2, status: 404, title: 'Nothing of that id or name is in the snapshot' },
  AMBIGUOUS_NAME: { exitCode: 2, status: 409, title: 'The name fits several entities' },
  NO_SNAPSHOT: { exitCode: 2, status: 503, title: 'Nothing has been ingested yet' },
  STORE_BUSY: { exitCode: 1, status: 503, title: 'Another process is writing to this store' },
  STORE_UNAVAILABLE: { exitCode: 1, status: 503, title: 'The store cannot be reached or read' },
  COLLECT_FAILED: { exitCode: 1, status: 502, title: 'The cloud did not answer' },
  LIMIT_EXCEEDED: { exitCode: 2, status: 400, title: 'The question is larger than the limits allow' },
  INTERNAL: { exitCode: 1, status: 500, title: 'A fault of Permiscope' },
} as const
export type ErrorCode = keyof typeof ERRORS

/** `details` are plain values for machines (candidates of an ambiguous name, the path of a fault); never document contents or secrets. */
export class PermiscopeError extends Error {
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PermiscopeError'
    this.code = code
    this.details = details
  }
}

/** What can be wrong with an export, by severity. `docs/findings.md` lists exactly these. */
export const FINDING_CODES = {
  FILE_UNREADABLE: 'refused',
  FILE_EMPTY: 'refused',
  NOT_JSON: 'refused',
  NOT_RECOGNISED: 'refused',
  WRONG_SHAPE: 'refused',
  POLICY_INVALID: 'refused',
  POLICY_OUTDATED: 'warning',
  POLICY_MISTAKEN: 'warning',
  POLICY_MISSING: 'warning',
  GROUP_MISSING: 'warning',
  ROLE_MISSING: 'warning',
  PRINCIPAL_MISSING: 'warning',
  SCOPE_MISSING: 'warning',
  TENANT_UNKNOWN: 'warning',
  EXPORT_TRUNCATED: 'warning',
  DUPLICATE_CONFLICT: 'warning',
  ARCHIVE_UNREADABLE: 'refused',
} as const satisfies Record<string, 'refused' | 'warning'>
export type FindingCode = keyof typeof FINDING_CODES
