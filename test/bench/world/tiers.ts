/** The sizes of design.md §7. */
export const TIERS = {
  '1k': { principals: 1_000, accounts: 20, resources: 10_000 },
  '10k': { principals: 10_000, accounts: 200, resources: 100_000 },
  '100k': { principals: 100_000, accounts: 2_000, resources: 1_000_000 },
} as const satisfies Record<string, Tier>
export type TierName = keyof typeof TIERS

export interface Tier {
  /** Users and roles; groups come besides. */
  readonly principals: number
  readonly accounts: number
  readonly resources: number
}

export interface AccountPlan {
  /** 12 digits. */
  readonly id: string
  readonly number: number
  readonly users: number
  readonly roles: number
  readonly groups: number
  readonly policies: number
  readonly resources: number
}

/** Account sizes fall as 1/rank: the first holds several per cent of everybody, most hold a handful. Workloads are ten times the people. */
export function planAccounts({ principals, accounts, resources }: Tier): readonly AccountPlan[] {
  const weights = Array.from({ length: accounts }, (_, rank) => 1 / (rank + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight, number) => {
    const size = Math.max(3, Math.round((principals * weight) / total))
    const users = Math.max(1, Math.round(size / 11))
    return {
      id: String(100_000_000_000 + number * 7_654_321),
      number,
      users,
      roles: size - users,
      groups: Math.max(1, Math.round(size / 20)),
      policies: Math.max(3, Math.round(size / 8)),
      resources: Math.max(5, Math.round((resources * weight) / total)),
    }
  })
}
