import { isRecord } from '../document.ts'
import { collectAccount, type AccountCollection } from './account-collection.ts'
import { CALLS } from './calls/index.ts'
import { placeOf } from './place.ts'
import { newTask } from './task.ts'
import { openTracker } from './tracker.ts'

/** What must be known before the other calls can be made. Its answers are written down like any other. */

type Looking = Omit<AccountCollection, 'regions' | 'calls' | 'tracker'>

/** Members of the organisation that are in use. */
export async function accountsOfOrganization(looking: Looking): Promise<readonly string[]> {
  const accounts = await listed(looking, 'aws/organizations/list-accounts', 'Accounts')
  return accounts
    .filter((account) => (account['State'] ?? account['Status'] ?? 'ACTIVE') === 'ACTIVE')
    .flatMap(({ Id }) => (typeof Id === 'string' ? [Id] : []))
}

/** Regions that the account has switched on; none where AWS does not tell. */
export async function regionsOfAccount(looking: Looking): Promise<readonly string[]> {
  const regions = await listed(looking, 'aws/ec2/describe-regions', 'Regions')
  return regions.flatMap(({ RegionName }) => (typeof RegionName === 'string' ? [RegionName] : [])).sort()
}

async function listed(looking: Looking, kind: string, list: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const calls = CALLS.filter((call) => call.kind === kind)
  await collectAccount({ ...looking, regions: [], calls, tracker: openTracker(looking.account, calls, []) })
  const rows: Readonly<Record<string, unknown>>[] = []
  for (const of of calls) {
    const task = newTask(of, undefined, {}, { subjects: [] })
    for (let page = 1; ; page += 1) {
      const output = await looking.folder.read(placeOf(looking.account, task, page).path)
      if (!isRecord(output)) break
      const found = output[list]
      rows.push(...(Array.isArray(found) ? (found as readonly unknown[]).filter(isRecord) : []))
      if (of.call.pages === undefined) break
    }
  }
  return rows
}
