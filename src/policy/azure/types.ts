import type { Decision } from '../../domain/decision.ts'
import type { Condition } from './condition/syntax.ts'
import type { ActionPattern } from '../microsoft/action-pattern.ts'
import type { CompiledScope } from './scope.ts'

/**
 * The interface of the Azure evaluator: documents are compiled once, requests are decided many times. Everything is pure; nothing here knows
 * a graph, a file or a clock. Object ids may be given in any letter case everywhere.
 */

export type AzurePrincipalKind = 'User' | 'Group' | 'ServicePrincipal' | 'ManagedIdentity'

/** Values of an attribute: known values; `null`, present with values not known; `[]`, known to be absent. */
export type AttributeValue = readonly string[] | null

export interface AzurePrincipal {
  /** Object id. */
  readonly id: string
  readonly kind?: AzurePrincipalKind
  /** Object ids of the groups that it is a member of, nested ones included (see `transitiveGroups`). */
  readonly groups: readonly string[]
  /** Groups of which it is not known whether it is a member (not expanded); `ALL`: its memberships were not loaded. */
  readonly uncertainGroups?: readonly string[] | 'ALL'
  /** False: no directory export has it, so that every grant to it is at most CONDITIONAL. */
  readonly isInDirectory?: boolean
}

export interface AzureResource {
  /** ARM id in any letter case: `/`, a management group, subscription, resource group, resource, child resource, blob, secret … */
  readonly id: string
  /** Ids or names of the management groups above it, root first; left out: not known. What the id itself says need not be repeated. */
  readonly ancestors?: readonly string[]
}

export interface AzureContext {
  /**
   * By key as `attributeKey` spells it: `@Resource[…]`, `@Request[…]`, `@Principal[…]`, `@Environment[…]` in lower case (the key of a tag keeps
   * its own). What is given holds. The current time is `@environment[utcnow]`, and unknown unless given.
   */
  readonly entries: ReadonlyMap<string, AttributeValue>
  /** Whether an attribute that is neither in `entries` nor told by the target's id is unknown (true) or absent (false), or the list of unknown keys (`@principal[*` ends in a wildcard). */
  readonly unknown: boolean | readonly string[]
}

export interface AzureRequest {
  readonly principal: AzurePrincipal
  /** In any letter case. */
  readonly action: string
  /** Left out: told by the table of data operations (`planeOf`). */
  readonly isDataAction?: boolean
  readonly resource: AzureResource
  readonly context: AzureContext
  readonly policies: AzurePolicySet
  /** Milliseconds since 1970, for the windows of assignments; left out: whether a window is open is not known. */
  readonly now?: number
}

/** What bears on a request. More than bears on it is harmless; what is left out grants and limits nothing. */
export interface AzurePolicySet {
  readonly assignments: readonly CompiledAssignment[]
  readonly denyAssignments?: readonly CompiledDenyAssignment[]
  /** Locks at, above and below the target: a lock on a resource stops the deletion of its resource group. */
  readonly locks?: readonly CompiledLock[]
  /** How the target's key vault authorises data actions; left out: not known. Only looked at for data actions on vaults. */
  readonly keyVault?: CompiledKeyVault
  /** Lighthouse: what principals of managing tenants may do in delegated subscriptions and resource groups. */
  readonly delegations?: readonly CompiledDelegation[]
  /** Service and co-administrators: retired, they grant nothing and are named. */
  readonly classicAdministrators?: readonly ClassicAdministrator[]
}

/** A fault of a document: what can't be read makes the answers CONDITIONAL that it could change. */
export interface AzureFault {
  /** Id of the assignment, definition … as given. */
  readonly document: string
  /** JSON path; for conditions with the place in the text: `condition, character 12`. */
  readonly place: string
  readonly message: string
  /** `unreadable`: what it says is not known; `rejected`: Azure would not accept it, but what it says is clear; `mistake`: it can't mean what it says. */
  readonly severity: 'unreadable' | 'rejected' | 'mistake'
}

export interface CompiledRole {
  /** Nothing can be told of what it grants. */
  readonly isUnreadable: boolean
  /** Lower-cased GUID. */
  readonly id: string
  readonly name: string
  readonly isCustom: boolean | undefined
  readonly permissions: readonly CompiledPermission[]
  /** As written; they limit where it can be assigned, not what it grants. */
  readonly assignableScopes: readonly string[]
  readonly faults: readonly AzureFault[]
}

/** One permission block: actions without notActions, dataActions without notDataActions, where the condition holds. */
export interface CompiledPermission {
  readonly actions: readonly ActionPattern[]
  readonly notActions: readonly ActionPattern[]
  readonly dataActions: readonly ActionPattern[]
  readonly notDataActions: readonly ActionPattern[]
  readonly condition?: CompiledCondition
}

