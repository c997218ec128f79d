export { accountOfArn, isAccountId, parseArn } from './arn.ts'
export { isServiceLinkedRole, principalOf } from './caller.ts'
export { createCompiler } from './compiler.ts'
export { decide } from './patterns/decide.ts'
export { documentOfBucketAcl } from './grants/bucket-acl.ts'
export { documentOfKmsGrant } from './grants/kms-grant.ts'
export { isPublicBucketPolicy } from './grants/public-policy.ts'
export { documentOfResourceShare } from './grants/resource-share.ts'
export { renderReason } from './reasons.ts'
export { renderCondition } from './render.ts'
export { actionMatches, resourceMatches, statementApplies } from './statement.ts'
export { validatePolicy } from './grammar/validate.ts'
export type {
  AwsContext,
  AwsDecision,
  AwsPolicySet,
  AwsRequest,
  CompiledPolicy,
  ContextValue,
  PolicyType,
  PublicAccessBlock,
} from './types.ts'
export { covers, intersects } from './patterns/overlap.ts'
