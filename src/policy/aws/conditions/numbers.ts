/** An integer or decimal; undefined for any other text. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.startsWith('0x') || trimmed.startsWith('0b') || trimmed.startsWith('0o')) return undefined
  const value = Number(trimmed)
  return Number.isFinite(value) ? value : undefined
}
