export { accountOfArn, isAccountId, parseArn, type Arn } from './arn.ts'
export { isIamCaller, isServiceLinkedRole, principalOf, type Caller, type CallerKind } from './caller.ts'
export { createCompiler } from './compiler.ts'
export { decide } from './patterns/decide.ts'
export { renderReason, REASON_CODES, type ReasonCode } from './reasons.ts'
export { renderCondition } from './render.ts'
export { actionMatches, resourceMatches, statementApplies } from './statement.ts'
export { validatePolicy } from './grammar/validate.ts'
export type {
  AwsContext,
  AwsDecision,
  AwsPolicySet,
  AwsRequest,
  CompiledPolicy,
  CompiledStatement,
  ContextValue,
  PolicyCompiler,
  PolicyFault,
  PolicyType,
  StatementProgram,
  Tri,
} from './types.ts'
export { covers, intersects } from './patterns/overlap.ts'
