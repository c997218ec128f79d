import { type AccountSpec, accountExport, roleArn } from './account.ts'

/**
 * An organisation of three accounts as the AWS CLI prints it, in the layout of a bundle: nested units, SCPs, an RCP, a bucket that another account
 * is let into, a key, an endpoint, compute, and Identity Center.
 */
export const MANAGEMENT = '111111111111'
export const DATA = '222222222222'
export const APP = '333333333333'
export const OUTSIDE = '999999999999'

export const LEDGER = 'arn:aws:s3:::ledger'
export const VAULT_KEY = `arn:aws:kms:eu-west-1:${DATA}:key/11111111-2222-4333-8444-555555555555`
export const INSTANCE = `arn:aws:ec2:eu-west-1:${APP}:instance/i-0123456789abcdef0`
export const ENDPOINT = 'vpce-0123456789abcdef0'
export const READERS_ROLE = `arn:aws:iam::${APP}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Data_Readers_0123456789abcdef`
export const USERS = { ada: '11111111-aaaa-4bbb-8ccc-000000000001', bob: '11111111-aaaa-4bbb-8ccc-000000000002' }

const ORGANIZATION = 'o-a1b2c3d4e5'
const ROOT = 'r-ab12'
const WORKLOADS = 'ou-ab12-workload1'
const PRODUCTION = 'ou-ab12-producti1'
const organizations = (type: string, id: string): string => `arn:aws:organizations::${MANAGEMENT}:${type}/${ORGANIZATION}/${id}`
const SSO = 'arn:aws:sso:::instance/ssoins-1234567890abcdef'
const PERMISSION_SET = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef'
const STORE = 'd-1234567890'

const statement = (more: object): object => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const document = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements })

