import { afterAll, beforeAll, describe } from 'vitest'
import type { GraphStore } from '../../src/graph/store.ts'
import { answerCases } from './cases/answers.ts'
import { publishingCases } from './cases/publishing.ts'
import { pruningCases } from './cases/pruning.ts'
import { readingCases } from './cases/reading.ts'
import { refusalCases } from './cases/refusals.ts'
import { statementCases } from './cases/statements.ts'

/** What every store must do. It knows nothing of any store, and no case may be left out for one: test/graph/suite-is-one.test.ts. */

export interface StoreUnderTest {
  /** Opens another handle on the same, initially empty, store. */
  readonly open: () => Promise<GraphStore>
  /** Removes everything, so that the next `open` is an empty store. */
  readonly empty: () => Promise<void>
  readonly dispose: () => Promise<void>
}

export function storeSuite(name: string, prepare: () => Promise<StoreUnderTest>): void {
  describe(`the ${name} store`, () => {
    let place: StoreUnderTest
    beforeAll(async () => {
      place = await prepare()
    })
    afterAll(() => place.dispose())

    const onEmptyStore = (work: (store: GraphStore, another: () => Promise<GraphStore>) => Promise<void>) => async () => {
      await place.empty()
      const opened: GraphStore[] = []
      const open = async (): Promise<GraphStore> => {
        const store = await place.open()
        opened.push(store)
        return store
      }
      try {
        await work(await open(), open)
      } finally {
        for (const store of opened) await store.close()
      }
    }

    publishingCases(onEmptyStore)
    readingCases(onEmptyStore)
    statementCases(onEmptyStore)
    refusalCases(onEmptyStore)
    pruningCases(onEmptyStore)
    answerCases(onEmptyStore)
  })
}

/** Runs a case on an empty store; the second argument opens another handle on it, as another process would. */
export type OnEmptyStore = (work: (store: GraphStore, another: () => Promise<GraphStore>) => Promise<void>) => () => Promise<void>
