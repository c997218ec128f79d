import { GLOBAL_ADMINISTRATOR } from './role-templates.ts'

/** A directory role held for the whole tenant or less. */
export interface HeldDirectoryRole {
  /** Template id of a built-in role, else the definition's id. */
  readonly roleTemplateId: string
  readonly directoryScopeId: string
}

/**
 * Whether somebody may give itself User Access Administrator at the root of Azure.
 * https://learn.microsoft.com/azure/role-based-access-control/elevate-access-global-admin
 */
export function mayElevateAccess(roles: readonly HeldDirectoryRole[]): boolean {
  return roles.some(({ roleTemplateId, directoryScopeId }) => roleTemplateId.toLowerCase() === GLOBAL_ADMINISTRATOR && directoryScopeId === '/')
}