const app: AccountSpec = {
  account: APP,
  users: { dev: { policies: { all: [{ actions: 's3:*' }, { actions: 'kms:Decrypt' }] } } },
  roles: {
    app: { policies: { ledger: [{ actions: ['s3:GetObject', 's3:DeleteObject'], on: `${LEDGER}/*` }] } },
    AWSReservedSSO_Data_Readers_0123456789abcdef: {
      path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      policies: { AwsSSOInlinePolicy: [{ actions: 's3:GetObject', on: `${LEDGER}/*` }] },
      trust: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${APP}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE` },
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    },
  },
}
const data: AccountSpec = {
  account: DATA,
  users: { analyst: { policies: { all: [{ actions: ['kms:*', 's3:*'] }] } } },
  roles: {
    // Of the same permission set, but nobody is assigned to it here.
    AWSReservedSSO_Data_Readers_fedcba9876543210: {
      ...app.roles?.['AWSReservedSSO_Data_Readers_0123456789abcdef'],
      policies: { AwsSSOInlinePolicy: [{ actions: 's3:*' }] },
    },
    'key-admin': {},
  },
}

const bucketPolicy = document(
  statement({
    Sid: 'App',
    Principal: { AWS: [roleArn('app', APP), READERS_ROLE] },
    Action: ['s3:GetObject', 's3:DeleteObject'],
    Resource: `${LEDGER}/*`,
  }),
  statement({ Sid: 'Auditor', Principal: { AWS: roleArn('auditor', OUTSIDE) }, Action: 's3:GetObject', Resource: `${LEDGER}/*` }),
)
const keyPolicy = document(statement({ Sid: 'Admin', Principal: { AWS: roleArn('key-admin', DATA) }, Action: 'kms:*' }))
const scp = document({ Sid: 'KeepObjects', Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' })
const rcp = document({
  Sid: 'OurOrganizationOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
})

const FULL_ACCESS = 'p-FullAWSAccess'
const policies: Readonly<
  Record<string, { readonly name: string; readonly type: string; readonly content: object; readonly targets: readonly string[] }>
> = {
  [FULL_ACCESS]: {
    name: 'FullAWSAccess',
    type: 'SERVICE_CONTROL_POLICY',
    content: document(statement({})),
    targets: [ROOT, WORKLOADS, PRODUCTION, MANAGEMENT, DATA, APP],
  },
  'p-keepobjs': { name: 'KeepObjects', type: 'SERVICE_CONTROL_POLICY', content: scp, targets: [WORKLOADS] },
  'p-ouronly1': { name: 'OurOrganizationOnly', type: 'RESOURCE_CONTROL_POLICY', content: rcp, targets: [ROOT] },
}
const policyArn = (id: string): string => {
  const { type = '' } = policies[id] ?? {}
  const path = `policy/${id === FULL_ACCESS ? '' : `${ORGANIZATION}/`}${type.toLowerCase()}/${id}`
  return `arn:aws:organizations::${id === FULL_ACCESS ? 'aws' : MANAGEMENT}:${path}`
}
const summary = (id: string): object => ({
  Id: id,
  Arn: policyArn(id),
  Name: policies[id]?.name,
  Description: '',
  Type: policies[id]?.type,
  AwsManaged: id === FULL_ACCESS,
})
const targetOf = (id: string): object =>
  id === ROOT
    ? { TargetId: id, Arn: organizations('root', id), Name: 'Root', Type: 'ROOT' }
    : /^\d+$/.test(id)
      ? { TargetId: id, Arn: organizations('account', id), Name: id, Type: 'ACCOUNT' }
      : { TargetId: id, Arn: organizations('ou', id), Name: id, Type: 'ORGANIZATIONAL_UNIT' }
const accountRow = (id: string, name: string): object => ({
  Id: id,
  Arn: organizations('account', id),
  Email: `${name.toLowerCase()}@example.com`,
  Name: name,
  Status: 'ACTIVE',
  JoinedMethod: 'CREATED',
  JoinedTimestamp: '2024-01-02T03:04:05+00:00',
})

const NAMES: Readonly<Record<string, string>> = { [MANAGEMENT]: 'Management', [DATA]: 'Data', [APP]: 'App' }
const rowOf = (id: string): object => accountRow(id, NAMES[id] ?? id)
const POLICY_TYPES = [
  { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
  { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
]

/** What the organisation's management account is asked. */
const organizationFiles: Readonly<Record<string, unknown>> = {
  'describe-organization.json': {
    Organization: {
      Id: ORGANIZATION,
      Arn: `arn:aws:organizations::${MANAGEMENT}:organization/${ORGANIZATION}`,
      FeatureSet: 'ALL',
      MasterAccountArn: organizations('account', MANAGEMENT),
      MasterAccountId: MANAGEMENT,
      MasterAccountEmail: 'management@example.com',
      AvailablePolicyTypes: POLICY_TYPES,
    },
  },
  'list-roots.json': { Roots: [{ Id: ROOT, Arn: organizations('root', ROOT), Name: 'Root', PolicyTypes: POLICY_TYPES }] },
  [`list-organizational-units-for-parent/${ROOT}.json`]: {
    OrganizationalUnits: [{ Id: WORKLOADS, Arn: organizations('ou', WORKLOADS), Name: 'Workloads' }],
  },
  [`list-organizational-units-for-parent/${WORKLOADS}.json`]: {
    OrganizationalUnits: [{ Id: PRODUCTION, Arn: organizations('ou', PRODUCTION), Name: 'Production' }],
  },
  [`list-organizational-units-for-parent/${PRODUCTION}.json`]: { OrganizationalUnits: [] },
  'list-accounts.json': { Accounts: [MANAGEMENT, DATA, APP].map(rowOf) },
  [`list-accounts-for-parent/${ROOT}.json`]: { Accounts: [rowOf(MANAGEMENT)] },
  [`list-accounts-for-parent/${WORKLOADS}.json`]: { Accounts: [] },
  [`list-accounts-for-parent/${PRODUCTION}.json`]: { Accounts: [rowOf(DATA), rowOf(APP)] },
  'list-policies/SERVICE_CONTROL_POLICY.json': { Policies: [summary(FULL_ACCESS), summary('p-keepobjs')] },
  'list-policies/RESOURCE_CONTROL_POLICY.json': { Policies: [summary('p-ouronly1')] },
  ...Object.fromEntries(
    Object.entries(policies).flatMap(([id, { content, targets }]) => [
      [`describe-policy/${id}.json`, { Policy: { PolicySummary: summary(id), Content: JSON.stringify(content) } }],
      [`list-targets-for-policy/${id}.json`, { Targets: targets.map(targetOf) }],
    ]),
  ),
  'list-delegated-administrators.json': { DelegatedAdministrators: [] },
}

const encoded = (subject: string): string => encodeURIComponent(subject)
const identityCenter: Readonly<Record<string, unknown>> = {
  'sso-admin/list-instances.json': {
    Instances: [{ InstanceArn: SSO, IdentityStoreId: STORE, OwnerAccountId: MANAGEMENT, CreatedDate: '2024-01-02T03:04:05+00:00', Status: 'ACTIVE' }],
  },
  [`sso-admin/list-permission-sets/${encoded(SSO)}.json`]: { PermissionSets: [PERMISSION_SET] },
  [`sso-admin/describe-permission-set/${encoded(PERMISSION_SET)}.json`]: {
    PermissionSet: { Name: 'Data_Readers', PermissionSetArn: PERMISSION_SET, CreatedDate: '2024-01-02T03:04:05+00:00', SessionDuration: 'PT1H' },
  },
  [`sso-admin/list-account-assignments/${encoded(`${PERMISSION_SET}/${APP}`)}.json`]: {
    AccountAssignments: [{ AccountId: APP, PermissionSetArn: PERMISSION_SET, PrincipalType: 'GROUP', PrincipalId: 'group-readers' }],
  },
  [`sso-admin/list-accounts-for-provisioned-permission-set/${encoded(PERMISSION_SET)}.json`]: { AccountIds: [APP, DATA] },
  [`sso-admin/list-account-assignments/${encoded(`${PERMISSION_SET}/${DATA}`)}.json`]: { AccountAssignments: [] },
  [`identitystore/list-users/${STORE}.json`]: {
    Users: [
      {
        UserName: 'ada@example.com',
        UserId: USERS.ada,
        DisplayName: 'Ada',
        Emails: [{ Value: 'ada@example.com', Primary: true }],
        IdentityStoreId: STORE,
      },
      { UserName: 'bob@example.com', UserId: USERS.bob, DisplayName: 'Bob', IdentityStoreId: STORE },
    ],
  },
  [`identitystore/list-groups/${STORE}.json`]: { Groups: [{ GroupId: 'group-readers', DisplayName: 'Readers', IdentityStoreId: STORE }] },
  [`identitystore/list-group-memberships/${encoded('group-readers')}.json`]: {
    GroupMemberships: [{ IdentityStoreId: STORE, MembershipId: 'membership-1', GroupId: 'group-readers', MemberId: { UserId: USERS.ada } }],
  },
}

const inFolder = (folder: string, files: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(files).map(([name, value]) => [`${folder}/${name}`, value])

/** The whole bundle: path → what the CLI prints. */
export const twoAccounts: Readonly<Record<string, unknown>> = Object.fromEntries([
  ...inFolder(`${MANAGEMENT}/global/organizations`, organizationFiles),
  ...inFolder(`${MANAGEMENT}/eu-west-1`, identityCenter),
  ...inFolder(`${MANAGEMENT}/global/iam`, {
    'get-account-authorization-details.json': accountExport({ account: MANAGEMENT, users: { boss: { policies: { all: [{ actions: '*' }] } } } }),
  }),
  ...inFolder(`${APP}/global/iam`, { 'get-account-authorization-details.json': accountExport(app) }),
  ...inFolder(`${APP}/eu-west-1/ec2`, {
    'describe-instances.json': {
      Reservations: [
        {
          ReservationId: 'r-1',
          OwnerId: APP,
          Instances: [
            {
              InstanceId: 'i-0123456789abcdef0',
              State: { Code: 16, Name: 'running' },
              VpcId: 'vpc-1',
              IamInstanceProfile: { Arn: `arn:aws:iam::${APP}:instance-profile/app`, Id: 'AIPAEXAMPLE' },
              Tags: [{ Key: 'Name', Value: 'web-1' }],
            },
          ],
        },
      ],
    },
    'describe-vpc-endpoints.json': {
      VpcEndpoints: [
        {
          VpcEndpointId: ENDPOINT,
          VpcEndpointType: 'Gateway',
          VpcId: 'vpc-1',
          ServiceName: 'com.amazonaws.eu-west-1.s3',
          State: 'available',
          PolicyDocument: JSON.stringify(document(statement({ Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::images/*' }))),
          OwnerId: APP,
        },
      ],
    },
  }),
  ...inFolder(`${APP}/global/iam`, {
    'list-instance-profiles.json': {
      InstanceProfiles: [
        {
          Path: '/',
          InstanceProfileName: 'app',
          InstanceProfileId: 'AIPAEXAMPLE',
          Arn: `arn:aws:iam::${APP}:instance-profile/app`,
          CreateDate: '2024-01-02T03:04:05+00:00',
          Roles: [{ Path: '/', RoleName: 'app', RoleId: 'AROAAPP', Arn: roleArn('app', APP), CreateDate: '2024-01-02T03:04:05+00:00' }],
        },
      ],
    },
  }),
  ...inFolder(`${DATA}/global/iam`, { 'get-account-authorization-details.json': accountExport(data) }),
  ...inFolder(`${DATA}/global/s3api`, {
    'list-buckets.json': {
      Buckets: [{ Name: 'ledger', CreationDate: '2024-01-02T03:04:05+00:00', BucketRegion: 'eu-west-1' }],
      Owner: { ID: 'f'.repeat(64) },
    },
    'get-bucket-policy/ledger.json': { Policy: JSON.stringify(bucketPolicy) },
    'get-public-access-block/ledger.json': {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    },
    'get-bucket-ownership-controls/ledger.json': { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    'get-bucket-acl/ledger.json': {
      Owner: { ID: 'f'.repeat(64) },
      Grants: [{ Grantee: { ID: 'f'.repeat(64), Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
    },
    'get-bucket-tagging/ledger.json': { Error: { Code: 'NoSuchTagSet', Message: 'The TagSet does not exist' } },
  }),
  ...inFolder(`${DATA}/global/s3control`, {
    'get-public-access-block.json': { Error: { Code: 'NoSuchPublicAccessBlockConfiguration', Message: 'none' } },
  }),
  ...inFolder(`${DATA}/eu-west-1/kms`, {
    'list-keys.json': { Keys: [{ KeyId: VAULT_KEY.split('/')[1], KeyArn: VAULT_KEY }] },
    [`get-key-policy/${VAULT_KEY.split('/')[1]}.json`]: { Policy: JSON.stringify(keyPolicy), PolicyName: 'default' },
    [`list-grants/${VAULT_KEY.split('/')[1]}.json`]: {
      Grants: [
        {
          KeyId: VAULT_KEY,
          GrantId: 'a'.repeat(64),
          GranteePrincipal: roleArn('app', APP),
          IssuingAccount: `arn:aws:iam::${DATA}:root`,
          Operations: ['Decrypt'],
          CreationDate: '2024-01-02T03:04:05+00:00',
        },
      ],
    },
  }),
])
