import { canonicalId, isGuid, lastSegment, roleId, scopeOfExtension } from '../arm-id.ts'
import { known, principalKind } from '../facts.ts'
import { cover, dated, refused, type Accept } from '../listing.ts'
import { dateIn, innerRow, textIn, type Row } from '../row.ts'
import { assignmentShape, checked, isFinding } from '../schema.ts'
import { hold, type AzureState } from '../state.ts'
import type { NamedPrincipal, Statement } from '../statement.ts'
import { acceptClassic, isClassic } from './classic.ts'

/**
 * Role assignments, and the schedule instances of Privileged Identity Management.
 * https://learn.microsoft.com/azure/role-based-access-control/role-assignments
 */

interface Said {
  readonly id: string
  readonly principalId: string
  readonly roleDefinitionId: string
  /** As printed. */
  readonly scope: string
}

export const acceptAssignment: Accept = (state, row, listing) => {
  if (isClassic(row)) return acceptClassic(state, row, listing)
  const said = read(row)
  if (isFinding(said)) return refused(state, listing, said, scopeIn(row) ?? '/')
  const coverage = cover(state, listing, canonicalId(said.scope))
  const statement = assignmentStatement(row, said)
  hold(state, statement, coverage)
  dated(state, coverage, statement.entity.properties.createdAt, statement.entity.properties.updatedAt)
  if (row.own('principalid') !== undefined && listing.note.kind === undefined) noteScope(state, coverage, canonicalId(said.scope), row)
  return []
}

/** What is at exactly one scope may have been printed without `--all`. */
function noteScope(state: AzureState, coverage: string, scope: string, { at }: Row): void {
  const covered = state.covered.get(coverage)
  if (covered === undefined) return
  const { onlyAt } = covered
  if (onlyAt === undefined) covered.onlyAt = { scope, file: at.file, count: 1 }
  else
    covered.onlyAt = {
      scope: onlyAt.scope === scope ? scope : undefined,
      file: onlyAt.file < at.file ? onlyAt.file : at.file,
      count: onlyAt.count + 1,
    }
}

export const acceptEligibility: Accept = (state, row, listing) => {
  const said = read(row)
  if (isFinding(said)) return refused(state, listing, said, scopeIn(row) ?? '/')
  const coverage = cover(state, listing, canonicalId(said.scope))
  hold(state, { ...grantStatement('AzureRoleEligibility', row, said, JSON.stringify(row.printed)) }, coverage)
  return []
}

/** An active instance is the assignment that it stems from: it adds until when that holds, and stands for it where no listing of assignments does. */
export const acceptActivation: Accept = (state, row, listing) => {
  const said = read(row)
  if (isFinding(said)) return refused(state, listing, said, scopeIn(row) ?? '/')
  const coverage = cover(state, listing, canonicalId(said.scope))
  const id = canonicalId(textIn(row, 'originroleassignmentid') ?? said.id)
  const statement = grantStatement('AzureRoleAssignment', row, { ...said, id }, JSON.stringify(row.printed))
  hold(state, statement, coverage)
  const until = dateIn(row, 'enddatetime')
  if (until === undefined) return []
  const window = state.windows.get(id)
  // Several instances of one assignment: it holds as long as the last.
  state.windows.set(id, {
    until: window !== undefined && window.until > until ? window.until : until,
    coverages: (window?.coverages ?? new Set<string>()).add(coverage),
  })
  return []
}

const scopeIn = (row: Row): string | undefined => {
  const printed = textIn(row, 'scope') ?? textIn(row, 'id', 'roleassignmentid')
  return printed === undefined ? undefined : canonicalId(printed)
}

function read(row: Row): Said | ReturnType<typeof checked<never>> {
  const printedId = textIn(row, 'id', 'roleassignmentid')
  const scope = textIn(row, 'scope') ?? (printedId === undefined ? undefined : scopeOfExtension(canonicalId(printedId)))
  const said = checked(assignmentShape, row, {
    principalId: textIn(row, 'principalid', 'objectid'),
    roleDefinitionId: textIn(row, 'roledefinitionid'),
    scope,
  })
  if (isFinding(said)) return said
  return { ...said, id: printedId === undefined ? idOf(said) : canonicalId(printedId) }
}

/** Of an assignment that is printed without one. */
function idOf({ principalId, roleDefinitionId, scope }: Omit<Said, 'id'>): string {
  const at = canonicalId(scope)
  const role = lastSegment(roleDefinitionId).toLowerCase()
  return `${at === '/' ? '' : at}/providers/microsoft.authorization/roleassignments/${role}:${principalId}`
}

function assignmentStatement(row: Row, said: Said): Statement {
  return grantStatement('AzureRoleAssignment', row, said, documentOf(row, said))
}

function grantStatement(kind: 'AzureRoleAssignment' | 'AzureRoleEligibility', row: Row, said: Said, document: string): Statement {
  const { id, principalId, roleDefinitionId, scope } = said
  const role = lastSegment(roleDefinitionId).toLowerCase()
  const roleName = nameOfRole(row)
  return {
    entity: {
      label: 'Grant',
      kind,
      id,
      name: roleName ?? id,
      provider: 'azure',
      scope: null,
      properties: known({
        description: textIn(row, 'description'),
        createdAt: dateIn(row, 'createdon'),
        updatedAt: dateIn(row, 'updatedon'),
        validUntil: kind === 'AzureRoleEligibility' ? dateIn(row, 'enddatetime') : undefined,
      }),
      document,
      origin: row.at,
    },
    sense: [principalId, role, canonicalId(scope), textIn(row, 'condition') ?? ''].join('\n'),
    at: row.at,
    holder: holderOf(row, principalId),
    gives: { id: roleId(role), name: roleName },
    where: scope,
  }
}

const nameOfRole = (row: Row): string | undefined => {
  const expanded = innerRow(row, 'expandedproperties')
  const role = expanded === undefined ? undefined : innerRow(expanded, 'roledefinition')
  return textIn(row, 'roledefinitionname') ?? (role === undefined ? undefined : textIn(role, 'displayname'))
}

function holderOf(row: Row, id: string): NamedPrincipal {
  const type = textIn(row, 'principaltype', 'objecttype')
  const expanded = innerRow(row, 'expandedproperties')
  const principal = expanded === undefined ? undefined : innerRow(expanded, 'principal')
  const shown = principal === undefined ? undefined : textIn(principal, 'displayname')
  const kind = principalKind(type ?? (principal === undefined ? undefined : textIn(principal, 'type')))
  const printedName = textIn(row, 'principalname', 'displayname')
  const signIn = textIn(row, 'signinname') ?? (kind === 'EntraUser' ? printedName : undefined)
  // The CLI prints the application's id as the name of a service principal.
  const isId = printedName !== undefined && isGuid(printedName)
  return {
    id,
    kind,
    name: shown ?? printedName,
    aliases: [signIn, isId ? printedName : undefined].filter((alias) => alias !== undefined).map((alias) => alias.toLowerCase()),
    properties: type?.toLowerCase() === 'foreigngroup' ? { external: true } : {},
    isGone: type?.toLowerCase() === 'unknown',
  }
}

/** As printed; PowerShell's names are given beside its own, since a document says `principalId`. */
function documentOf(row: Row, { id, principalId }: Said): string {
  if (row.own('objectid') === undefined) return JSON.stringify(row.printed)
  return JSON.stringify({ ...row.printed, id, principalId, principalType: textIn(row, 'objecttype') })
}
