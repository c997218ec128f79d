import { readFileSync } from 'node:fs'
import { sharedData } from '../../support/shared-data.ts'

export interface BuiltInRole {
  readonly name: string
  readonly roleName: string
  readonly permissions: readonly {
    readonly actions: readonly string[]
    readonly notActions: readonly string[]
    readonly dataActions: readonly string[]
    readonly notDataActions: readonly string[]
    readonly condition: string | null
  }[]
}

const path = sharedData('azure/built-in-roles.json')

/** The 928 built-in roles; empty where the shared data is not there. */
export const builtInRoles: readonly BuiltInRole[] = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'))

export function builtIn(roleName: string): BuiltInRole {
  const found = builtInRoles.find((role) => role.roleName === roleName)
  if (found === undefined) throw new Error(`No built-in role is called ${roleName}.`)
  return found
}
