import type { CoverageFact, FindingFact, SourceRecord } from '../../domain/facts.ts'
import type { GraphStore, SnapshotInfo } from '../../graph/store.ts'
import { statedWithin } from './merge.ts'

/**
 * What the former snapshot says about everything that the new exports don't cover. Stubs come along; those that nothing names any more are
 * dropped when the facts are completed.
 * @param replaced ids of the coverages that the new exports speak for
 */
export async function* carryOver(store: GraphStore, former: SnapshotInfo, replaced: ReadonlySet<string>): AsyncIterable<SourceRecord> {
  const kept = (ids: readonly string[]): string[] => ids.filter((id) => !replaced.has(id))
  for await (const fact of store.read(former.id)) {
    const coverage = kept(fact.coverage)
    const stub = fact.record === 'entity' && fact.coverage.length === 0
    if (coverage.length > 0 || stub) yield fact.record === 'entity' ? statedWithin(fact, coverage) : { ...fact, coverage }
  }
  for (const coverage of keptCoverage(former, replaced)) yield coverage
  for (const finding of await store.findings(former.id)) if (stillTrue(finding, former, replaced)) yield finding
}

export const keptCoverage = (former: SnapshotInfo, replaced: ReadonlySet<string>): CoverageFact[] =>
  former.coverage.filter(({ id }) => !replaced.has(id))

/** A finding lives as long as what it is about; one about a whole file that loaded nothing does not outlive its ingest. */
const stillTrue = (finding: FindingFact, former: SnapshotInfo, replaced: ReadonlySet<string>): boolean =>
  finding.coverage !== null && !replaced.has(finding.coverage) && former.coverage.some(({ id }) => id === finding.coverage)
