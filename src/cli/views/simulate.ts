import type { AccessDecision } from '../../api/schema.generated.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import type { Column } from '../output/cells.ts'
import type { Paint } from '../output/print.ts'
import { decisionColumns, decisionText } from './decision.ts'

export type SimulateAnswer = AccessDecision | { readonly error: SimulateError }

interface SimulateError {
  readonly code: ErrorCode
  readonly message: string
  /** Where in the document, or on which line. */
  readonly path: string
}

export const simulateColumns: readonly Column<SimulateAnswer>[] = [
  ...decisionColumns.map((column) => ({ ...column, cell: (answer: SimulateAnswer) => ('error' in answer ? '' : column.cell(answer)) })),
  { title: 'Error', cell: (answer) => ('error' in answer ? errorLine(answer.error) : '') },
]

export function simulateText(answer: SimulateAnswer, paint: Paint): string {
  return 'error' in answer ? `${paint('red', 'ERROR')} ${errorLine(answer.error)}\n` : decisionText(answer, false, paint)
}

function errorLine({ code, message, path }: SimulateError): string {
  return `${path === '' ? '' : `${path}: `}${message} (${code})`
}
