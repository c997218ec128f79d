/** Milliseconds. */
export interface Distribution {
  readonly samples: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

function distribution(durations: readonly number[]): Distribution {
  const sorted = durations.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { samples: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? NaN }
}

/** A measurement that takes longer ends early: the number of samples tells. */
const LIMIT_SECONDS = 90

/** Runs `work` on each item, the first `warmUp` of them (or a fifth of the time limit) unmeasured, and says how long each took. */
export async function timeEach<Item>(items: readonly Item[], warmUp: number, work: (item: Item) => unknown): Promise<Distribution> {
  const durations: number[] = []
  const began = performance.now()
  const warmUntil = began + LIMIT_SECONDS * 200
  for (const [place, item] of items.entries()) {
    const started = performance.now()
    if (started - began > LIMIT_SECONDS * 1000) break
    await work(item)
    if (place >= warmUp || started > warmUntil) durations.push(performance.now() - started)
  }
  return distribution(durations)
}

/** @returns the result and the seconds that it took */
export async function timed<Result>(work: () => Result | Promise<Result>): Promise<readonly [Result, number]> {
  const started = performance.now()
  const result = await work()
  return [result, (performance.now() - started) / 1000]
}

/** Repeats `work` for about `seconds` after a warm-up of a third of that. @returns calls a second */
export function rate(seconds: number, work: (turn: number) => unknown): number {
  const runFor = (limit: number): number => {
    const started = performance.now()
    let turns = 0
    let elapsed = 0
    while (elapsed < limit * 1000) {
      for (let repeat = 0; repeat < 256; repeat++) work(turns++)
      elapsed = performance.now() - started
    }
    return (turns / elapsed) * 1000
  }
  runFor(seconds / 3)
  return runFor(seconds)
}

export const residentMegabytes = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20)
