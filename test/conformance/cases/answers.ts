import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Estate } from '../../../src/estate/estate.ts'
import { checkAccess } from '../../../src/operations/check-access.ts'
import { loadEstate } from '../../../src/operations/follow.ts'
import { ingest } from '../../../src/operations/ingest.ts'
import { search } from '../../../src/operations/search.ts'
import { effectivePermissions } from '../../../src/operations/what-can.ts'
import { whoCanReach } from '../../../src/operations/who-can.ts'
import { estateAt } from '../../support/estate.ts'
import { sharedData } from '../../support/shared-data.ts'
import type { OnEmptyStore } from '../suite.ts'

const demo = join(import.meta.dirname, '../../../demo')
const real = sharedData('aws/account-authorization-details.json')

/** design.md §6.2: a store changes no answer. What is asked of an estate that never saw a store is the expectation. */
export function answerCases(onEmptyStore: OnEmptyStore): void {
  for (const [name, path] of [['the demo', demo], ...(real === undefined ? [] : [['a real export', real] as const])] as const) {
    it(
      `gives the answers that ${name} gives without it`,
      onEmptyStore(async (store) => {
        await ingest(store, [path])
        const [stored, expected] = [answersOf(await loadEstate(store)), answersOf(await estateAt([path]))]
        for (const [question, answer] of Object.entries(expected)) expect(differences(answer, stored[question]), question).toEqual([])
      }),
    )
  }
}

const TARGETS = [
  ['arn:aws:s3:::fernhill-customer-exports/shipping/2026-11.csv', 's3:GetObject'],
  ['arn:aws:s3:::some-bucket/key', 's3:GetObject'],
  ['arn:aws:s3:::some-bucket/key', 's3:*'],
  ['arn:aws:iam::200611803367:policy/x', 'iam:CreatePolicyVersion'],
] as const

function answersOf(estate: Estate): Readonly<Record<string, readonly unknown[]>> {
  const principals = [...estate.entities()]
    .filter(({ kind, coverage }) => /^Aws(User|Role|Group)$/.test(kind) && coverage.length > 0)
    .map(({ id }) => id)
  const sample = principals.toSorted().filter((_, at) => at % 5 === 0)
  return {
    whoCan: TARGETS.map(([target, action]) => whoCanReach(estate, { target, actions: [action], first: 500 })),
    whatCan: sample.map((principal) => effectivePermissions(estate, { principal, first: 500 })),
    check: sample
      .filter((principal) => !principal.includes(':group/'))
      .map((principal) => checkAccess(estate, { principal, action: 's3:GetObject', target: 'arn:aws:s3:::some-bucket/key' })),
    search: search(estate, { text: 'role', first: 500 }).edges,
    privileged: principals.toSorted().map((id) => [id, estate.privilegedBecause(id)]),
  }
}

/** Where two lists of answers differ, in few words. */
function differences(expected: readonly unknown[], found: readonly unknown[] | undefined): string[] {
  return expected.flatMap((answer, at) => {
    const [x, y] = [textOf(answer), textOf(found?.[at])]
    const from = [...x].findIndex((character, place) => character !== y[place])
    return x === y ? [] : [`${x.slice(Math.max(0, from - 80), from + 80)} … is not … ${y.slice(Math.max(0, from - 80), from + 80)}`]
  })
}

/** Without `origin`, which says where a fact was read and which stores don't keep; keys in one order. */
function textOf(value: unknown): string {
  const ordered = (_key: string, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([key]) => key !== 'origin')
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner
  return JSON.stringify(value, ordered) ?? ''
}
