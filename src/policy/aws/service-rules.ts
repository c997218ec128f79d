import type { Reason } from '../../domain/decision.ts'
import type { Question } from './question.ts'
import type { ReasonCode } from './reasons.ts'

/** Rules of services that no policy can change. */
interface ServiceRule {
  readonly code: ReasonCode
  readonly kind: Reason['kind']
  readonly applies: (question: Question) => boolean
}

const ON_AWS_POLICIES: ReadonlySet<string> = new Set([
  'iam:createpolicyversion',
  'iam:deletepolicy',
  'iam:deletepolicyversion',
  'iam:setdefaultpolicyversion',
  'iam:tagpolicy',
  'iam:untagpolicy',
])

const ON_AWS_ROLES: ReadonlySet<string> = new Set([
  'iam:attachrolepolicy',
  'iam:deleterole',
  'iam:deleterolepermissionsboundary',
  'iam:deleterolepolicy',
  'iam:detachrolepolicy',
  'iam:putrolepermissionsboundary',
  'iam:putrolepolicy',
  'iam:updateassumerolepolicy',
  'iam:updaterole',
])

/** Who only brings the word of an identity provider signs nothing either: AssumeRoleWithSAML and AssumeRoleWithWebIdentity are its calls. */
const UNSIGNED: ReadonlySet<string> = new Set(['ANONYMOUS', 'FEDERATED'])

const SERVICE_RULES: readonly ServiceRule[] = [
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: "No permissions are required"
  {
    code: 'CALLER_IDENTITY',
    kind: 'ALLOW',
    applies: ({ action, caller }) => action === 'sts:getcalleridentity' && caller.kind !== 'ANONYMOUS',
  },
  {
    code: 'NEEDS_CREDENTIALS',
    kind: 'MISSING_ALLOW',
    applies: ({ action, caller }) =>
      (action === 'sts:assumerole' && UNSIGNED.has(caller.kind)) || (action === 'sts:getcalleridentity' && caller.kind === 'ANONYMOUS'),
  },
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: "You cannot use AWS account root user credentials"
  { code: 'ROOT_CANNOT_ASSUME', kind: 'MISSING_ALLOW', applies: ({ action, caller }) => action === 'sts:assumerole' && caller.kind === 'ROOT' },
  { code: 'AWS_OWNED', kind: 'EXPLICIT_DENY', applies: isChangeOfAwsOwned },
]

/** AWS managed policies, and roles under `aws-reserved/` and `aws-service-role/` (S39). */
function isChangeOfAwsOwned({ action, target }: Question): boolean {
  if (target.head[2] !== 'iam') return false
  if (target.head[4] === 'aws' && target.resource.startsWith('policy/')) return ON_AWS_POLICIES.has(action)
  const isAwsRole = target.resource.startsWith('role/aws-reserved/') || target.resource.startsWith('role/aws-service-role/')
  return isAwsRole && ON_AWS_ROLES.has(action)
}

export function serviceRuleFor(question: Question): ServiceRule | undefined {
  const { service } = question
  if (service !== 'sts' && service !== 'iam') return undefined
  return SERVICE_RULES.find((rule) => rule.applies(question))
}

/** sts actions on a role: its trust policy must let them (S7). */
export function needsTrust({ service, target }: Question): boolean {
  return service === 'sts' && target.head[2] === 'iam' && target.resource.startsWith('role/')
}

/** Actions on a KMS key: its policy must let them, or leave them to the account (S6). */
export function needsKeyPolicy({ service, target }: Question): boolean {
  return service === 'kms' && target.head[2] === 'kms' && target.resource.startsWith('key/')
}
