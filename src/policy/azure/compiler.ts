import { compileActionPattern, type ActionPattern } from '../microsoft/action-pattern.ts'
import { compileCondition } from './condition/compile.ts'
import { limitOfDelegation } from './delegations.ts'
import { fieldsOf, isFields, lastSegment, textOf, textsOf, timeOf, type Fields } from '../microsoft/documents.ts'
import { compileKeyVault } from './key-vault-document.ts'
import { USER_ACCESS_ADMINISTRATOR } from './roles.ts'
import { compileScope, scopeOfExtension, type CompiledScope } from './scope.ts'
import type {
  AzureCompiler,
  AzureFault,
  CompiledAssignment,
  CompiledCondition,
  CompiledDelegation,
  CompiledDenyAssignment,
  CompiledLock,
  CompiledPermission,
  CompiledRole,
  PrincipalReference,
  Window,
} from './types.ts'

/** Compiles documents; equal patterns and equal conditions are compiled once. */
export function createAzureCompiler(): AzureCompiler {
  const conditions = new Map<string, CompiledCondition>()
  const patterns = new Map<string, ActionPattern>()
  const parts: Parts = {
    condition: (text) => remembered(conditions, text, compileCondition),
    pattern: (text) => remembered(patterns, text, compileActionPattern),
  }
  return {
    role: (document) => compileRole(document, parts),
    assignment: (document, roleOf, isEligible = false) => compileAssignment(document, parts, roleOf, isEligible),
    denyAssignment: (document) => compileDeny(document, parts),
    lock: compileLock,
    keyVault: compileKeyVault,
    delegation: (document, id, scope, roleOf, isEligible = false) => ({
      ...compileDelegation(document, parts, roleOf),
      id,
      scope: compileScope(scope),
      isEligible,
    }),
    condition: parts.condition,
  }
}

interface Parts {
  readonly condition: (text: string) => CompiledCondition
  readonly pattern: (text: string) => ActionPattern
}

function remembered<T>(known: Map<string, T>, text: string, make: (text: string) => T): T {
  const found = known.get(text)
  if (found !== undefined) return found
  const made = make(text)
  known.set(text, made)
  return made
}

type RoleOf = (id: string) => CompiledRole | undefined

function compileRole(document: unknown, parts: Parts): CompiledRole {
  const fields = fieldsOf(document)
  const id = lastSegment(
    textOf(fields, 'name') === '' || !isGuid(lastSegment(textOf(fields, 'name'))) ? textOf(fields, 'id') : textOf(fields, 'name'),
  )
  const blocks = fields.get('permissions')
  const faults: AzureFault[] = []
  const isUnreadable = !Array.isArray(blocks) || !blocks.every(isFields)
  if (isUnreadable) faults.push({ document: id, place: 'permissions', message: 'is not a list of permission blocks.', severity: 'unreadable' })
  const permissions = isUnreadable
    ? []
    : blocks.filter(isFields).map((block, index) => compileBlock(block, parts, id, `permissions[${index}]`, faults))
  const type = roleTypeOf(fields)
  return {
    id,
    name: textOf(fields, 'rolename') || id,
    isCustom: type === '' ? undefined : type === 'customrole',
    isUnreadable,
    permissions,
    assignableScopes: textsOf(fields.get('assignablescopes')),
    faults,
  }
}

