import { accountOfArn } from './arn.ts'
import { isIamCaller, isRoleCaller, principalOf, type Caller } from './caller.ts'
import { ALWAYS_PRESENT, isNamed, isOfIamCallersOnly, SERVICE_CALL_KEYS, SESSION_KEYS } from './context-keys.ts'
import { targetOf, type Target } from './resource-pattern.ts'
import type { ValuesOf } from './conditions/test.ts'
import type { ActionKnowledge } from './actions/knowledge.ts'
import type { AwsRequest } from './types.ts'
import type { KnownValues } from './variables.ts'

/** A request, made ready to be put to many statements. */
export interface Question {
  readonly request: AwsRequest
  readonly knowledge: ActionKnowledge
  readonly caller: Caller
  /** Lower-cased. */
  readonly action: string
  readonly service: string
  /** -1 where the action is not known. */
  readonly actionId: number
  readonly target: Target
  /** Undefined where it can't be told. */
  readonly resourceAccount: string | undefined
  readonly valuesOf: ValuesOf
}

const NOBODY: Caller = { kind: 'ANONYMOUS', id: '*', partition: 'aws', name: '*' }

const questions = new WeakMap<AwsRequest, Question>()

/** The same question for the same request, for callers that put one request to many statements. */
export function questionOf(request: AwsRequest, knowledge: ActionKnowledge): Question {
  const known = questions.get(request)
  if (known !== undefined && known.knowledge === knowledge) return known
  const question = makeQuestion(request, knowledge)
  questions.set(request, question)
  return question
}

export function makeQuestion(request: AwsRequest, knowledge: ActionKnowledge): Question {
  const action = actionOf(request.action, knowledge)
  const caller = callerOf(request.principal)
  const { arn, account } = request.resource
  // Actions without resource types match only Resource "*" (S26), whatever resource the caller named.
  const target = targetOf(action.isWithoutResource ? '*' : arn)
  const question: Question = {
    request,
    knowledge,
    caller,
    action: action.name,
    service: action.service,
    actionId: action.id,
    target,
    resourceAccount: account ?? accountOfArn(arn) ?? (target.text === '*' ? caller.account : undefined),
    valuesOf: knownValues(request, (key) => valuesOf(question, key)),
  }
  return question
}

/** The look-up of values, with what is known of keys that have none. */
const knownValues = ({ context: { never } }: AwsRequest, look: (key: string) => KnownValues): ValuesOf =>
  never === undefined ? look : Object.assign(look, { never })

interface Action {
  /** Lower-cased. */
  readonly name: string
  readonly service: string
  readonly id: number
  /** It is known to take no resource. */
  readonly isWithoutResource: boolean
}

const MAX_ACTIONS = 32_768
const actions = new WeakMap<ActionKnowledge, Map<string, Action>>()

function actionOf(text: string, knowledge: ActionKnowledge): Action {
  let known = actions.get(knowledge)
  if (known === undefined || known.size >= MAX_ACTIONS) {
    known = new Map()
    actions.set(knowledge, known)
  }
  const action = known.get(text) ?? readAction(text, knowledge)
  known.set(text, action)
  return action
}

function readAction(text: string, knowledge: ActionKnowledge): Action {
  const name = text.toLowerCase()
  const id = knowledge.idOf(name)
  return { name, service: prefixOf(name), id, isWithoutResource: id >= 0 && knowledge.resourceTypesOf(id).length === 0 }
}

const MAX_CALLERS = 4096
const callers = new Map<string, Caller>()

function callerOf(principal: string): Caller {
  const known = callers.get(principal)
  if (known !== undefined) return known
  if (callers.size >= MAX_CALLERS) callers.clear()
  const caller = principalOf(principal) ?? NOBODY
  callers.set(principal, caller)
  return caller
}

