import type { ActionKnowledge } from './actions/knowledge.ts'
import { isObject, parseDocument } from './document.ts'
import { publicityOf } from './grants/public-policy.ts'
import { isUnreadableDocument, validateObject } from './grammar/validate.ts'
import { compileStatement, type StatementContent } from './statement-compiler.ts'
import type { CompiledPolicy, CompiledStatement, PolicyCompiler, PolicyFault, PolicyType, StatementProgram } from './types.ts'

/** Compiles documents. Statements of equal content share one program. */
export function createCompiler(knowledge: ActionKnowledge): PolicyCompiler {
  const programs: StatementProgram[] = []
  const byContent = new Map<string, StatementProgram>()

  const intern = (content: StatementContent): StatementProgram => {
    const key = JSON.stringify(content)
    const known = byContent.get(key)
    if (known !== undefined) return known
    const program = compileStatement(content, programs.length, knowledge)
    programs.push(program)
    byContent.set(key, program)
    return program
  }

  return { programs, compile: (document, id, type) => compilePolicy(document, id, type, intern) }
}

type Intern = (content: StatementContent) => StatementProgram

function compilePolicy(document: unknown, id: string, type: PolicyType, intern: Intern): CompiledPolicy {
  const object = parseDocument(document)
  if (object === undefined) return unreadablePolicy(id, type, [{ place: '', message: noDocument(document), severity: 'unreadable' }], intern)
  const faults = validateObject(object, type)
  if (isUnreadableDocument(faults)) return unreadablePolicy(id, type, faults, intern)
  const withVariables = object['Version'] === '2012-10-17'
  const list: readonly unknown[] = Array.isArray(object['Statement']) ? object['Statement'] : [object['Statement']]
  const statements = list.flatMap((statement, index) => compileBoth(statement, index, withVariables, type, intern))
  const compiled = { id, type, statements, faults, unreadable: false }
  return type === 'RESOURCE' ? { ...compiled, publicity: publicityOf(object, faults) } : compiled
}

const noDocument = (document: unknown): string => (document === null ? 'Its document was not loaded.' : 'The document is not a JSON object.')

/** Nothing is known of it: it may allow and it may deny. */
function unreadablePolicy(id: string, type: PolicyType, faults: readonly PolicyFault[], intern: Intern): CompiledPolicy {
  return { id, type, statements: compileBoth({ Unreadable: id }, 0, false, type, intern), faults, unreadable: true }
}

/** A statement whose effect can't be read is both: perhaps it allows, perhaps it denies. */
function compileBoth(statement: unknown, index: number, withVariables: boolean, type: PolicyType, intern: Intern): CompiledStatement[] {
  const object = isObject(statement) ? statement : {}
  const { Sid: sid, Effect: effect, ...rest } = object
  const written = typeof effect === 'string' ? EFFECTS[effect.toLowerCase()] : undefined
  return (written === undefined ? (['Allow', 'Deny'] as const) : [written]).map((each) => ({
    index,
    ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
    program: intern({ type, withVariables, effect: each, isEffectReadable: written !== undefined, elements: rest }),
  }))
}

const EFFECTS: Readonly<Record<string, 'Allow' | 'Deny'>> = { allow: 'Allow', deny: 'Deny' }