/** Resource Graph and REST say it in `properties.type`, the CLI in `roleType`. */
function roleTypeOf(fields: ReadonlyMap<string, unknown>): string {
  return (
    [textOf(fields, 'roletype'), textOf(fields, 'type')]
      .map((type) => type.toLowerCase())
      .find((type) => type === 'customrole' || type === 'builtinrole') ?? ''
  )
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

function compileBlock(block: Fields, parts: Parts, document: string, place: string, faults: AzureFault[]): CompiledPermission {
  const fields = fieldsOf(block)
  const patternsOf = (name: string): readonly ActionPattern[] => textsOf(fields.get(name)).map(parts.pattern)
  const condition = conditionOf(fields, parts, document, `${place}.`, faults)
  return {
    actions: patternsOf('actions'),
    notActions: patternsOf('notactions'),
    dataActions: patternsOf('dataactions'),
    notDataActions: patternsOf('notdataactions'),
    ...(condition === undefined ? {} : { condition }),
  }
}

function conditionOf(
  fields: ReadonlyMap<string, unknown>,
  parts: Parts,
  document: string,
  place: string,
  faults: AzureFault[],
): CompiledCondition | undefined {
  const text = textOf(fields, 'condition')
  if (text === '') return undefined
  const condition = parts.condition(text)
  faults.push(...condition.faults.map((fault) => ({ ...fault, document, place: `${place}${fault.place}` })))
  return condition
}

function compileAssignment(document: unknown, parts: Parts, roleOf: RoleOf, isEligible: boolean): CompiledAssignment {
  const fields = fieldsOf(document)
  const id = idOf(fields)
  const faults: AzureFault[] = []
  const condition = conditionOf(fields, parts, id, '', faults)
  const roleId = lastSegment(textOf(fields, 'roledefinitionid'))
  const role = roleOf(roleId)
  return {
    id,
    principal: referenceTo(required(fields, 'principalid', 'principalId', id, faults), textOf(fields, 'principaltype')),
    roleId: roleId === '' ? required(fields, 'roledefinitionid', 'roleDefinitionId', id, faults) : roleId,
    ...(role === undefined ? {} : { role }),
    scope: scopeOf(fields, id),
    ...(condition === undefined ? {} : { condition }),
    ...windowOf(fields),
    isEligible: isEligible || isEligibility(fields),
    faults,
  }
}

/** Rows of Privileged Identity Management say by their type that they are eligibilities. */
function isEligibility(fields: ReadonlyMap<string, unknown>): boolean {
  return /\/roleEligibilitySchedule/i.test(textOf(fields, 'type'))
}

function required(fields: ReadonlyMap<string, unknown>, name: string, spelled: string, document: string, faults: AzureFault[]): string {
  const text = textOf(fields, name).toLowerCase()
  if (text === '') faults.push({ document, place: spelled, message: 'is missing: it grants nothing to anybody.', severity: 'unreadable' })
  return text
}

function idOf(fields: ReadonlyMap<string, unknown>): string {
  return textOf(fields, 'id') || textOf(fields, 'name')
}

/** As stated, else what its id is attached to. */
function scopeOf(fields: ReadonlyMap<string, unknown>, id: string): CompiledScope {
  return compileScope(textOf(fields, 'scope') || (scopeOfExtension(id) ?? NOWHERE))
}

/** No target lies there. */
const NOWHERE = '/unknown scope'

function windowOf(fields: ReadonlyMap<string, unknown>): Window {
  const startsAt = timeOf(fields, 'startdatetime')
  const endsAt = timeOf(fields, 'enddatetime')
  return { ...(startsAt === undefined ? {} : { startsAt }), ...(endsAt === undefined ? {} : { endsAt }) }
}

function compileDeny(document: unknown, parts: Parts): CompiledDenyAssignment {
  const fields = fieldsOf(document)
  const id = idOf(fields)
  const faults: AzureFault[] = []
  const condition = conditionOf(fields, parts, id, '', faults)
  const blocks = fields.get('permissions')
  const permissions = Array.isArray(blocks) ? blocks.filter(isFields) : []
  const scope = scopeOf(fields, id)
  const isUnreadable = !Array.isArray(blocks) || permissions.length < blocks.length || scope.id === NOWHERE
  if (isUnreadable) faults.push({ document: id, place: '', message: 'does not tell what it denies where.', severity: 'unreadable' })
  return {
    id,
    name: textOf(fields, 'denyassignmentname') || id,
    permissions: permissions.map((block, index) => compileBlock(block, parts, id, `permissions[${index}]`, faults)),
    scope,
    principals: referencesOf(fields.get('principals')),
    excludePrincipals: referencesOf(fields.get('excludeprincipals')),
    doNotApplyToChildScopes: fields.get('donotapplytochildscopes') === true,
    isEnforced: textOf(fields, 'denyassignmenteffect').toLowerCase() !== 'audit',
    isUnreadable,
    isSystemProtected: fields.get('issystemprotected') === true,
    ...(condition === undefined ? {} : { condition }),
    faults,
  }
}

function referencesOf(value: unknown): readonly PrincipalReference[] {
  if (!Array.isArray(value)) return []
  return value.filter(isFields).map((each) => {
    const fields = fieldsOf(each)
    return referenceTo(textOf(fields, 'id').toLowerCase(), textOf(fields, 'type'))
  })
}

function referenceTo(id: string, type: string): PrincipalReference {
  const lower = type.toLowerCase()
  return { id, type, mayHaveMembers: lower === '' || lower === 'group' || lower === 'foreigngroup' || lower === 'unknown' }
}

function compileLock(document: unknown): CompiledLock | undefined {
  const fields = fieldsOf(document)
  const level = textOf(fields, 'level').toLowerCase()
  const id = idOf(fields)
  if (level !== 'cannotdelete' && level !== 'readonly') return undefined
  return { id, level: level === 'readonly' ? 'ReadOnly' : 'CanNotDelete', scope: scopeOf(fields, id) }
}

function compileDelegation(document: unknown, parts: Parts, roleOf: RoleOf): Omit<CompiledDelegation, 'id' | 'scope' | 'isEligible'> {
  const fields = fieldsOf(document)
  const roleId = lastSegment(textOf(fields, 'roledefinitionid'))
  const role = roleOf(roleId)
  const delegatedRoleIds = textsOf(fields.get('delegatedroledefinitionids')).map(lastSegment)
  const isLimited = roleId === USER_ACCESS_ADMINISTRATOR && delegatedRoleIds.length > 0
  return {
    principalId: textOf(fields, 'principalid').toLowerCase(),
    roleId,
    ...(role === undefined ? {} : { role }),
    delegatedRoleIds,
    ...(isLimited ? { condition: parts.condition(limitOfDelegation(delegatedRoleIds)) } : {}),
  }
}
