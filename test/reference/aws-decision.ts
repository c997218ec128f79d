import type { Grip } from './aws-caller.ts'
import { rcpCovers } from './aws-catalogue.ts'
import type { LayerKind, Levels, Question, Statement } from './aws-question.ts'
import type { World } from './aws-statement.ts'
import { appliesAs } from './aws-statement.ts'

/**
 * Whether a request is allowed where everything is known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function isAllowed(question: Question, world: World): boolean {
  if (/^sts:getcalleridentity$/i.test(question.action)) return true
  if (isKeptByAws(question)) return false
  if (isShutOut(question, world)) return false
  const binding = bindingLayers(question, world)
  if (binding.some((levels) => levels.flat().some((statement) => has(statement, 'Deny', question, world)))) return false
  return isGranted(question, world)
}

function has(statement: Statement, effect: 'Allow' | 'Deny', question: Question, world: World): boolean {
  return appliesAs(effect, statement, question, world) !== undefined
}

/** Layers whose denies count. */
function bindingLayers(question: Question, world: World): readonly NonNullable<Levels>[] {
  const kinds = ['IDENTITY', 'BOUNDARY', 'SESSION', 'RESOURCE', 'SCP', 'RCP', 'ENDPOINT'] as const
  return kinds.flatMap((kind) => (binds(kind, question, world) ? [question.layers[kind] ?? []] : []))
}

/** "Only AWS service principals and authorized users within the bucket owner's account" */
function isShutOut({ settings, account }: Question, { by, isPublic }: World): boolean {
  return settings.restricted && isPublic && by.kind !== 'service' && by.account !== account
}

function binds(kind: LayerKind, { action, settings }: Question, { by, context }: World): boolean {
  const isIdentity = by.account !== undefined
  switch (kind) {
    case 'IDENTITY':
    case 'BOUNDARY':
    case 'SESSION':
      return isIdentity && by.kind !== 'root'
    case 'SCP':
      return isIdentity && !by.serviceLinked
    case 'RCP':
      return !by.serviceLinked && !settings.ofAws && rcpCovers(action.split(':')[0] ?? '') && !/^kms:retiregrant$/i.test(action)
    case 'ENDPOINT':
      return ['aws:sourcevpce', 'aws:sourcevpc'].some((key) => (context.get(key) ?? []).length > 0)
    case 'RESOURCE':
    default:
      return true
  }
}

/** Every level allows. RCPs are absent here: they need no allow. */
function passes(kind: 'BOUNDARY' | 'SESSION' | 'SCP' | 'ENDPOINT', question: Question, world: World): boolean {
  if (!binds(kind, question, world)) return true
  return (question.layers[kind] ?? []).every((level) => level.some((statement) => has(statement, 'Allow', question, world)))
}

/** Grips of statements that allow. */
function grips(statements: readonly Statement[], question: Question, world: World): readonly Grip[] {
  return statements.flatMap((statement) => appliesAs('Allow', statement, question, world) ?? [])
}

/** Of these the resource's own policy must at least trust the account. */
function needsResourcePolicy({ action, resource }: Question): boolean {
  return /^sts:(assumerole|tagsession|setsourceidentity|setcontext)/i.test(action) || /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource)
}

/** Nobody calls sts:AssumeRole unsigned or as root: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function isGranted(question: Question, world: World): boolean {
  const { by } = world
  if (!passes('SCP', question, world) || !passes('ENDPOINT', question, world)) return false
  const resource = grips([...(question.layers.RESOURCE?.flat() ?? []), ...question.settings.grants], question, world)
  const key = grips(question.settings.keyGrants, question, world)
  if (/^sts:assumerole$/i.test(question.action) && (by.kind === 'root' || by.kind === 'anonymous' || by.kind === 'provider')) return false
  if (by.account === undefined) return resource.includes('SELF') || key.includes('SELF')
  const identity = by.kind === 'root' || (question.layers.IDENTITY?.flat().some((statement) => has(statement, 'Allow', question, world)) ?? false)
  const ceilings = passes('BOUNDARY', question, world) && passes('SESSION', question, world)
  const within = question.account === undefined || question.account === by.account
  // A grant on a key needs nothing beside it, wherever the grantee is; an account that it names delegates.
  if (key.includes('SELF') && (within || ceilings)) return true
  if (key.length > 0 && ceilings && (identity || key.some((grip) => grip !== 'ACCOUNT'))) return true
  if (!within) return resource.length > 0 && identity && ceilings
  if (resource.includes('SELF')) return true
  const trusted = !needsResourcePolicy(question) || resource.length > 0
  return ceilings && (resource.includes('ROLE') || (identity && trusted))
}

const POLICY_CHANGES = /^iam:(createpolicyversion|deletepolicyversion|setdefaultpolicyversion|deletepolicy)$/i
const ROLE_CHANGES = /^iam:((attach|detach|put|delete)rolepolicy|(put|delete)rolepermissionsboundary|updateassumerolepolicy|deleterole)$/i

/** AWS's own policies and roles can't be changed by anybody else. */
function isKeptByAws({ action, resource }: Question): boolean {
  if (/^arn:[^:]*:iam::aws:policy\//.test(resource)) return POLICY_CHANGES.test(action)
  return /^arn:[^:]*:iam::\d*:role\/(aws-reserved|aws-service-role)\//.test(resource) && ROLE_CHANGES.test(action)
}
