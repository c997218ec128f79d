import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compileEstate } from '../../../src/estate/compile.ts'
import { openStore } from '../../../src/graph/index.ts'
import { checkAccess } from '../../../src/operations/check-access.ts'
import { ingest, readSnapshotDraft } from '../../../src/operations/ingest.ts'
import { effectivePermissions } from '../../../src/operations/what-can.ts'
import { whoCanReach } from '../../../src/operations/who-can.ts'
import { createRandom } from '../random.ts'
import { residentMegabytes, timed, timeEach, type Distribution } from '../statistics.ts'
import { writeTenant, type Tenant } from '../world/write-tenant.ts'

/** A tenant of Azure from exports to answers. Times of questions are milliseconds. */
export interface AzureFigures {
  readonly assignments: number
  readonly subscriptions: number
  readonly entities: number
  readonly edges: number
  readonly ingestSeconds: number
  readonly compileSeconds: number
  readonly whoCan: Distribution
  readonly check: Distribution
  readonly whatCan: Distribution
  readonly residentMegabytes: number
}

const PLAN = { users: 20_000, groups: 2_000, subscriptions: 500, assignments: 20_000 }
const WARM_UP = 20
const SAMPLES = 200
const ACTIONS = [
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Storage/storageAccounts/read',
  'Microsoft.Authorization/roleAssignments/write',
]

export async function measureAzure(seed: string, folder: string): Promise<AzureFigures> {
  const bundle = join(folder, 'tenant')
  const data = join(folder, 'tenant-store')
  await Promise.all([bundle, data].map((path) => rm(path, { recursive: true, force: true })))
  const tenant = await writeTenant(bundle, PLAN, createRandom(`${seed}/tenant`))
  const store = await openStore({ data })
  const [report, ingestSeconds] = await timed(() => ingest(store, [bundle]))
  await store.close()
  const refused = report.findings.filter(({ severity }) => severity === 'refused')
  if (refused.length > 0) throw new Error(`The generated tenant is faulty: ${refused[0]?.file} ${refused[0]?.place}: ${refused[0]?.message}`)
  const { coverage, findings, entities, edges } = await readSnapshotDraft([bundle])
  const facts = [...entities, ...edges]
  const [estate, compileSeconds] = await timed(() => compileEstate({ snapshot: 'bench', createdAt: '', coverage, findings, facts }))
  globalThis.gc?.()
  const resident = residentMegabytes()
  const questions = questionsOf(tenant, seed)
  const whoCan = await timeEach(questions, WARM_UP, ({ target, action }) => whoCanReach(estate, { target, actions: [action], first: 50 }))
  const check = await timeEach(questions, WARM_UP, (question) => checkAccess(estate, question))
  const whatCan = await timeEach(questions, WARM_UP, ({ principal }) => effectivePermissions(estate, { principal, first: 50 }))
  const { assignments, subscriptions } = PLAN
  const size = { assignments, subscriptions, entities: report.entities, edges: report.edges }
  return { ...size, ingestSeconds, compileSeconds, whoCan, check, whatCan, residentMegabytes: resident }
}

interface Question {
  readonly principal: string
  readonly action: string
  readonly target: string
}

function questionsOf({ userIds, resourceIds }: Tenant, seed: string): readonly Question[] {
  const random = createRandom(`${seed}/tenant/questions`)
  return Array.from({ length: WARM_UP + SAMPLES }, () => ({
    principal: random.pick(userIds),
    action: random.pick(ACTIONS),
    target: random.pick(resourceIds),
  }))
}
