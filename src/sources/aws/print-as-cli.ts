import { documentText } from './document.ts'

/** The members that IAM gives as URL-encoded JSON and the CLI prints as objects. Other services' documents it prints as they come. */
const DOCUMENTS: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document'])

/** An answer of the SDK as the CLI prints it. @param service as the CLI names it */
export function printAsCli(output: object, service: string): string {
  const hasDocuments = service === 'iam'
  function printed(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
    // Not `value`: a Buffer has already turned itself into something else there.
    const bytes = this[key]
    if (bytes instanceof Uint8Array) return Buffer.from(bytes).toString('base64')
    return hasDocuments && DOCUMENTS.has(key) && typeof value === 'string' ? decoded(value) : value
  }
  return `${JSON.stringify(output, printed, 4)}\n`
}

function decoded(value: string): unknown {
  const text = documentText(value)
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return text
  }
}
