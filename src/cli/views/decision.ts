import type { AccessDecision, Effect, EvidenceStep, Reason } from '../../api/schema.generated.ts'
import type { Column } from '../output/cells.ts'
import type { Paint } from '../output/print.ts'
import { printable } from '../output/table.ts'
import { spoken } from './entity.ts'

export const decisionColumns: readonly Column<AccessDecision>[] = [
  { title: 'Effect', cell: ({ effect }) => effect },
  { title: 'Because', cell: ({ because }) => because.map(({ message }) => message).join('; ') },
  { title: 'Conditions', cell: ({ conditions }) => conditions.join('; ') },
  { title: 'Caveats', cell: ({ caveats }) => caveats.map(({ message }) => message).join('; '), csvOnly: true },
]

const COLOURS = { ALLOW: 'green', CONDITIONAL: 'yellow', DENY: 'red' } as const satisfies Record<Effect, string>

/** @param explain with the evidence, the statements and everything that was in the way */
export function decisionText(decision: AccessDecision, explain: boolean, paint: Paint): string {
  const { effect, because, conditions, parts, findings, evidence } = decision
  const sections = [
    section('Because', because.map(reasonLine)),
    section('Only if', conditions),
    section(
      'Parts of the question differ',
      (parts ?? []).map((part) => `${part.effect.padEnd(11)} ${part.action} on ${part.resource}`),
    ),
    ...(explain ? [section('Evidence', evidence.flatMap(evidenceLines))] : []),
    section(
      'Faults of the documents',
      (findings ?? []).map(({ policy, place, message }) => `${policy} ${place}: ${message}`),
    ),
  ]
  return `${paint(COLOURS[effect], effect)}\n${sections.join('')}`
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`
}

function reasonLine({ layer, message, policy, statement, level }: Reason): string {
  const place = [policy, statement, typeof level === 'number' ? `level ${level}` : undefined].filter((part) => typeof part === 'string')
  const known = place.filter((part) => !message.includes(part))
  return `${layer}: ${message}${known.length === 0 ? '' : ` (${known.join(', ')})`}`
}

function evidenceLines(step: EvidenceStep, at: number): readonly string[] {
  const head = `${String(at + 1).padStart(2)}. ${step.relation.padEnd(10)} ${step.text}`
  const about = step.text.includes(step.entity.id) || step.text.includes(step.entity.name) ? [] : [`${' '.repeat(15)}${spoken(step.entity)}`]
  const statement = step.document === null || step.document === undefined ? [] : [`${' '.repeat(15)}${JSON.stringify(step.document)}`]
  return [head, ...about, ...statement]
}
