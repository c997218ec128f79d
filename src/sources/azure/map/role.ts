import { canonicalId, isGuid, lastSegment, roleId } from '../arm-id.ts'
import { known } from '../facts.ts'
import { cover, dated, refused, type Accept } from '../listing.ts'
import { dateIn, isFields, textIn, type Row } from '../row.ts'
import { checked, isFinding, roleShape } from '../schema.ts'
import { hold } from '../state.ts'

/** https://learn.microsoft.com/azure/role-based-access-control/role-definitions */
export const acceptRole: Accept = (state, row, listing) => {
  const document = documentOf(row)
  const lies = canonicalId(scopeBefore(textIn(row, 'id') ?? ''))
  const said = checked(roleShape, row, { name: guidIn(row), permissions: document['permissions'] ?? row.get('permissions') })
  if (isFinding(said)) return refused(state, listing, said, lies)
  const type = typeIn(row)
  const tenant = textIn(row, 'tenantid')
  const coverage = cover(state, listing, lies, tenant)
  const properties = known({
    description: textIn(row, 'description'),
    createdAt: dateIn(row, 'createdon'),
    updatedAt: dateIn(row, 'updatedon'),
    providerManaged: type === undefined ? undefined : type === 'builtinrole',
  })
  const id = roleId(said.name)
  const statement = {
    entity: {
      label: 'Role',
      kind: 'AzureRole',
      id,
      name: textIn(row, 'rolename') ?? (isGuid(textIn(row, 'name') ?? '') ? undefined : textIn(row, 'name')) ?? id,
      provider: 'azure',
      scope: null,
      properties,
      document: JSON.stringify(document),
      origin: row.at,
    },
    sense: senseOf(said.permissions),
    at: row.at,
  } as const
  hold(state, statement, coverage)
  // A built-in role changes whenever Azure does: its dates say little of the listing.
  if (type === 'customrole') dated(state, coverage, properties.updatedAt)
  return []
}

/** The CLI prints roles of Azure as if they were of the subscription that was asked. */
const scopeBefore = (id: string): string => {
  const at = id.toLowerCase().indexOf('/providers/microsoft.authorization/')
  return at <= 0 ? '/' : id.slice(0, at)
}

function guidIn(row: Row): string | undefined {
  const ids = [textIn(row, 'name'), textIn(row, 'id')].filter((id) => id !== undefined).map(lastSegment)
  return ids.find(isGuid) ?? ids[0]
}

function typeIn(row: Row): string | undefined {
  const custom = row.get('iscustom')
  if (typeof custom === 'boolean') return custom ? 'customrole' : 'builtinrole'
  const inner = row.own('properties')
  const nested = isFields(inner) ? (inner['type'] ?? inner['Type']) : undefined
  return (textIn(row, 'roletype') ?? (typeof nested === 'string' ? nested : undefined))?.toLowerCase()
}

/** Which actions, in blocks; the order of actions and fields, and letter case, say nothing. */
function senseOf(permissions: readonly unknown[]): string {
  const blocks = permissions.map((block) => {
    if (!isFields(block)) return JSON.stringify(block)
    const fields = Object.entries(block).flatMap(([name, value]) => {
      const plain = Array.isArray(value) ? value.map((each) => String(each).toLowerCase()).sort() : value
      const isEmpty =
        plain === null || plain === undefined || (Array.isArray(plain) && plain.length === 0) || name.toLowerCase() === 'conditionversion'
      return isEmpty ? [] : [[name.toLowerCase(), plain] as const]
    })
    return JSON.stringify(fields.sort(([one], [other]) => (one < other ? -1 : 1)))
  })
  return blocks.sort().join('\n')
}

/** As printed; of PowerShell, which has one block and names by other names, as the CLI would print it. */
function documentOf(row: Row): Readonly<Record<string, unknown>> {
  if (row.own('permissions') !== undefined || row.own('actions') === undefined) return row.printed
  const block = {
    actions: row.own('actions'),
    notActions: row.own('notactions') ?? [],
    dataActions: row.own('dataactions') ?? [],
    notDataActions: row.own('notdataactions') ?? [],
    ...(row.own('condition') === undefined ? {} : { condition: row.own('condition'), conditionVersion: row.own('conditionversion') }),
  }
  return {
    id: roleId(guidIn(row) ?? ''),
    name: guidIn(row),
    roleName: row.own('name'),
    roleType: row.own('iscustom') === true ? 'CustomRole' : 'BuiltInRole',
    description: row.own('description'),
    assignableScopes: row.own('assignablescopes') ?? [],
    permissions: [block],
  }
}
