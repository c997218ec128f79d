import type { Manifest } from '../../bundle/manifest.ts'
import type { Outcomes } from '../../collect/outcomes.ts'
import type { Tracker } from './tracker.ts'

interface Said {
  readonly tool: string
  readonly caller: { readonly account: string; readonly arn: string }
  readonly folder: { readonly begun: string }
  readonly outcomes: Outcomes
  readonly trackers: ReadonlyMap<string, Tracker | undefined>
  readonly isComplete: boolean
}

/** What the manifest says of a collection: until it has come to its end, that the rest is missing. */
export function manifestOf({ tool, caller, folder, outcomes, trackers, isComplete }: Said): Manifest {
  const { absent, missing, files } = outcomes.tell()
  const unfinished = isComplete
    ? []
    : [...trackers].flatMap(([account, tracker]) => tracker?.unfinished() ?? [{ kind: 'aws/sts/assume-role', account }])
  return {
    permiscopeManifest: 1,
    tool,
    takenAt: folder.begun,
    takenBy: caller.arn,
    accounts: [...trackers.keys()].sort(),
    complete: isComplete,
    files,
    missing: [...missing, ...unfinished.map((note) => ({ ...note, code: 'NotCollected', reason: 'The collection did not come to its end.' }))],
    absent: [...absent],
  }
}
