import type { Engine } from '../engine.ts'
import { isArn } from '../../estate/aws/target.ts'
import { checkAccess } from './check-access.ts'
import { exposureOf } from './exposure.ts'
import { isOutsideId } from './resolve.ts'
import { effectivePermissions } from './what-can.ts'
import { whoCanReach } from './who-can.ts'

export const awsEngine: Engine = {
  providers: ['aws', 'federation'],
  isTarget: (text) => isArn(text) || /^s3:\/\//i.test(text) || /^\d{12}$/.test(text) || text === '*',
  isPrincipal: (text) => text === '*' || text === 'AnyAuthenticated' || text.startsWith('arn:') || isOutsideId(text),
  checkAccess,
  whoCanReach,
  effectivePermissions,
  exposureOf,
}
