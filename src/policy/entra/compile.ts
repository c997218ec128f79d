import { fieldsOf, isFields, textOf, textsOf, timeOf } from '../microsoft/documents.ts'
import { parseOperation } from './operations.ts'
import type { CompiledDirectoryRole, CompiledDirectoryRoleAssignment, DirectoryScope } from './types.ts'

/** @param document a unifiedRoleDefinition of Microsoft Graph */
export function compileDirectoryRole(document: unknown): CompiledDirectoryRole {
  const fields = fieldsOf(document)
  const id = textOf(fields, 'id').toLowerCase()
  const blocks = permissionsOf(fields.get('rolepermissions'))
  return {
    id,
    templateId: textOf(fields, 'templateid').toLowerCase() || id,
    name: textOf(fields, 'displayname') || id,
    isBuiltIn: fields.get('isbuiltin') === true,
    allowed: blocks.filter(({ condition }) => condition === '').flatMap(({ allowed }) => allowed.map(parseOperation)),
    excluded: blocks.flatMap(({ excluded }) => excluded.map(parseOperation)),
    conditional: blocks
      .filter(({ condition }) => condition !== '')
      .map(({ condition, allowed }) => ({ condition, allowed: allowed.map(parseOperation) })),
  }
}

interface Block {
  readonly condition: string
  readonly allowed: readonly string[]
  readonly excluded: readonly string[]
}

function permissionsOf(value: unknown): readonly Block[] {
  if (!Array.isArray(value)) return []
  return value.filter(isFields).map((each) => {
    const fields = fieldsOf(each)
    return {
      condition: textOf(fields, 'condition'),
      allowed: textsOf(fields.get('allowedresourceactions')),
      excluded: textsOf(fields.get('excludedresourceactions')),
    }
  })
}

/** @param document a unifiedRoleAssignment or an assignment or eligibility schedule instance @param roleOf by lower-cased id */
export function compileDirectoryRoleAssignment(
  document: unknown,
  roleOf: (id: string) => CompiledDirectoryRole | undefined,
  isEligible = false,
): CompiledDirectoryRoleAssignment {
  const fields = fieldsOf(document)
  const roleId = textOf(fields, 'roledefinitionid').toLowerCase()
  const role = roleOf(roleId)
  const startsAt = timeOf(fields, 'startdatetime')
  const endsAt = timeOf(fields, 'enddatetime')
  return {
    id: textOf(fields, 'id'),
    principalId: textOf(fields, 'principalid').toLowerCase(),
    roleId,
    ...(role === undefined ? {} : { role }),
    scope: directoryScope(textOf(fields, 'directoryscopeid')),
    isEligible,
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
  }
}

const UNIT = '/administrativeunits/'

/** `/`, `/administrativeUnits/{id}` or `/{object id}`. */
function directoryScope(directoryScopeId: string): DirectoryScope {
  const id = directoryScopeId.trim().toLowerCase()
  if (id === '/' || id === '') return { kind: 'TENANT' }
  if (id.startsWith(UNIT)) return { kind: 'ADMINISTRATIVE_UNIT', id: id.slice(UNIT.length) }
  return { kind: 'OBJECT', id: id.replace(/^\//, '') }
}
