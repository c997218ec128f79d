import { checkAccess } from '../../operations/check-access.ts'
import { lookUp } from '../../operations/look-up.ts'
import { search } from '../../operations/search.ts'
import { simulate } from '../../operations/simulate.ts'
import { effectivePermissions } from '../../operations/what-can.ts'
import { whoCanReach } from '../../operations/who-can.ts'
import type { QueryResolvers } from '../schema.generated.ts'
import { present } from './present.ts'

export const Query: QueryResolvers = {
  principal: (_, { id }, context) => lookUp(context.estate(), id, 'Principal'),
  resource: (_, { id }, context) => lookUp(context.estate(), id, 'Resource'),
  scope: (_, { id }, context) => lookUp(context.estate(), id, 'Scope'),
  role: (_, { id }, context) => lookUp(context.estate(), id, 'Role'),
  guardrail: (_, { id }, context) => lookUp(context.estate(), id, 'Guardrail'),
  search: (_, question, context) => search(context.estate(), present(question)),
  whoCanReach: (_, question, context) => whoCanReach(context.estate(), present(question)),
  effectivePermissions: (_, question, context) => effectivePermissions(context.estate(), present(question)),
  checkAccess: (_, question, context) => checkAccess(context.estate(), present(question)),
  simulate: (_, { document }, context) => {
    context.stillInTime()
    return simulate(document)
  },
  snapshots: (_, _arguments, context) => context.store().snapshots(),
}
