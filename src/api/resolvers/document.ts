/** A document is kept as the provider's text; it is shown as the value that it spells, or as the text where it spells none. */
export function documentValue(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
