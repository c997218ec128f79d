import { describe, expect, test } from 'vitest'
import type { Layer, ReasonKind } from '../../src/domain/decision.ts'
import { simulate } from '../../src/operations/simulate.ts'
import type { Effect, Json, JsonObject } from './aws-question.ts'
import { referenceEffect } from './aws.ts'

/** Cases that the reference and `simulate` are both held to, and the words that they are written in. */

export const OURS = '111122223333'
export const THEIRS = '444455556666'
export const ALICE = `arn:aws:iam::${OURS}:user/alice`
export const APP = `arn:aws:iam::${OURS}:role/app`
export const APP_SESSION = `arn:aws:sts::${OURS}:assumed-role/app/s1`
export const FEDERATED = `arn:aws:sts::${OURS}:federated-user/bob`
export const ROOT = `arn:aws:iam::${OURS}:root`
export const OBJECT = 'arn:aws:s3:::logs/a'
export const KEY = `arn:aws:kms:eu-west-1:${OURS}:key/1234`

export interface Case {
  /** A sentence: the rule. */
  readonly name: string
  readonly ask: JsonObject
  readonly effect: Effect
  /** Reasons that must be among those given. */
  readonly because?: readonly { readonly layer: Layer; readonly kind: ReasonKind }[]
  readonly parts?: readonly { readonly resource: string; readonly action: string; readonly effect: Effect }[]
}

/** Alice reads an object in a bucket of her own account; all keys that aren't given are absent. */
export function ask(changes: JsonObject): JsonObject {
  return { principal: ALICE, action: 's3:GetObject', resource: { arn: OBJECT, account: OURS }, context: {}, unknownContext: false, ...changes }
}

export const policy = (...statements: readonly JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement: statements })

const statement = (effect: 'Allow' | 'Deny', parts: JsonObject): JsonObject => ({
  Effect: effect,
  ...(parts['NotAction'] === undefined ? { Action: 's3:GetObject' } : {}),
  ...(parts['NotResource'] === undefined ? { Resource: '*' } : {}),
  ...parts,
})

export const allow = (parts: JsonObject = {}): JsonObject => statement('Allow', parts)
export const deny = (parts: JsonObject = {}): JsonObject => statement('Deny', parts)
export const aws = (...names: readonly string[]): JsonObject => ({ Principal: { AWS: names } })
export const everyone: JsonObject = { Principal: '*' }
export const anything: JsonObject = { Action: '*' }

/** What an identity that may do everything has. */
export const admin: readonly Json[] = [policy(allow(anything))]
/** A policy that allows something else. */
export const elsewhere: JsonObject = policy(allow({ Action: 'sqs:SendMessage' }))

export function hold(group: string, cases: readonly Case[]): void {
  // oxlint-disable-next-line vitest/valid-title -- the groups are named where they are listed
  describe(group, () => {
    test.each(cases)('$name', ({ ask: document, effect, because = [], parts = [] }) => {
      const answer = simulate(document)
      expect({ reference: referenceEffect(document), simulate: answer.effect }).toEqual({ reference: effect, simulate: effect })
      expect(answer.because).toEqual(expect.arrayContaining(because.map((reason) => expect.objectContaining(reason) as unknown)))
      expect(answer.parts ?? []).toEqual(expect.arrayContaining([...parts]))
    })
  })
}

/** For rows of a table: a statement's condition, what the request carries, and whether it holds. */
export type Row = readonly [name: string, condition: JsonObject, context: JsonObject, holds: boolean]

/** Each row on an allow, where the condition's truth is the answer, and on a deny, where it is the opposite. */
export function holdRows(group: string, rows: readonly Row[]): void {
  const onAllow = rows.map(([name, Condition, context, holds]): Case => ({
    name,
    ask: ask({ context, identityPolicies: [policy(allow({ Condition }))] }),
    effect: holds ? 'ALLOW' : 'DENY',
  }))
  const onDeny = rows.map(([name, Condition, context, holds]): Case => ({
    name: `as a deny: ${name}`,
    ask: ask({ context, identityPolicies: [policy(allow(), deny({ Condition }))] }),
    effect: holds ? 'DENY' : 'ALLOW',
  }))
  hold(group, [...onAllow, ...onDeny])
}
