import type { Decision } from '../../domain/decision.ts'
import type { DirectoryOperation } from './operations.ts'

/** The interface of the evaluator of directory roles, ownership and Graph permissions. Pure, like that of Azure. Ids may be in any letter case. */

export interface EntraPrincipal {
  readonly id: string
  readonly kind: 'User' | 'Group' | 'ServicePrincipal' | 'ManagedIdentity'
  /** Role-assignable groups of which it is a member itself: directory roles don't flow through nested groups. */
  readonly roleAssignableGroups: readonly string[]
  /** Role-assignable groups whose members were not loaded. */
  readonly uncertainGroups?: readonly string[] | 'ALL'
  /** False: nobody can sign in with it, so that it can do nothing. */
  readonly accountEnabled?: boolean
}

export type EntraTargetKind = 'Tenant' | 'User' | 'Group' | 'Application' | 'ServicePrincipal' | 'Device' | 'AdministrativeUnit'

export interface EntraTarget {
  readonly id: string
  readonly kind: EntraTargetKind
  /** Administrative units of which it is a member itself (members of a group in one are not); left out: not known. */
  readonly administrativeUnits?: readonly string[]
  /** Those of them with restricted management: only roles scoped to them may change it. */
  readonly restrictedUnits?: readonly string[]
  /** Of a group; left out: not known. */
  readonly isRoleAssignable?: boolean
  /** Object ids of its owners; left out: not known. */
  readonly owners?: readonly string[]
  /** Of a user: template ids (else definition ids) of the directory roles that it holds or is eligible for, its groups' too; left out: not known. */
  readonly roles?: readonly string[]
  /** Of a user: it is member or owner of a role-assignable group, or holds a role scoped to a unit with restricted management. Left out: not known. */
  readonly isProtected?: boolean
}

export interface CompiledDirectoryRole {
  /** Lower-cased id of the definition. */
  readonly id: string
  /** Lower-cased template id; of custom roles its own id. */
  readonly templateId: string
  readonly name: string
  readonly isBuiltIn: boolean
  readonly allowed: readonly DirectoryOperation[]
  readonly excluded: readonly DirectoryOperation[]
  /** `$ResourceIsSelf`, `$SubjectIsOwner` and the like, with what they limit. */
  readonly conditional: readonly { readonly condition: string; readonly allowed: readonly DirectoryOperation[] }[]
}

export type DirectoryScope =
  | { readonly kind: 'TENANT' }
  | { readonly kind: 'ADMINISTRATIVE_UNIT'; readonly id: string }
  | { readonly kind: 'OBJECT'; readonly id: string }

export interface CompiledDirectoryRoleAssignment {
  readonly id: string
  /** Lower-cased. */
  readonly principalId: string
  readonly roleId: string
  /** Left out: the definition was not loaded. */
  readonly role?: CompiledDirectoryRole
  readonly scope: DirectoryScope
  readonly isEligible: boolean
  readonly startsAt?: number
  readonly endsAt?: number
}

export interface EntraPolicySet {
  readonly roleAssignments: readonly CompiledDirectoryRoleAssignment[]
  /** Names or ids of the application permissions of Microsoft Graph that the principal holds. */
  readonly applicationPermissions?: readonly string[]
  /** The principal acts through an application that has only these delegated permissions: its own rights hold as far as they reach. */
  readonly delegatedScopes?: readonly string[]
}

export interface EntraRequest {
  readonly principal: EntraPrincipal
  /** `microsoft.directory/users/password/update`. */
  readonly action: string
  readonly target: EntraTarget
  readonly policies: EntraPolicySet
  /** Milliseconds since 1970. */
  readonly now?: number
}

export interface EntraDecision extends Decision {
  /** Ids of eligible assignments that would grant it once activated. */
  readonly activatable: readonly string[]
}
