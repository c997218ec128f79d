import { or, place, type Formula } from './formula.ts'
import { nameOf, NOTHING, type Hit, type Verdict } from './layers.ts'
import type { Naming } from './principal-element.ts'
import type { Question } from './question.ts'
import { applies, grantsTo } from './statement.ts'
import type { CompiledPolicy } from './types.ts'

/** What the resource's owner says: its policy, and grants that are none. */
export interface ResourceVerdict extends Omit<Verdict, 'allow'>, Naming {
  /** Grants to everybody that S3 Block Public Access makes S3 ignore. */
  readonly ignored: readonly Hit[]
}

export const SILENT_RESOURCE: ResourceVerdict = {
  direct: false,
  anyone: false,
  role: false,
  account: false,
  deny: false,
  allows: NOTHING,
  denies: NOTHING,
  ignored: NOTHING,
}

/** @param start what other policies say beside them */
export function resourceVerdictOf(policies: readonly CompiledPolicy[], question: Question, start = SILENT_RESOURCE): ResourceVerdict {
  let verdict = start
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const source = { policy, statement }
      if (statement.program.effect === 'Deny') {
        verdict = addDeny(verdict, applies(statement.program, question), source)
        continue
      }
      const naming = grantsTo(statement.program, question)
      if (naming !== undefined) verdict = addGrant(verdict, naming, source)
    }
  }
  return verdict
}

/** The same, but what they grant to everybody is ignored. */
export function verdictWithoutPublic(policies: readonly CompiledPolicy[], question: Question, start: ResourceVerdict): ResourceVerdict {
  const isPublic = ({ statement }: Hit): boolean => (grantsTo(statement.program, question)?.anyone ?? false) !== false
  const all = resourceVerdictOf(policies, question)
  const ignored = all.allows.filter(isPublic)
  return {
    ...start,
    direct: or(start.direct, all.direct),
    role: or(start.role, all.role),
    account: or(start.account, all.account),
    deny: or(start.deny, all.deny),
    allows: [...start.allows, ...all.allows.filter((hit) => !isPublic(hit))],
    denies: [...start.denies, ...all.denies],
    ignored,
  }
}

type Source = Pick<Hit, 'policy' | 'statement'>

function placeOf({ policy, statement }: Source): { readonly layer: 'RESOURCE'; readonly policy: string; readonly statement: string } {
  return { layer: 'RESOURCE', policy: policy.id, statement: nameOf(statement) }
}

function addDeny(verdict: ResourceVerdict, bare: Formula, source: Source): ResourceVerdict {
  const formula = place(bare, placeOf(source))
  if (formula === false) return verdict
  const hit: Hit = { layer: 'RESOURCE', ...source, formula }
  return { ...verdict, deny: or(verdict.deny, formula), denies: [...verdict.denies, hit] }
}

function addGrant(verdict: ResourceVerdict, naming: Naming, source: Source): ResourceVerdict {
  const where = placeOf(source)
  const direct = place(naming.direct, where)
  const anyone = place(naming.anyone, where)
  const role = place(naming.role, where)
  const account = place(naming.account, where)
  const formula = or(or(direct, anyone), or(role, account))
  return {
    ...verdict,
    direct: or(verdict.direct, direct),
    anyone: or(verdict.anyone, anyone),
    role: or(verdict.role, role),
    account: or(verdict.account, account),
    allows: [...verdict.allows, { layer: 'RESOURCE', ...source, formula }],
  }
}
