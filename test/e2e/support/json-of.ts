/** What a process printed, as what a test expects it to be. */
export function jsonOf<T>(text: string): T {
  return JSON.parse(text)
}

export function linesOf<T>(ndjson: string): readonly T[] {
  return ndjson
    .trim()
    .split('\n')
    .map((line) => jsonOf<T>(line))
}