/** Given values hold, then what the request itself decides, then what AWS never sends; the rest is unknown or absent as the request says. */
function valuesOf(question: Question, key: string): KnownValues {
  const { context } = question.request
  const given = context.entries.get(key)
  if (given !== undefined) return given
  const decided = DECIDED[key]?.(question) ?? subjectOf(question.caller, key)
  if (decided !== undefined) return decided
  const { unknown } = context
  if (unknown === false) return ABSENT
  if (unknown !== true && !isNamed(key, unknown)) return ABSENT
  if (isNeverSent(question, key) || isTagWithoutAbac(question, key)) return ABSENT
  if (context.complete !== undefined && isNamed(key, context.complete)) return ABSENT
  return isPresent(question, key) ? null : undefined
}

const ABSENT: readonly string[] = []

const PRINCIPAL_TYPES = {
  USER: 'User',
  ROLE: 'AssumedRole',
  SESSION: 'AssumedRole',
  FEDERATED_USER: 'FederatedUser',
  ROOT: 'Account',
  SERVICE: undefined,
  FEDERATED: undefined,
  ANONYMOUS: 'Anonymous',
} as const

/** Keys that follow from the request. Undefined: this request does not decide it. */
const DECIDED: Readonly<Record<string, (question: Question) => KnownValues>> = {
  'aws:principalarn': principalArn,
  'aws:principalaccount': principalAccount,
  'aws:principaltype': ({ caller }) => {
    const type = PRINCIPAL_TYPES[caller.kind]
    return type === undefined ? undefined : [type]
  },
  'aws:principalisawsservice': isAwsService,
  'aws:principalservicename': ({ caller }) => (caller.kind === 'SERVICE' ? [caller.name] : undefined),
  'aws:username': ({ caller }) => (caller.kind === 'USER' ? [caller.name] : ABSENT),
  'aws:userid': userId,
  'aws:resourceaccount': ({ resourceAccount }) => (resourceAccount === undefined ? undefined : [resourceAccount]),
  's3:resourceaccount': ({ resourceAccount, service }) => (service === 's3' && resourceAccount !== undefined ? [resourceAccount] : undefined),
  'kms:calleraccount': ({ caller, service }) => (service === 'kms' && caller.account !== undefined ? [caller.account] : undefined),
}

/** Sent with signed requests only. */
function isAwsService({ caller }: Question): KnownValues {
  return caller.kind === 'ANONYMOUS' || caller.kind === 'FEDERATED' ? ABSENT : [String(caller.kind === 'SERVICE')]
}

/** `host:subject` asks as that subject of the identity provider; a pattern of subjects leaves it unknown. */
function subjectOf(caller: Caller, key: string): KnownValues {
  if (caller.kind !== 'FEDERATED' || caller.session === undefined || key !== `${caller.name.toLowerCase()}:sub`) return undefined
  return caller.session.includes('*') ? null : [caller.session]
}

/**
 * "Included in the request context for all requests, including anonymous requests": of services and federated subjects it has a value that is not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 */
function principalAccount({ caller }: Question): KnownValues {
  if (caller.kind === 'ANONYMOUS') return ['anonymous']
  return caller.account === undefined ? undefined : [caller.account]
}

function one(value: string | undefined): readonly string[] {
  return value === undefined ? ABSENT : [value]
}

/**
 * Of a session, the ARN of its role with path (S17). The session's ARN has lost the path: roles that AWS keeps under paths of its own can't
 * be told from their name.
 */
function principalArn({ caller, request }: Question): KnownValues {
  if (caller.kind === 'SERVICE' || caller.kind === 'ANONYMOUS' || caller.kind === 'FEDERATED') return ABSENT
  if (caller.kind !== 'SESSION') return [caller.id]
  if (request.roleArn !== undefined) return [request.roleArn]
  const hasPathOfAws = caller.name.startsWith('AWSServiceRoleFor') || caller.name.startsWith('AWSReservedSSO_')
  return hasPathOfAws ? null : [`arn:${caller.partition}:iam::${caller.account ?? ''}:role/${caller.name}`]
}

