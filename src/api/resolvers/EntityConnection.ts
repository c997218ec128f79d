import type { Entity } from '../../operations/answers.ts'
import type { EntityConnectionResolvers } from '../schema.generated.ts'
import { connectionFields } from './connection-fields.ts'

export const EntityConnection: EntityConnectionResolvers = connectionFields<Entity>()
