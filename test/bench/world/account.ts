import type { Random } from '../random.ts'
import { AWS_MANAGED, boundaryPolicy, permissionPolicy, trustPolicy, type PolicyDocument } from './documents.ts'
import type { AccountPlan } from './tiers.ts'

/** What `aws iam get-account-authorization-details` prints for one account, in pieces of text, so that no account is ever whole in memory. */
export function* accountText(random: Random, account: AccountPlan, other: () => AccountPlan): Generator<string> {
  const world: World = { random, account, other }
  yield '{"UserDetailList":'
  yield* list(account.users, (number) => user(world, number))
  yield ',"GroupDetailList":'
  yield* list(account.groups, (number) => group(world, number))
  yield ',"RoleDetailList":'
  yield* list(account.roles, (number) => role(world, number))
  yield ',"Policies":'
  yield* list(account.policies + AWS_MANAGED.length, (number) => policy(world, number))
  yield ',"IsTruncated":false}\n'
}

interface World {
  readonly random: Random
  readonly account: AccountPlan
  readonly other: () => AccountPlan
}

function* list(count: number, item: (number: number) => unknown): Generator<string> {
  yield '[\n'
  for (let number = 0; number < count; number++) yield `${number === 0 ? '' : ',\n'}${JSON.stringify(item(number))}`
  yield '\n]'
}

const CREATED = '2025-03-01T09:00:00+00:00'
const uniqueId = (prefix: string, { number }: AccountPlan, place: number): string =>
  `${prefix}${String(number).padStart(7, '0')}${String(place).padStart(10, '0')}`

function user(world: World, number: number): unknown {
  const { account, random } = world
  const name = `user-${number}`
  const memberships = new Set(Array.from({ length: 1 + random.rank(3) }, () => `group-${random.rank(account.groups)}`))
  return {
    Path: '/',
    UserName: name,
    UserId: uniqueId('AIDA', account, number),
    Arn: `arn:aws:iam::${account.id}:user/${name}`,
    CreateDate: CREATED,
    UserPolicyList: inline(world, 0.15),
    GroupList: [...memberships],
    AttachedManagedPolicies: attached(world, random.rank(3)),
    ...boundary(world, 0.1),
    Tags: tags(world),
  }
}

function group(world: World, number: number): unknown {
  const { account, random } = world
  const name = `group-${number}`
  return {
    Path: '/',
    GroupName: name,
    GroupId: uniqueId('AGPA', account, number),
    Arn: `arn:aws:iam::${account.id}:group/${name}`,
    CreateDate: CREATED,
    GroupPolicyList: inline(world, 0.2),
    AttachedManagedPolicies: attached(world, 1 + random.below(3)),
  }
}

function role(world: World, number: number): unknown {
  const { account, random, other } = world
  const name = `app-${number}`
  return {
    Path: '/',
    RoleName: name,
    RoleId: uniqueId('AROA', account, number),
    Arn: `arn:aws:iam::${account.id}:role/${name}`,
    CreateDate: CREATED,
    AssumeRolePolicyDocument: trustPolicy(random, account, other()),
    InstanceProfileList: [],
    RolePolicyList: inline(world, 0.3),
    AttachedManagedPolicies: attached(world, 1 + random.rank(4)),
    ...boundary(world, 0.1),
    Tags: tags(world),
    RoleLastUsed: random.chance(0.2) ? { LastUsedDate: '2026-10-01T12:00:00+00:00', Region: 'eu-west-1' } : {},
  }
}

function inline({ random, account }: World, probability: number): readonly unknown[] {
  return random.chance(probability) ? [{ PolicyName: 'inline', PolicyDocument: permissionPolicy(random, account) }] : []
}

/** The last of the account's own policies is its boundary; three attachments in twenty are AWS's own. */
function attached({ random, account }: World, count: number): readonly unknown[] {
  const arns = new Set(
    Array.from({ length: count }, () =>
      random.chance(0.15) ? managedArn(attachedManaged(random)) : ownArn(account, random.rank(account.policies - 1)),
    ),
  )
  return [...arns].map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))
}

/** One in twenty of those is an administrator, the rest read or run functions. */
const attachedManaged = (random: Random): number => (random.chance(0.05) ? 0 : random.chance(0.1) ? 1 : 2 + random.below(3))

const managedArn = (number: number): string => `arn:aws:iam::aws:policy/${AWS_MANAGED[number]?.name ?? 'AdministratorAccess'}`
const ownArn = (account: AccountPlan, number: number): string => `arn:aws:iam::${account.id}:policy/policy-${number}`

function boundary({ random, account }: World, probability: number): object {
  if (!random.chance(probability)) return {}
  return { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: ownArn(account, account.policies - 1) } }
}

const tags = ({ random }: World): readonly unknown[] =>
  random.chance(0.5) ? [{ Key: 'team', Value: random.pick(['data', 'web', 'platform', 'payments']) }] : []

function policy({ random, account }: World, number: number): unknown {
  const managed = AWS_MANAGED[number - account.policies]
  if (managed !== undefined) return policyRow(managedArn(number - account.policies), `ANPAAWS${managed.name}`, managed.document)
  const text = number === account.policies - 1 ? boundaryPolicy() : permissionPolicy(random, account)
  return policyRow(ownArn(account, number), uniqueId('ANPA', account, number), text)
}

const policyRow = (arn: string, id: string, document: PolicyDocument): unknown => ({
  PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
  PolicyId: id,
  Arn: arn,
  Path: '/',
  DefaultVersionId: 'v1',
  AttachmentCount: 1,
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  CreateDate: CREATED,
  UpdateDate: CREATED,
  PolicyVersionList: [{ Document: document, VersionId: 'v1', IsDefaultVersion: true, CreateDate: CREATED }],
})