/** Equal texts share one object within a compiler. */
export interface CompiledCondition {
  readonly text: string
  /** Absent where the text can't be parsed. */
  readonly condition?: Condition
  readonly faults: readonly Omit<AzureFault, 'document'>[]
}

/** ISO dates as milliseconds; a bound left out is open. */
export interface Window {
  readonly startsAt?: number
  readonly endsAt?: number
}

export interface CompiledAssignment extends Window {
  readonly id: string
  /** Who holds it; only of a group, or where the type is not stated, can others be members. */
  readonly principal: PrincipalReference
  /** Lower-cased GUID of the definition. */
  readonly roleId: string
  /** Left out: the definition was not loaded; it may grant anything. */
  readonly role?: CompiledRole
  readonly scope: CompiledScope
  readonly condition?: CompiledCondition
  /** PIM: eligible grants nothing until it is activated. */
  readonly isEligible: boolean
  readonly faults: readonly AzureFault[]
}

export interface CompiledDenyAssignment {
  readonly id: string
  readonly name: string
  readonly permissions: readonly CompiledPermission[]
  readonly scope: CompiledScope
  readonly principals: readonly PrincipalReference[]
  readonly excludePrincipals: readonly PrincipalReference[]
  readonly doNotApplyToChildScopes: boolean
  /** `audit` only logs. */
  readonly isEnforced: boolean
  readonly isSystemProtected: boolean
  /** What or where it denies is not known. */
  readonly isUnreadable: boolean
  readonly condition?: CompiledCondition
  readonly faults: readonly AzureFault[]
}

export interface PrincipalReference {
  /** Lower-cased; EVERYONE for all principals. */
  readonly id: string
  /** As written: `User`, `Group`, `ServicePrincipal`, `SystemDefined`; empty where it isn't. */
  readonly type: string
  /** Others can be members: it is a group, or its type is not stated. */
  readonly mayHaveMembers: boolean
}

export type LockLevel = 'CanNotDelete' | 'ReadOnly'

export interface CompiledLock {
  readonly id: string
  readonly level: LockLevel
  readonly scope: CompiledScope
}

/** `UNKNOWN`: the vault's settings were not loaded. */
export interface CompiledKeyVault {
  readonly id: string
  readonly mode: 'RBAC' | 'ACCESS_POLICY' | 'UNKNOWN'
  readonly accessPolicies: readonly CompiledAccessPolicy[]
}

export interface CompiledAccessPolicy {
  /** `{vault id}#accessPolicies[2]`. */
  readonly id: string
  /** Lower-cased object id of a user, group or service principal. */
  readonly principalId: string
  /** The policy holds only for calls through this application (compound identity). */
  readonly applicationId?: string
  /** Lower-cased `secrets/get`, `keys/all`. */
  readonly permissions: ReadonlySet<string>
}

export interface CompiledDelegation {
  readonly id: string
  /** Lower-cased object id in the managing tenant. */
  readonly principalId: string
  readonly roleId: string
  readonly role?: CompiledRole
  readonly scope: CompiledScope
  /** Of User Access Administrator: the roles that it may give to managed identities. Lower-cased GUIDs. */
  readonly delegatedRoleIds: readonly string[]
  /** What that amounts to, as a condition on what is asked for. */
  readonly condition?: CompiledCondition
  readonly isEligible: boolean
}

export interface ClassicAdministrator {
  readonly id: string
  readonly principalId: string
  readonly scope: CompiledScope
}

export interface AzureDecision extends Decision {
  /** Faults of the documents that bear on this request. */
  readonly faults: readonly AzureFault[]
  /** Ids of eligible assignments that would grant it once activated. */
  readonly activatable: readonly string[]
}

/** Makes compiled documents from parsed JSON in any of the four shapes (CLI, SDK, REST, Resource Graph); owns the caches. Never throws: what is wrong is in `faults`. */
export interface AzureCompiler {
  role(document: unknown): CompiledRole
  /** @param roleOf by lower-cased GUID @param isEligible of a PIM eligibility schedule instance */
  assignment(document: unknown, roleOf: (id: string) => CompiledRole | undefined, isEligible?: boolean): CompiledAssignment
  denyAssignment(document: unknown): CompiledDenyAssignment
  /** Undefined where it locks nothing (level NotSpecified). */
  lock(document: unknown): CompiledLock | undefined
  /** A resource of type Microsoft.KeyVault/vaults with its properties. */
  keyVault(document: unknown): CompiledKeyVault
  /** One authorization of a Lighthouse registration definition, with where it is delegated. */
  delegation(document: unknown, id: string, scope: string, roleOf: (id: string) => CompiledRole | undefined, isEligible?: boolean): CompiledDelegation
  condition(text: string): CompiledCondition
}
