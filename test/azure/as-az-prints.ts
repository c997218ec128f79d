/** What `az` prints of the rows that the APIs send: without pages, and most of it flat. */

type Row = Readonly<Record<string, unknown>>

const propertiesOf = ({ properties }: Row): Row => (typeof properties === 'object' && properties !== null ? (properties as Row) : {})

const flat = (row: Row): Row => {
  const { properties: _properties, ...rest } = row
  return { ...propertiesOf(row), ...rest }
}

/** `az role assignment list --all`: with names where they can be read. */
const roleAssignment = (row: Row): Row => ({ ...flat(row), principalName: '', roleDefinitionName: '', resourceGroup: 'payroll (eu)' })

/** `az role definition list` */
function roleDefinition(row: Row): Row {
  const { type, ...rest } = propertiesOf(row)
  return { ...row, properties: undefined, ...rest, roleType: type }
}

/** `az account list --all` */
const subscription = ({ subscriptionId, tenantId, displayName, state, managedByTenants }: Row): Row => ({
  cloudName: 'AzureCloud',
  homeTenantId: tenantId,
  id: subscriptionId,
  isDefault: false,
  managedByTenants,
  name: displayName,
  state,
  tenantId,
  user: { name: 'ada@acme.example', type: 'user' },
})

/** `az rest` prints what was sent. */
const asSent = (row: Row): Row => row

const PRINTS: Readonly<Record<string, (row: Row) => Row>> = {
  'role-assignments': roleAssignment,
  'role-definitions': roleDefinition,
  subscriptions: subscription,
  'resource-groups': flat,
  locks: flat,
  identities: flat,
  'management-groups': flat,
}

const LISTINGS = ['value', 'data'] as const

/** @param files of a bundle, by path @returns the same answers, each in one file at a place that says what it is about */
export function asAzPrints(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const answers = Map.groupBy(Object.entries(files), ([path]) => path.replace(/(?:\.\d{4})?\.json$/, ''))
  return Object.fromEntries(
    [...answers].map(([place, pages]) => {
      const bodies = pages.map(([, text]) => JSON.parse(text) as Row)
      return [`${place}.json`, JSON.stringify(printed(place, bodies), null, 2)]
    }),
  )
}

function printed(place: string, bodies: readonly Row[]): unknown {
  const [, , api, operation = ''] = place.split('/')
  const print = api === 'arm' ? (PRINTS[operation] ?? asSent) : asSent
  const list = LISTINGS.find((name) => bodies.some((body) => Array.isArray(body[name])))
  if (list === undefined) return print(bodies[0] ?? {})
  const rows = bodies.flatMap((body) => body[list] as readonly Row[]).map(print)
  return list === 'data' ? { count: rows.length, data: rows, skip_token: null, total_records: rows.length } : rows
}
