import { isAccountId, parseArn } from '../arn.ts'
import { isObject, parseDocument, textsOf, type JsonObject } from '../document.ts'
import { documentOf, unreadableDocument } from './grants-document.ts'

/**
 * Operations that take an encryption context: constraints on it bear on no others.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
const WITH_CONTEXT: ReadonlySet<string> = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
])

/**
 * A grant on a KMS key as statements of a resource policy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 * @param grant a row of `aws kms list-grants`, as text or parsed
 */
export function documentOfKmsGrant(grant: unknown): JsonObject {
  const row = parseDocument(grant)
  const operations = textsOf(row?.['Operations'])
  const grantee = whomOf(row?.['GranteePrincipal'] ?? row?.['GranteeServicePrincipal'])
  const conditions = conditionsOf(row?.['Constraints'])
  if (row === undefined || operations === undefined || grantee === undefined || conditions === undefined) return unreadableDocument('a grant')
  const statement = { Effect: 'Allow', Resource: resourceOf(row['KeyId']) }
  const granted = grantedOperations(operations, conditions).filter(({ names }) => names.length > 0)
  return documentOf([
    ...granted.map(({ sid, names, condition }) => ({
      ...statement,
      Sid: sid,
      Principal: grantee,
      Action: names.map((name) => `kms:${name}`),
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    })),
    ...retirers(row).map(([sid, principal]) => ({ ...statement, Sid: sid, Principal: principal, Action: 'kms:RetireGrant' })),
  ])
}

interface GrantConditions {
  readonly always: Condition
  /** Beside those: on the encryption context. */
  readonly ofContext: Condition
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

interface GrantedOperations {
  readonly sid: string
  readonly names: readonly string[]
  readonly condition: Condition
}

/**
 * Who may create grants by a grant may pass on only what it gives, under constraints at least as strict.
 * https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-creategrant
 */
function grantedOperations(operations: readonly string[], { always, ofContext }: GrantConditions): readonly GrantedOperations[] {
  const constrained = { ...always, ...ofContext }
  const within = { ...ofContext['ForAllValues:StringEquals'], 'kms:GrantOperations': operations }
  return [
    { sid: 'Operations', names: operations.filter((name) => WITH_CONTEXT.has(name)), condition: constrained },
    { sid: 'OtherOperations', names: operations.filter((name) => !WITH_CONTEXT.has(name) && name !== 'CreateGrant'), condition: always },
    {
      sid: 'CreateGrant',
      names: operations.filter((name) => name === 'CreateGrant'),
      condition: { ...constrained, 'ForAllValues:StringEquals': within },
    },
  ]
}

/** Undefined where the constraints can't be read. */
function conditionsOf(constraints: unknown): GrantConditions | undefined {
  if (constraints === undefined || constraints === null) return { always: {}, ofContext: {} }
  if (!isObject(constraints)) return undefined
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn: source, ...others } = constraints
  const exactly = pairsOf(equals)
  const among = pairsOf(subset)
  if (exactly === undefined || among === undefined || Object.keys(others).length > 0) return undefined
  if (source !== undefined && source !== null && typeof source !== 'string') return undefined
  const pairs = [...exactly, ...among].map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const)
  return {
    always: typeof source === 'string' ? { ArnEquals: { 'aws:SourceArn': source } } : {},
    ofContext: {
      ...(pairs.length > 0 ? { StringEquals: Object.fromEntries(pairs) } : {}),
      ...(exactly.length > 0 ? { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': exactly.map(([key]) => key) } } : {}),
    },
  }
}

function pairsOf(context: unknown): readonly (readonly [string, string])[] | undefined {
  if (context === undefined || context === null) return []
  if (!isObject(context)) return undefined
  const pairs: (readonly [string, string])[] = []
  for (const [key, value] of Object.entries(context)) {
    if (typeof value !== 'string') return undefined
    pairs.push([key, value])
  }
  return pairs
}

/**
 * The retiring principal, and the account in which the grant was made.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
function retirers(row: JsonObject): readonly (readonly [string, JsonObject])[] {
  const retiring = whomOf(row['RetiringPrincipal'] ?? row['RetiringServicePrincipal'])
  const issuing = whomOf(row['IssuingAccount'])
  return [
    ...(retiring === undefined ? [] : [['RetiringPrincipal', retiring] as const]),
    ...(issuing === undefined ? [] : [['IssuingAccount', issuing] as const]),
  ]
}

function whomOf(principal: unknown): JsonObject | undefined {
  if (typeof principal !== 'string' || principal === '') return undefined
  if (principal.startsWith('arn:') || isAccountId(principal) || !principal.includes('.')) return { AWS: principal }
  return { Service: serviceNames(principal) }
}

/** `dynamodb.us-west-2.amazonaws.com` is DynamoDB in that Region; policies and requests name it `dynamodb.amazonaws.com`. */
function serviceNames(host: string): readonly string[] {
  const [service = '', region = '', ...rest] = host.split('.')
  const isRegional = rest.length > 1 && region.split('-').length > 2
  return isRegional ? [host, [service, ...rest].join('.')] : [host]
}

/** A grant is on one key: its ARN, or an id that names it where the grant was listed. */
function resourceOf(keyId: unknown): string {
  return typeof keyId === 'string' && parseArn(keyId) !== undefined ? keyId : '*'
}
