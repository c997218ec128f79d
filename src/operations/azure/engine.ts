import { isArmId } from '../../estate/azure/target.ts'
import type { Engine } from '../engine.ts'
import { checkAccess } from './check-access.ts'
import { isObjectId } from './resolve.ts'
import { effectivePermissions } from './what-can.ts'
import { whoCanReach } from './who-can.ts'

/** Azure and the directories behind it. */
export const azureEngine: Engine = {
  providers: ['azure', 'entra'],
  isTarget: (text) => isArmId(text) || isObjectId(text),
  isPrincipal: isObjectId,
  checkAccess,
  whoCanReach,
  effectivePermissions,
  // Who is let in anonymously is a setting of each service, which no evaluator decides yet.
  exposureOf: () => null,
}
