import { isAccountId, parseArn } from '../arn.ts'
import { isObject, parseDocument, textsOf, type JsonObject } from '../document.ts'
import { documentOf } from './grants-document.ts'

/** What Resource Access Manager says of one shared resource. */
export interface ResourceShare {
  readonly resourceArn: string
  /** Of each permission: what `aws ram get-permission` prints of it (`Effect`, `Action`, perhaps `Condition`), as text or parsed, or a list of actions. */
  readonly permissions: readonly unknown[]
  /** Accounts, ARNs of organisations, organizational units, roles and users, and services. */
  readonly principals: readonly string[]
  /** RAM checks it where a principal is added: it takes nothing from those that are. */
  readonly allowExternalPrincipals?: boolean
}

/**
 * A share as the resource policy that RAM writes for it.
 * https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html
 */
export function documentOfResourceShare({ resourceArn, permissions, principals }: ResourceShare): JsonObject {
  const statements = permissions.flatMap(permissionStatements)
  const shared = principals.flatMap((principal) => statements.map((statement) => ({ ...statement, ...grantedTo(principal, statement) })))
  const { Statement } = documentOf(shared.map((statement, index) => ({ ...statement, Sid: `Share[${index}]`, Resource: resourceArn })))
  // Permissions may hold variables.
  return { Version: '2012-10-17', Statement }
}

/** Undefined, a number … : a statement without actions, which the compiler reports. */
function permissionStatements(permission: unknown): readonly JsonObject[] {
  const actions = Array.isArray(permission) ? textsOf(permission) : undefined
  if (actions !== undefined) return [{ Effect: 'Allow', Action: actions }]
  const document = parseDocument(permission)
  if (document === undefined) return [{ Effect: 'Allow', Action: [] }]
  const { Statement: list } = document
  const statements: readonly unknown[] = list === undefined ? [document] : Array.isArray(list) ? list : [list]
  return statements.map(permissionStatement)
}

function permissionStatement(statement: unknown): JsonObject {
  if (!isObject(statement)) return { Effect: 'Allow', Action: [] }
  const { Effect: effect = 'Allow', Action: action = [], NotAction: notAction, Condition: condition } = statement
  return {
    Effect: effect,
    ...(notAction === undefined ? { Action: action } : { NotAction: notAction }),
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths */
function grantedTo(principal: string, statement: JsonObject): JsonObject {
  const arn = parseArn(principal)
  if (arn?.service === 'organizations') return ofOrganization(arn.resource, statement)
  if (arn !== undefined || isAccountId(principal)) return { Principal: { AWS: principal } }
  return { Principal: principal.includes('.') ? { Service: principal } : { Unknown: principal } }
}

function ofOrganization(resource: string, statement: JsonObject): JsonObject {
  const [type, organization = '', unit = ''] = resource.split('/')
  if (type === 'organization') return everyone(statement, 'StringEquals', { 'aws:PrincipalOrgID': organization })
  if (type !== 'ou') return { Principal: { Unknown: resource } }
  return everyone(statement, 'ForAnyValue:StringLike', { 'aws:PrincipalOrgPaths': `${organization}/*/${unit}/*` })
}

/** Beside what the permission itself asks for. */
function everyone({ Condition: own }: JsonObject, operator: string, test: JsonObject): JsonObject {
  const conditions = isObject(own) ? own : {}
  const lines = conditions[operator]
  return { Principal: '*', Condition: { ...conditions, [operator]: { ...(isObject(lines) ? lines : {}), ...test } } }
}
