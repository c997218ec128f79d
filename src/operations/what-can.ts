import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { Connection, EffectivePermission, EffectivePermissionsQuestion } from './answers.ts'

export function effectivePermissions(_estate: Estate, _question: EffectivePermissionsQuestion): Connection<EffectivePermission> {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
