import type { Column } from './cells.ts'

const GAP = '  '
const NARROWEST = 8

/** Columns without borders, wrapped so that a line fits in `width`. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): string {
  const shown = columns.filter((column) => column.csvOnly !== true)
  const cells = [shown.map(({ title }) => title), ...rows.map((row) => shown.map(({ cell }) => printable(cell(row))))]
  const widths = fitted(
    shown.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0))),
    width - GAP.length * (shown.length - 1),
  )
  return cells.map((line) => tableLine(line, widths)).join('')
}

/** Names and descriptions come from elsewhere: whatever could steer a terminal is taken out. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}

/** Takes from the widest column until all fit. */
function fitted(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, width) => sum + width, 0) - room
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    const width = widths[widest] ?? 0
    if (width <= NARROWEST) break
    widths[widest] = width - 1
    excess -= 1
  }
  return widths
}

function tableLine(cells: readonly string[], widths: readonly number[]): string {
  const columns = cells.map((cell, at) => wrapped(cell, widths[at] ?? NARROWEST))
  const height = Math.max(...columns.map((lines) => lines.length))
  return Array.from(
    { length: height },
    (_, row) =>
      `${columns
        .map((lines, at) => (lines[row] ?? '').padEnd(widths[at] ?? 0))
        .join(GAP)
        .trimEnd()}\n`,
  ).join('')
}

/** Breaks at spaces, and within a word only where the word alone is too long; in ARNs behind `:` and `/` where there is one. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const head = rest.slice(0, width + 1)
    const space = head.lastIndexOf(' ')
    const mark = Math.max(head.lastIndexOf(':', width - 1), head.lastIndexOf('/', width - 1)) + 1
    const at = space > 0 ? space : mark > width / 2 ? mark : width
    lines.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...lines, rest]
}
