import { fieldsOf, isFields, textOf, textsOf } from '../microsoft/documents.ts'
import { canonicalId } from './scope.ts'
import type { CompiledAccessPolicy, CompiledKeyVault } from './types.ts'

/** Fields of which one is always there when a vault's properties were loaded. */
const TOLD_BY = ['enablerbacauthorization', 'accesspolicies', 'vaulturi', 'sku']

/** `enableRbacAuthorization` false, null or left out means access policies. */
export function compileKeyVault(document: unknown): CompiledKeyVault {
  const fields = fieldsOf(document)
  const id = canonicalId(textOf(fields, 'id'))
  const isLoaded = TOLD_BY.some((name) => fields.has(name))
  const mode = !isLoaded ? 'UNKNOWN' : fields.get('enablerbacauthorization') === true ? 'RBAC' : 'ACCESS_POLICY'
  const policies = fields.get('accesspolicies')
  return {
    id,
    mode,
    accessPolicies: Array.isArray(policies) ? policies.map((policy, index) => compilePolicy(policy, `${id}#accessPolicies[${index}]`)) : [],
  }
}

function compilePolicy(policy: unknown, id: string): CompiledAccessPolicy {
  const fields = fieldsOf(policy)
  const applicationId = textOf(fields, 'applicationid').toLowerCase()
  return {
    id,
    principalId: textOf(fields, 'objectid').toLowerCase(),
    ...(applicationId === '' ? {} : { applicationId }),
    permissions: permissionsOf(fields.get('permissions')),
  }
}

function permissionsOf(value: unknown): ReadonlySet<string> {
  if (!isFields(value)) return new Set()
  const pairs = Object.entries(value).flatMap(([kind, names]) => textsOf(names).map((name) => `${kind}/${name}`.toLowerCase()))
  return new Set(pairs)
}
