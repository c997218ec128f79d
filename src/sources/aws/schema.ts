import { z } from 'zod'

/**
 * Shapes of AWS exports at the boundary: only what is mapped is looked at. Keys may begin with a lower-case letter (Java's SDK); lists and
 * optional fields may be null (Go's). Documents and tags are left as they are.
 */

export const struct = <Shape extends z.ZodRawShape>(shape: Shape) => z.preprocess(upperFirstKeys, z.object(shape))

export function upperFirstKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  for (const key in value) {
    const first = key.charCodeAt(0)
    // Most are printed with capitals already: nothing to copy.
    if (first >= A && first <= Z) continue
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [upperFirst(name), member]))
  }
  return value
}

const A = 65
const Z = 90

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])
export const text = z.string().nullish()
const document = z.unknown().optional()
const iamArn = (resource: string) => z.string().regex(new RegExp(`^arn:[^:]+:iam::\\d{12}:${resource}/.+$`, 's'), `not the ARN of a ${resource}`)
export const date = z.union([z.string(), z.number()]).nullish()
export const name = z.string().min(1)

/** Not known where the key is missing: policies are printed without tags. */
const tags = z.array(struct({ Key: z.string(), Value: z.string().nullish() })).nullish()
const inlinePolicies = listOf(struct({ PolicyName: name, PolicyDocument: document }))
const attachedPolicies = listOf(struct({ PolicyName: text, PolicyArn: z.string().startsWith('arn:') }))
const boundary = struct({ PermissionsBoundaryArn: z.string().startsWith('arn:') }).nullish()

export const userRow = struct({
  Path: text,
  UserName: name,
  UserId: text,
  Arn: iamArn('user'),
  CreateDate: date,
  UserPolicyList: inlinePolicies,
  GroupList: listOf(name),
  AttachedManagedPolicies: attachedPolicies,
  PermissionsBoundary: boundary,
  Tags: tags,
})
export type UserRow = z.output<typeof userRow>

export const groupRow = struct({
  Path: text,
  GroupName: name,
  GroupId: text,
  Arn: iamArn('group'),
  CreateDate: date,
  GroupPolicyList: inlinePolicies,
  AttachedManagedPolicies: attachedPolicies,
})
export type GroupRow = z.output<typeof groupRow>

const instanceProfile = struct({
  Path: text,
  InstanceProfileName: name,
  InstanceProfileId: text,
  Arn: iamArn('instance-profile'),
  CreateDate: date,
})
export type InstanceProfileRow = z.output<typeof instanceProfile>

export const roleRow = struct({
  Path: text,
  RoleName: name,
  RoleId: text,
  Arn: iamArn('role'),
  CreateDate: date,
  Description: text,
  MaxSessionDuration: z.number().nullish(),
  AssumeRolePolicyDocument: document,
  InstanceProfileList: listOf(instanceProfile),
  RolePolicyList: inlinePolicies,
  AttachedManagedPolicies: attachedPolicies,
  PermissionsBoundary: boundary,
  RoleLastUsed: struct({ LastUsedDate: date, Region: text }).nullish(),
  Tags: tags,
})
export type RoleRow = z.output<typeof roleRow>

export const policyRow = struct({
  PolicyName: text,
  PolicyId: text,
  Arn: z.string().regex(/^arn:[^:]+:iam::(\d{12}|aws):policy\/.+$/s, 'not the ARN of a policy'),
  Path: text,
  DefaultVersionId: text,
  Description: text,
  CreateDate: date,
  UpdateDate: date,
  PolicyVersionList: listOf(struct({ Document: document, VersionId: text, IsDefaultVersion: z.boolean().nullish() })),
  Tags: tags,
})
export type PolicyRow = z.output<typeof policyRow>

/** What the page of account authorization details says of itself. */
export const pageRest = struct({ IsTruncated: z.boolean().nullish(), Marker: text, NextToken: text })

/** `Account` may be missing where the ARN names it. */
export const resourcePolicyRow = struct({
  Resource: z.string().startsWith('arn:'),
  Policy: document,
  Account: z
    .string()
    .regex(/^\d{12}$/, 'not the 12 digits of an account')
    .nullish(),
})

const organizationPolicy = struct({
  Id: text,
  Arn: z.string().startsWith('arn:'),
  Name: text,
  Description: text,
  Type: z.string(),
  AwsManaged: z.boolean().nullish(),
  Content: document,
})
export type OrganizationPolicy = z.output<typeof organizationPolicy>

/** A root, unit or account; `Children` are checked one by one. */
export const organizationNode = struct({
  Id: z.string().regex(/^(r-[a-z0-9]+|ou-[a-z0-9-]+|\d{12})$/, 'not the id of a root, an organisational unit or an account'),
  Arn: z
    .string()
    .regex(/^arn:[^:]+:organizations::\d{12}:(root|ou|account)\/o-[a-z0-9]+\/.+$/, 'not the ARN of a root, an organisational unit or an account'),
  Name: text,
  JoinedTimestamp: date,
  Policies: z.array(organizationPolicy).nullish(),
  Children: listOf(z.unknown()),
})
export type OrganizationNode = z.output<typeof organizationNode>

export const accountAliases = struct({ AccountAliases: z.array(z.string()) })
export const callerIdentity = struct({ Account: z.string().regex(/^\d{12}$/), Arn: z.string().startsWith('arn:') })

/** The first thing that is wrong, with its place below `place`. */
export function wrongShape(error: z.ZodError, place: string): { readonly place: string; readonly message: string } {
  const issue = error.issues[0]
  const path = (issue?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return { place: `${place}${path}`.replace(/^\./, ''), message: issue?.message ?? 'not of the shape expected' }
}
