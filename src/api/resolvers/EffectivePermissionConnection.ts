import type { EffectivePermission } from '../../operations/answers.ts'
import type { EffectivePermissionConnectionResolvers } from '../schema.generated.ts'
import { connectionFields } from './connection-fields.ts'

export const EffectivePermissionConnection: EffectivePermissionConnectionResolvers = connectionFields<EffectivePermission>()
