/** Builds `aws iam get-account-authorization-details` exports, briefly. */

export interface Allow {
  readonly actions: string | readonly string[]
  readonly on?: string | readonly string[]
  readonly if?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
  readonly effect?: 'Allow' | 'Deny'
}

export interface PrincipalSpec {
  readonly policies?: Readonly<Record<string, readonly Allow[]>>
  readonly attached?: readonly string[]
  readonly groups?: readonly string[]
  readonly boundary?: string
  readonly trust?: readonly unknown[]
  readonly tags?: Readonly<Record<string, string>>
  readonly path?: string
  readonly lastUsed?: string
}

export interface AccountSpec {
  readonly account?: string
  readonly users?: Readonly<Record<string, PrincipalSpec>>
  readonly groups?: Readonly<Record<string, PrincipalSpec>>
  readonly roles?: Readonly<Record<string, PrincipalSpec>>
  /** Managed policies of the account, by name. */
  readonly managed?: Readonly<Record<string, readonly Allow[]>>
}

export const ACCOUNT = '111122223333'

export const userArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:user/${name}`
export const roleArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`
export const policyArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:policy/${name}`

function policy(statements: readonly Allow[]): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ actions, on = '*', if: condition, effect = 'Allow' }) => ({
      Effect: effect,
      Action: actions,
      Resource: on,
      ...(condition === undefined ? {} : { Condition: condition }),
    })),
  }
}

/** Trust statement for services (`lambda.amazonaws.com`), identity providers and ARNs or account digits. */
export function trusts(trusted: string | Readonly<Record<string, unknown>>, more: object = {}): object {
  const who = typeof trusted === 'string' ? (trusted.endsWith('.amazonaws.com') ? { Service: trusted } : { AWS: trusted }) : trusted
  return { Effect: 'Allow', Principal: who, Action: 'sts:AssumeRole', ...more }
}

export function accountExport(spec: AccountSpec): object {
  const account = spec.account ?? ACCOUNT
  const list = (specs: Readonly<Record<string, PrincipalSpec>> | undefined, type: 'User' | 'Group' | 'Role') =>
    Object.entries(specs ?? {}).map(([name, one]) => principal(account, type, name, one))
  return {
    UserDetailList: list(spec.users, 'User'),
    GroupDetailList: list(spec.groups, 'Group'),
    RoleDetailList: list(spec.roles, 'Role'),
    Policies: Object.entries(spec.managed ?? {}).map(([name, statements]) => managed(account, name, statements)),
    IsTruncated: false,
  }
}

function principal(account: string, type: 'User' | 'Group' | 'Role', name: string, spec: PrincipalSpec): object {
  const path = spec.path ?? '/'
  const attached = (spec.attached ?? []).map((arn) => (arn.startsWith('arn:') ? arn : policyArn(arn, account)))
  return {
    Path: path,
    [`${type}Name`]: name,
    [`${type}Id`]: `${type === 'Role' ? 'AROA' : type === 'User' ? 'AIDA' : 'AGPA'}${Buffer.from(account + name)
      .toString('hex')
      .toUpperCase()
      .slice(0, 40)}`,
    Arn: `arn:aws:iam::${account}:${type.toLowerCase()}${path}${name}`,
    CreateDate: '2024-01-02T03:04:05+00:00',
    [`${type}PolicyList`]: Object.entries(spec.policies ?? {}).map(([policyName, statements]) => ({
      PolicyName: policyName,
      PolicyDocument: policy(statements),
    })),
    AttachedManagedPolicies: attached.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })),
    ...(type === 'User' ? { GroupList: spec.groups ?? [] } : {}),
    ...(type === 'Group' ? {} : { Tags: Object.entries(spec.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) }),
    ...(spec.boundary === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: policyArn(spec.boundary, account) } }),
    ...(type === 'Role'
      ? {
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: spec.trust ?? [trusts('ec2.amazonaws.com')] },
          InstanceProfileList: [],
          RoleLastUsed: spec.lastUsed === undefined ? {} : { LastUsedDate: spec.lastUsed, Region: 'eu-west-1' },
        }
      : {}),
  }
}

function managed(account: string, name: string, statements: readonly Allow[]): object {
  return {
    PolicyName: name,
    PolicyId: `ANPA${name.toUpperCase()}`,
    Arn: policyArn(name, account),
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: '2024-01-02T03:04:05+00:00',
    UpdateDate: '2024-01-02T03:04:05+00:00',
    PolicyVersionList: [{ Document: policy(statements), VersionId: 'v1', IsDefaultVersion: true, CreateDate: '2024-01-02T03:04:05+00:00' }],
  }
}
