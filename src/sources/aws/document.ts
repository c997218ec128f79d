/**
 * The text of a policy document. The CLI prints objects; SDKs and the REST API give JSON as a URL-encoded string (RFC 3986), some tools a
 * plain one. What is no JSON after all is kept as it is, so that it can be shown to be faulty.
 */
export function documentText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? decodeText(value) : JSON.stringify(value)
}

function decodeText(text: string): string {
  if (/^\s*\{/.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The statements of a document that are objects, with their 0-based places; none where it can't be read. */
export function statementsOf(document: string | null): readonly { readonly index: number; readonly statement: Statement }[] {
  const parsed = document === null ? undefined : parse(document)
  if (!isRecord(parsed)) return []
  const statements = Array.isArray(parsed['Statement']) ? (parsed['Statement'] as readonly unknown[]) : [parsed['Statement']]
  return statements.flatMap((statement, index) => (isRecord(statement) ? [{ index, statement }] : []))
}

export type Statement = Readonly<Record<string, unknown>>

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value that AWS allows to be one or a list: its strings. */
export const stringsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((item) => typeof item === 'string')
