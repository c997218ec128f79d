export { createAzureCompiler } from './compiler.ts'
export { decide } from './decide.ts'
export { renderReason } from './reasons.ts'
export { renderCondition } from './render.ts'
export { attributeKey } from './condition/attribute-key.ts'
export { levelOf, levelsOf, secretOperation } from './actions/levels.ts'
export { planeOf } from './actions/planes.ts'
export { blockNames } from './applies.ts'
export { canonicalId, compileScope, isAtOrBelow, scopeOfExtension, typeOfId } from './scope.ts'
export type {
  AttributeValue,
  AzureCompiler,
  AzureContext,
  AzureDecision,
  AzureFault,
  AzurePolicySet,
  AzurePrincipal,
  AzureResource,
  CompiledAssignment,
  CompiledDelegation,
  CompiledDenyAssignment,
  CompiledKeyVault,
  CompiledLock,
  CompiledRole,
} from './types.ts'
