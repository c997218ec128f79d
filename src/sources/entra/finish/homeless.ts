import type { SourceRecord } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { mapAnswer } from '../accept.ts'
import { coverageOf, UNKNOWN_TENANT } from '../kinds.ts'
import { textIn } from '../row.ts'
import { folderOf, type EntraState } from '../state.ts'

/**
 * Answers that don't say which directory they are of take the only one that files of their folder name, else the only one that anything names,
 * else the one in which their own applications are registered.
 */
export function* settleHomeless(state: EntraState): Generator<SourceRecord> {
  const answers = [...state.homeless].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const ofFolders = new Map([...state.tenants].map(([folder, tenants]) => [folder, new Set(tenants)]))
  const known = onlyOf(new Set([...state.tenants.values()].flatMap((tenants) => [...tenants])))
  const isNamed = state.tenants.size > 0
  const own = isNamed ? undefined : onlyOf(tenantsOfOwnApplications(state))
  const unknown = new Set<string>()
  for (const answer of answers) {
    const tenant = onlyOf(ofFolders.get(folderOf(answer.file)) ?? new Set()) ?? known ?? own
    if (tenant === undefined && !unknown.has(answer.file)) {
      unknown.add(answer.file)
      yield unknownTenant(answer.file, coverageOf(answer.operation, UNKNOWN_TENANT))
    }
    yield* mapAnswer(state, answer, tenant ?? UNKNOWN_TENANT)
  }
}

const keyOf = ({ file, place }: { readonly file: string; readonly place: string }): string => `${file}\n${place}`

const onlyOf = (values: ReadonlySet<string>): string | undefined => (values.size === 1 ? [...values][0] : undefined)

/** A registration is listed in its own directory alone, and the service principal of the same application says where that is. */
function tenantsOfOwnApplications({ homeless }: EntraState): ReadonlySet<string> {
  const idsIn = (operation: string, key: string): readonly (readonly [appId: string, value: string])[] =>
    homeless
      .filter((answer) => answer.operation === operation)
      .flatMap(({ rows }) => rows)
      .flatMap(({ fields }) => {
        const [appId, value] = [textIn(fields, 'appId'), textIn(fields, key)]
        return appId === undefined || value === undefined ? [] : [[appId.toLowerCase(), value.toLowerCase()] as const]
      })
  const registered = new Set(idsIn('applications', 'id').map(([appId]) => appId))
  return new Set(idsIn('service-principals', 'appOwnerOrganizationId').flatMap(([appId, tenant]) => (registered.has(appId) ? [tenant] : [])))
}

function unknownTenant(file: string, coverage: string): SourceRecord {
  const message =
    'Nothing tells which directory this is of: its place, a manifest, or beside it the organization or `az account show` must (docs/bundle.md).'
  return fileFinding('TENANT_UNKNOWN', file, '', message, { coverage })
}
