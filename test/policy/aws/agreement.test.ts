import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulate } from '../../../src/operations/simulate.ts'
import { documents } from '../../reference/aws-arbitrary.ts'
import { patternQuestions } from '../../reference/aws-arbitrary-patterns.ts'
import type { Effect, JsonObject } from '../../reference/aws-question.ts'
import { referenceEffect } from '../../reference/aws.ts'

/**
 * `simulate` and the reference say the same about generated documents. PERMISCOPE_SEED and PERMISCOPE_RUNS look further; with
 * PERMISCOPE_SAVE_COUNTEREXAMPLES=1 a counterexample becomes a scenario with the reference's answer, to be checked against AWS's documentation.
 */
interface Scenario {
  readonly document: JsonObject
  readonly effect: Effect
}

const SCENARIOS = new URL('../../scenarios/aws/', import.meta.url)

function save(scenario: Scenario): void {
  const text = `${JSON.stringify(scenario, null, 2)}\n`
  writeFileSync(new URL(`${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`, SCENARIOS), text)
}

function scenarioOf(file: string): Scenario {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the files are ours, written by `save`
  return JSON.parse(readFileSync(new URL(file, SCENARIOS), 'utf8')) as Scenario
}

const seed = Number(process.env['PERMISCOPE_SEED'] ?? 45)
const numRuns = Number(process.env['PERMISCOPE_RUNS'] ?? 2000)

/** The reference is slow, and the same documents are asked more than once. */
const answers = new Map<string, Effect>()

function referenceOnce(document: JsonObject): Effect {
  const text = JSON.stringify(document)
  const answer = answers.get(text) ?? referenceEffect(document)
  answers.set(text, answer)
  return answer
}

const isEqual = (reference: Effect, simulated: Effect): boolean => reference === simulated
const isSound = (reference: Effect, simulated: Effect): boolean => simulated === 'CONDITIONAL' || isEqual(reference, simulated)

/** The smallest document found on which the two don't stand as they should; saved where that is asked for. */
function counterexample(asked: fc.Arbitrary<JsonObject>, stand: (reference: Effect, simulated: Effect) => boolean): object | undefined {
  const property = fc.property(asked, (document) => stand(referenceOnce(document), simulate(document).effect))
  const [document] = fc.check(property, { seed, numRuns: asked === documents ? numRuns : numRuns / 20 }).counterexample ?? []
  if (document === undefined) return undefined
  const scenario = { document, effect: referenceEffect(document) }
  if (process.env['PERMISCOPE_SAVE_COUNTEREXAMPLES'] === '1') save(scenario)
  return { ...scenario, simulate: simulate(document).effect }
}

describe('agreement with the reference', () => {
  test('what simulate is certain of is so', () => {
    expect(JSON.stringify(counterexample(documents, isSound))).toBeUndefined()
  })

  test('what is certain, simulate is certain of', () => {
    expect(JSON.stringify(counterexample(documents, isEqual))).toBeUndefined()
  })

  test('what simulate is certain of for a whole pattern is so', () => {
    expect(JSON.stringify(counterexample(patternQuestions, isSound))).toBeUndefined()
  })

  test('generated documents are worth asking: every effect is common', () => {
    const effects = fc.sample(documents, { seed: 45, numRuns: 500 }).map(referenceEffect)
    const shares = (['ALLOW', 'DENY', 'CONDITIONAL'] as const).map((effect) => effects.filter((other) => other === effect).length / effects.length)
    expect(Math.min(...shares)).toBeGreaterThan(0.05)
  })
})

describe('scenarios', () => {
  test.each(readdirSync(SCENARIOS).filter((file) => file.endsWith('.json')))('%s is answered alike', (file) => {
    const { document, effect } = scenarioOf(file)
    expect({ reference: referenceEffect(document), simulate: simulate(document).effect }).toEqual({ reference: effect, simulate: effect })
  })
})
