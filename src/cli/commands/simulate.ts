import type { Command } from 'commander'
import type { AccessDecision } from '../../api/schema.generated.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import { ERRORS, PermiscopeError } from '../../domain/errors.ts'
import { SIMULATE } from '../documents.ts'
import type { CommonOptions, OutputFormat } from '../options.ts'
import { withCommonOptions, withServerOption } from '../options.ts'
import type { Answer } from '../output/print.ts'
import { print } from '../output/print.ts'
import { answered } from '../pages.ts'
import type { Session } from '../session.ts'
import type { Asked, Questions } from '../simulate-input.ts'
import { readInput, readQuestions } from '../simulate-input.ts'
import type { SimulateAnswer } from '../views/simulate.ts'
import { simulateColumns, simulateText } from '../views/simulate.ts'
import { withSession } from '../with-session.ts'

type Options = Omit<CommonOptions, 'output'> & { readonly output?: OutputFormat }

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .description('decide requests over policies that the documents bring along, without the store (docs/cli.md says what they hold)')
    .argument('<file>', 'one JSON document, an array of them or NDJSON; - for standard input')
  withServerOption(withCommonOptions(command, 'as the input')).action(simulate)
}

async function simulate(file: string, given: Options): Promise<void> {
  const questions = readQuestions(await readInput(file), file)
  const options = { ...given, output: given.output ?? (questions.shape === 'lines' ? 'ndjson' : 'json') } as const
  await withSession(options, 'nothing', async (session) => {
    const answers: SimulateAnswer[] = []
    for (const asked of questions.asked) answers.push(await answerTo(session, asked))
    await print(answerOf(questions, answers), options)
    process.exitCode = Math.max(0, ...answers.map(exitCodeOf))
  })
}

/** An error stands in the place of its answer, so that the others keep theirs. */
async function answerTo(session: Session, asked: Asked): Promise<SimulateAnswer> {
  if ('fault' in asked) return { error: { code: 'BAD_INPUT', message: asked.fault, path: asked.place } }
  try {
    return answered((await session.ask(SIMULATE, { document: asked.document })).simulate)
  } catch (error) {
    if (!(error instanceof PermiscopeError) || error.code === 'STORE_UNAVAILABLE') throw error
    const { code, message, details } = error
    return { error: { code, message, path: typeof details['path'] === 'string' ? details['path'] : '' } }
  }
}

function answerOf({ shape }: Questions, answers: readonly SimulateAnswer[]): Answer<SimulateAnswer> {
  const [only] = answers
  if (shape !== 'one' || only === undefined) return { value: answers, rows: answers, columns: simulateColumns }
  return { value: only, rows: answers, columns: simulateColumns, text: (paint) => simulateText(only, paint) }
}

function exitCodeOf(answer: AccessDecision | { readonly error: { readonly code: ErrorCode } }): number {
  return 'error' in answer ? ERRORS[answer.error.code].exitCode : 0
}
