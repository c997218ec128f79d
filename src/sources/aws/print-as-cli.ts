import { documentText } from './document.ts'

/** The members that the API gives as URL-encoded JSON and the CLI prints as objects. */
const DOCUMENTS: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document'])

/** An answer of the SDK as the CLI prints it. */
export const printAsCli = (output: object): string =>
  `${JSON.stringify(output, (key, value: unknown) => (DOCUMENTS.has(key) && typeof value === 'string' ? decoded(value) : value), 4)}\n`

function decoded(value: string): unknown {
  const text = documentText(value)
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return text
  }
}