function userId({ caller }: Question): KnownValues {
  if (caller.kind === 'ROOT') return one(caller.account)
  if (caller.kind === 'FEDERATED_USER') return [`${caller.account ?? ''}:${caller.name}`]
  return caller.kind === 'ANONYMOUS' ? ['anonymous'] : undefined
}

/** "Keys that AWS never sends with such a request (caller or action) are absent even where the context is unknown." */
function isNeverSent(question: Question, key: string): boolean {
  const { caller } = question
  if (isIamCaller(caller)) {
    if (SERVICE_CALL_KEYS.has(key)) return true
    if (!isRoleCaller(caller) && caller.kind !== 'FEDERATED_USER' && (SESSION_KEYS.has(key) || isProviderKey(key))) return true
  } else if (isOfIamCallersOnly(key) || SESSION_KEYS.has(key)) return true
  if (caller.kind === 'ANONYMOUS' && SERVICE_CALL_KEYS.has(key)) return true
  return isForeignToAction(question, key)
}

/**
 * "By default, ABAC is disabled for all Amazon S3 general purpose buckets": their tags are then for cost allocation only. Tags of access points
 * count always.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function isTagWithoutAbac({ request, target }: Question, key: string): boolean {
  if (request.bucketAbac !== false || target.head[2] !== 's3') return false
  const isOfBucket = target.head[3] === '' && target.head[4] === ''
  return key.startsWith('s3:buckettag/') || (isOfBucket && key.startsWith('aws:resourcetag/'))
}

/** Keys of identity providers: `token.actions.githubusercontent.com:sub`, `saml:aud`. */
function isProviderKey(key: string): boolean {
  const prefix = prefixOf(key)
  return prefix.includes('.') || prefix === 'saml'
}

/** Services whose keys travel with a session, or with calls of other services. */
const TRAVELLING = ['aws', 'identitystore', 'redshift-serverless'] as const

/** A key of a service that the action does not list: no request for the action carries it. */
export function isForeignToAction({ actionId, knowledge }: Pick<Question, 'actionId' | 'knowledge'>, key: string): boolean {
  if (actionId < 0 || SESSION_KEYS.has(key)) return false
  const prefix = prefixOf(key)
  if (prefix === '' || isProviderKey(key) || TRAVELLING.some((each) => each === prefix)) return false
  if (!isService(prefix, knowledge)) return false
  return !keysOf(actionId, knowledge).some((each) => isSameKey(each, key))
}

const services = new Map<string, boolean>()

function isService(prefix: string, knowledge: ActionKnowledge): boolean {
  const known = services.get(prefix)
  if (known !== undefined) return known
  const is = knowledge.expand(`${prefix}:*`).some((word) => word !== 0)
  services.set(prefix, is)
  return is
}

const keysByAction = new Map<number, readonly string[]>()

function keysOf(actionId: number, knowledge: ActionKnowledge): readonly string[] {
  const known = keysByAction.get(actionId)
  if (known !== undefined) return known
  const keys = knowledge.conditionKeysOf(actionId)
  keysByAction.set(actionId, keys)
  return keys
}

function prefixOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':')))
}

/** Placeholders of listed keys are wildcards: `s3:existingobjecttag/*`, `kms:encryptioncontext:*`. */
function isSameKey(listed: string, key: string): boolean {
  const star = listed.indexOf('*')
  return star < 0 ? listed === key : key.startsWith(listed.slice(0, star))
}

function isPresent({ caller }: Question, key: string): boolean {
  if (ALWAYS_PRESENT.has(key)) return true
  if (key === 'aws:userid' || key === 'aws:principaltype' || key === 'aws:principalaccount') return true
  // "This key is present only when the principal uses temporary credentials."
  return (isRoleCaller(caller) || caller.kind === 'FEDERATED_USER') && key === 'aws:tokenissuetime'
}
