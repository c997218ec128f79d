import type { AccessDecision, Effect, EvidenceRelation, EvidenceStep, Reason } from '../../api/schema.generated.ts'
import type { Column } from '../output/cells.ts'
import type { Paint } from '../output/print.ts'
import { printable, wrapped } from '../output/table.ts'

export const decisionColumns: readonly Column<AccessDecision>[] = [
  { title: 'Effect', cell: ({ effect }) => effect },
  { title: 'Because', cell: ({ because }) => because.map(({ message }) => message).join('; ') },
  { title: 'Conditions', cell: ({ conditions }) => conditions.join('; ') },
  { title: 'Caveats', cell: ({ caveats }) => caveats.map(({ message }) => message).join('; '), csvOnly: true },
]

const WIDTH = 120

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
  return lines.length === 0 ? '' : `\n${title}:\n${lines.flatMap(folded).join('')}`
}

/** A long line goes on below its own beginning. */
function folded(line: string): readonly string[] {
  const indent = line.search(/\S|$/) + 2
  return wrapped(printable(line).trim(), WIDTH - indent).map((part) => `${' '.repeat(indent)}${part}\n`)
}

function reasonLine({ layer, message, policy, statement, level }: Reason): string {
  const place = [policy, statement, typeof level === 'number' ? `level ${level}` : undefined].filter((part) => typeof part === 'string')
  const known = place.filter((part) => !message.includes(part))
  return `${layer}: ${message}${known.length === 0 ? '' : ` (${known.join(', ')})`}`
}

/** Steps whose entity people may want to look up; the others name a grant, or what the question named. */
const IDENTIFIED: ReadonlySet<EvidenceRelation> = new Set(['PRINCIPAL', 'ACTS_AS', 'MEMBER_OF', 'GIVES', 'LIMITED_BY'])

function evidenceLines(step: EvidenceStep, at: number): readonly string[] {
  const below = ' '.repeat(15)
  const head = `${String(at + 1).padStart(2)}. ${step.relation.padEnd(10)} ${step.text}`
  const id = IDENTIFIED.has(step.relation) && !step.text.includes(step.entity.id) ? [`${below}${step.entity.id}`] : []
  const statement = step.document === null || step.document === undefined ? [] : [`${below}${JSON.stringify(step.document)}`]
  return [head, ...id, ...statement]
}
