import { describe, expect, it } from 'vitest'
import { canonicalId, isAtOrBelow, scopeOfExtension, typeOfId } from '../../../src/policy/azure/index.ts'
import { ACCOUNT, ask, assign, BLOBS_READ, CONTAINER, GROUP, MACHINE, role, SUBSCRIPTION } from './ask.ts'

const READ = 'Microsoft.Compute/virtualMachines/read'
const reader = role({ actions: ['*/read'] })
const MG_ROOT = '/providers/Microsoft.Management/managementGroups/tenant-1'
const MG_CHILD = '/providers/Microsoft.Management/managementGroups/platform'

function effectAt(scope: string, target: string, ancestors: readonly string[] | null = ['tenant-1', 'platform']): string {
  return ask({ action: READ, target, ancestors, roles: [reader], assignments: [assign(reader, scope)] }).effect
}

describe('S1: a grant at a level holds at and below it, never above', () => {
  const levels = ['/', MG_ROOT, MG_CHILD, SUBSCRIPTION, GROUP, MACHINE, `${MACHINE}/extensions/one`]
  const above: Readonly<Record<string, readonly string[]>> = { '/': [], [MG_ROOT]: [], [MG_CHILD]: ['tenant-1'] }

  it.each(levels.map((scope, index) => [scope, index] as const))('%s', (scope, index) => {
    for (const [place, target] of levels.entries()) {
      expect(effectAt(scope, target, above[target] ?? ['tenant-1', 'platform']), `${scope} to ${target}`).toBe(place >= index ? 'ALLOW' : 'DENY')
    }
  })
})

describe('S2: below the subscription the id tells', () => {
  it('by whole segments', () => {
    expect(effectAt(GROUP, MACHINE.replace('rg1', 'rg10'))).toBe('DENY')
    expect(effectAt(GROUP, GROUP)).toBe('ALLOW')
  })

  it('in any letter case', () => {
    expect(effectAt(GROUP.toUpperCase(), MACHINE.toLowerCase())).toBe('ALLOW')
    expect(effectAt(`${SUBSCRIPTION}/resourcegroups/RG1/`, MACHINE)).toBe('ALLOW')
  })

  it('and not of management groups: without their tree the answer names it', () => {
    const decision = ask({ action: READ, target: MACHINE, ancestors: null, roles: [reader], assignments: [assign(reader, MG_CHILD)] })
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.conditions).toMatchObject({ operator: 'ManagementGroupHierarchy', key: MG_CHILD.toLowerCase() })
  })

  it('a management group elsewhere in the tree grants nothing', () => {
    expect(effectAt('/providers/Microsoft.Management/managementGroups/other', MACHINE)).toBe('DENY')
  })

  it('ancestors may be told by name or by id', () => {
    expect(effectAt(MG_CHILD, MACHINE, [MG_ROOT, MG_CHILD.toUpperCase()])).toBe('ALLOW')
  })
})

describe('S3: child scopes and scopes of assignments', () => {
  const blobReader = role({ dataActions: [BLOBS_READ] })

  it.each([CONTAINER, ACCOUNT, GROUP, SUBSCRIPTION, MG_CHILD])('a container inherits from %s', (scope) => {
    const question = { action: BLOBS_READ, target: CONTAINER, ancestors: ['platform'], roles: [blobReader] }
    expect(ask({ ...question, assignments: [assign(blobReader, scope)] }).effect).toBe('ALLOW')
  })

  it('an assignment without a scope of its own has that of its id', () => {
    const assignment = { ...assign(reader, GROUP), scope: undefined }
    expect(ask({ action: READ, target: MACHINE, roles: [reader], assignments: [assignment] }).effect).toBe('ALLOW')
    expect(ask({ action: READ, target: SUBSCRIPTION, roles: [reader], assignments: [assignment] }).effect).toBe('DENY')
  })

  it('is all before /providers/Microsoft.Authorization', () => {
    expect(scopeOfExtension(`${ACCOUNT}/providers/microsoft.authorization/roleAssignments/g`)).toBe(ACCOUNT.toLowerCase())
    expect(scopeOfExtension('/providers/Microsoft.Authorization/roleAssignments/g')).toBe('/')
    expect(scopeOfExtension(ACCOUNT)).toBeUndefined()
  })

  it('an assignment whose scope nothing tells grants nothing', () => {
    const nowhere = { ...assign(reader, GROUP), id: 'x', scope: undefined }
    expect(ask({ action: READ, target: MACHINE, roles: [reader], assignments: [nowhere] }).effect).toBe('DENY')
  })
})

describe('S4: role definitions are joined by their last segment', () => {
  it.each(['/providers/Microsoft.Authorization/roleDefinitions/', '/subscriptions/other/providers/microsoft.authorization/ROLEDEFINITIONS/', ''])(
    '%s',
    (prefix) => {
      const assignment = assign(reader, GROUP, { roleDefinitionId: `${prefix}${reader.name.toUpperCase()}` })
      expect(ask({ action: READ, target: MACHINE, roles: [reader], assignments: [assignment] }).effect).toBe('ALLOW')
    },
  )

  it('a definition that was not loaded may grant anything, and is named', () => {
    const decision = ask({ action: READ, target: MACHINE, assignments: [assign(reader, GROUP)] })
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.conditions).toMatchObject({ operator: 'RoleNotLoaded', key: reader.name })
  })

  it('a definition without permission blocks is a fault, and may grant anything', () => {
    const broken = { name: reader.name, permissions: 'none' }
    const decision = ask({ action: READ, target: MACHINE, roles: [broken], assignments: [assign(reader, GROUP)] })
    expect(decision).toMatchObject({ effect: 'CONDITIONAL', faults: [{ document: reader.name, place: 'permissions', severity: 'unreadable' }] })
  })
})

describe('ids', () => {
  it('are lower case, with a slash before and none after', () => {
    expect([canonicalId(''), canonicalId('/'), canonicalId('Subscriptions/X/')]).toEqual(['/', '/', '/subscriptions/x'])
    expect(isAtOrBelow('/a/b', '/')).toBe(true)
  })

  it('tell the type of what they name', () => {
    expect(typeOfId(canonicalId(CONTAINER))).toBe('microsoft.storage/storageaccounts/blobservices/containers')
    expect(typeOfId(canonicalId(GROUP))).toBe('microsoft.resources/subscriptions/resourcegroups')
    expect(typeOfId(canonicalId(SUBSCRIPTION))).toBe('microsoft.resources/subscriptions')
    expect(typeOfId('/')).toBeUndefined()
  })
})
