import type { Random } from '../random.ts'
import { serviceAt } from './services.ts'
import { planAccounts, type AccountPlan, type Tier } from './tiers.ts'

export interface BenchQuestion {
  readonly account: AccountPlan
  readonly principal: string
  readonly action: string
  readonly target: string
}

/** Random actions on random targets, half of them in the bigger accounts; a principal of the target's account for the questions that need one. */
export function makeQuestions(tier: Tier, random: Random, count: number): readonly BenchQuestion[] {
  const accounts = planAccounts(tier)
  return Array.from({ length: count }, () => {
    const account = random.chance(0.5) ? random.pick(accounts.slice(0, 1 + random.rank(accounts.length))) : random.pick(accounts)
    const number = random.below(account.resources)
    const service = serviceAt(number)
    const name = random.pick(service.actions)
    const arn = service.arn(account.id, number)
    const object = service.prefix === 's3' && name.includes('Object')
    const principal = random.chance(0.3) ? `user/user-${random.below(account.users)}` : `role/app-${random.below(account.roles)}`
    return {
      account,
      principal: `arn:aws:iam::${account.id}:${principal}`,
      action: `${service.prefix}:${name}`,
      target: object ? `${arn}/reports/${random.below(1000)}.csv` : arn,
    }
  })
}
