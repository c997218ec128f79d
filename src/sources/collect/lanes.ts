/** How much is asked at the same time. */
export interface Lanes {
  /** Runs the work when its lane, and all lanes together, have room. */
  run<Result>(lane: string, work: () => Promise<Result>): Promise<Result>
}

interface Gate {
  free: number
  readonly waiting: (() => void)[]
}

/** @param perLane at most so many at once in a lane @param total at most so many at once in all */
export function createLanes(perLane: number, total: number): Lanes {
  const all = newGate(total)
  const lanes = new Map<string, Gate>()
  return {
    run: async (name, work) => {
      const lane = lanes.get(name) ?? newGate(perLane)
      lanes.set(name, lane)
      // The narrow gate first, so that nobody keeps a place in the wide one while waiting.
      return through(lane, () => through(all, work))
    },
  }
}

const newGate = (free: number): Gate => ({ free, waiting: [] })

async function through<Result>(gate: Gate, work: () => Promise<Result>): Promise<Result> {
  if (gate.free > 0) gate.free -= 1
  else await new Promise<void>((resolve) => gate.waiting.push(resolve))
  try {
    return await work()
  } finally {
    // The last to come goes first: what was found is finished before more is looked for.
    const next = gate.waiting.pop()
    if (next === undefined) gate.free += 1
    else next()
  }
}
