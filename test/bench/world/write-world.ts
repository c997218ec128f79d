import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Random } from '../random.ts'
import { accountText } from './account.ts'
import { resourcePolicy } from './documents.ts'
import { organizationTree } from './organization.ts'
import { resourceArn, serviceAt } from './services.ts'
import { planAccounts, type AccountPlan, type Tier } from './tiers.ts'

/**
 * Writes a whole estate as export files: one of account authorization details and one of resources an account, and the organisation's tree.
 * The same seed gives the same bytes; an account's numbers are its own.
 */
export async function writeWorld(folder: string, tier: Tier, random: Random): Promise<void> {
  await mkdir(folder, { recursive: true })
  const accounts = planAccounts(tier)
  for (const account of accounts) {
    const own = random.derive(account.id)
    const other = (): AccountPlan => accounts[own.below(accounts.length)] ?? account
    await write(join(folder, `${account.id}-authorization-details.json`), accountText(own, account, other))
    await write(join(folder, `${account.id}-resources.ndjson`), resourceText(own, account, other))
  }
  await write(join(folder, 'organization.json'), [`${JSON.stringify(organizationTree(accounts))}\n`])
}

/** One resource in ten of those that can carries a policy; the others are inventory. */
function* resourceText(random: Random, account: AccountPlan, other: () => AccountPlan): Generator<string> {
  for (let number = 0; number < account.resources; number++) {
    const service = serviceAt(number)
    const arn = resourceArn(account.id, number)
    const policy =
      service.prefix === 'kms' || (service.hasPolicies && random.chance(0.1)) ? resourcePolicy(random, account, other(), service, arn) : null
    yield `${JSON.stringify({ Resource: arn, Account: account.id, Policy: policy })}\n`
  }
}

const write = (path: string, pieces: Iterable<string>): Promise<void> => pipeline(Readable.from(pieces), createWriteStream(path))
