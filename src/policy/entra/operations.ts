/**
 * Directory operations: `microsoft.directory/users/password/update` is entity, set of properties and task; some have no set
 * (`microsoft.directory/users/delete`). Letter case doesn't matter.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/custom-overview
 */
export interface DirectoryOperation {
  readonly namespace: string
  readonly entity: string
  /** Empty where there is none. */
  readonly properties: string
  readonly task: string
}

export function parseOperation(text: string): DirectoryOperation {
  const [namespace = '', entity = '', ...rest] = text.trim().toLowerCase().split('/')
  const task = rest.at(-1) ?? ''
  return { namespace, entity, properties: rest.slice(0, -1).join('/'), task }
}

/** `allEntities`, `allProperties` and `allTasks` stand for any; sets of which the entity has none are within all properties. */
export function covers(allowed: DirectoryOperation, asked: DirectoryOperation): boolean {
  return (
    allowed.namespace === asked.namespace &&
    (allowed.entity === asked.entity || allowed.entity === 'allentities') &&
    coversProperties(allowed.properties, asked.properties) &&
    (allowed.task === asked.task || allowed.task === 'alltasks')
  )
}

const ALL = 'allproperties'

/** `allProperties`, and `authenticationMethods/allProperties` of what lies below. */
function coversProperties(allowed: string, asked: string): boolean {
  if (allowed === asked || allowed === ALL) return true
  const parent = allowed.endsWith(`/${ALL}`) ? allowed.slice(0, -ALL.length - 1) : undefined
  return parent !== undefined && (asked === parent || asked.startsWith(`${parent}/`))
}
