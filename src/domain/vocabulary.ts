/**
 * The words of Permiscope, spelled once. The SDL's enums, the Cypher labels and the docs are checked against this file
 * (test/domain/vocabulary.test.ts).
 */

export const PROVIDERS = ['aws', 'azure', 'entra', 'gcp', 'okta', 'kubernetes', 'federation'] as const
export type Provider = (typeof PROVIDERS)[number]

/** Node labels. Every node has one. */
export const LABELS = ['Principal', 'Role', 'Guardrail', 'Scope', 'Resource', 'Grant'] as const
export type Label = (typeof LABELS)[number]

/**
 * The kinds of each label that some source produces today. Resource kinds are open: they are the provider's own type names
 * (`AWS::S3::Bucket`), so none is listed.
 */
export const KINDS = {
  Principal: [
    'AwsUser',
    'AwsGroup',
    'AwsRole',
    'AwsRootUser',
    'AwsAccountPrincipal',
    'AwsService',
    'FederatedSubject',
    'Everyone',
    'AnyAuthenticated',
    'IdentityCenterUser',
    'IdentityCenterGroup',
    'EntraUser',
    'EntraGroup',
    'EntraApplication',
    'ServicePrincipal',
    'ManagedIdentity',
    'DirectoryObject',
  ],
  Role: ['AwsManagedPolicy', 'AwsInlinePolicy', 'AwsPermissionSet', 'EksAccessPolicy', 'AzureRole', 'EntraRole', 'AppRole'],
  Guardrail: [
    'PermissionsBoundary',
    'ServiceControlPolicy',
    'ResourceControlPolicy',
    'VpcEndpointPolicy',
    'AzureDenyAssignment',
    'AzureResourceLock',
  ],
  Scope: [
    'AwsOrganization',
    'AwsOrganizationalUnit',
    'AwsAccount',
    'AwsIdentityStore',
    'EntraTenant',
    'AdministrativeUnit',
    'AzureRoot',
    'ManagementGroup',
    'Subscription',
    'ResourceGroup',
  ],
  Resource: [],
  Grant: [
    'AwsPolicyAttachment',
    'AwsTrustStatement',
    'AwsResourcePolicyStatement',
    'AwsAccountAssignment',
    'AwsBucketAcl',
    'AwsKmsGrant',
    'AwsResourceShare',
    'EksAccessEntry',
    'AzureRoleAssignment',
    'AzureRoleEligibility',
    'KeyVaultAccessPolicy',
    'LighthouseAuthorization',
    'ClassicAdministrator',
    'EntraRoleAssignment',
    'EntraRoleEligibility',
    'AppRoleAssignment',
    'DelegatedPermissionGrant',
    'FederatedCredential',
    'GroupEligibility',
    'GroupAssignment',
  ],
} as const satisfies Record<Label, readonly string[]>

/** Edges that sources state. */
export const FACT_EDGES = ['MEMBER_OF', 'CONTAINS', 'HOLDS', 'GIVES', 'AT', 'LIMITS', 'CAN_AUTHENTICATE_AS', 'OWNS'] as const
export type FactEdge = (typeof FACT_EDGES)[number]

/**
 * Which labels each edge may join; both stores build their schema from it.
 * MEMBER_OF principal → group. CONTAINS container → content. HOLDS principal → grant. GIVES grant → role.
 * AT grant → where it holds. LIMITS guardrail → what it limits. CAN_AUTHENTICATE_AS resource → principal whose credentials it carries, or
 * instance → the instance profile (Auto Scaling group → the launch template) through which it carries them, or application → its service principal.
 */
export const EDGE_ENDS = {
  MEMBER_OF: [['Principal', 'Principal']],
  CONTAINS: [
    ['Scope', 'Scope'],
    ['Scope', 'Principal'],
    ['Scope', 'Role'],
    ['Scope', 'Guardrail'],
    ['Scope', 'Resource'],
    ['Resource', 'Resource'],
  ],
  HOLDS: [['Principal', 'Grant']],
  GIVES: [['Grant', 'Role']],
  AT: [
    ['Grant', 'Scope'],
    ['Grant', 'Resource'],
    ['Grant', 'Principal'],
  ],
  LIMITS: [
    ['Guardrail', 'Scope'],
    ['Guardrail', 'Principal'],
    ['Guardrail', 'Resource'],
  ],
  CAN_AUTHENTICATE_AS: [
    ['Resource', 'Principal'],
    ['Resource', 'Resource'],
    ['Principal', 'Principal'],
  ],
  OWNS: [['Principal', 'Principal']],
} as const satisfies Record<FactEdge, readonly (readonly [Label, Label])[]>

/** Access levels, for every provider, from least to most telling. GRANT can change who has access. */
export const ACCESS_LEVELS = ['LIST', 'READ_METADATA', 'READ_DATA', 'READ_SECRET', 'WRITE_DATA', 'MANAGE', 'DELETE', 'GRANT'] as const
export type AccessLevel = (typeof ACCESS_LEVELS)[number]

export const CERTAINTIES = ['ALLOWED', 'CONDITIONAL'] as const
export type Certainty = (typeof CERTAINTIES)[number]

/** How somebody reaches a target. LATERAL_MOVEMENT is answered only when it is asked for. */
export const REACH_VIA = ['DIRECT', 'GROUP', 'ROLE', 'FEDERATION', 'RESOURCE_POLICY', 'LATERAL_MOVEMENT'] as const
export type ReachVia = (typeof REACH_VIA)[number]

export const NATURES = ['HUMAN', 'WORKLOAD', 'GROUP', 'EXTERNAL', 'UNKNOWN'] as const
export type Nature = (typeof NATURES)[number]

/**
 * Properties that entities and edges may carry, with the type that both stores give the column. Dates are ISO 8601 in UTC with
 * milliseconds. Tags are `key=value`. An absent property is not known, never false.
 */
export const PROPERTIES = {
  /** IAM path, as `/team/`. */
  path: 'string',
  /** The provider's unique id beside the natural one: AIDA…, AROA…, ANPA…. */
  uniqueId: 'string',
  description: 'string',
  createdAt: 'string',
  updatedAt: 'string',
  lastUsedAt: 'string',
  lastUsedRegion: 'string',
  tags: 'string[]',
  aliases: 'string[]',
  nature: 'string',
  /** Not of an account, tenant or organisation in the snapshot; known only because something names it. */
  external: 'boolean',
  /** Made and kept by the provider; customers can't change it. */
  providerManaged: 'boolean',
  /** Of an AwsAccount: it is its organisation's management account. */
  managementAccount: 'boolean',
  defaultVersion: 'string',
  maxSessionSeconds: 'number',
  /** The place of a statement in its policy, 0-based. */
  statementIndex: 'number',
  /** Sid of a statement. */
  statementId: 'string',
  region: 'string',
  /** As the provider says it: `running`, `ACTIVE`, `SUSPENDED`, `Enabled`. */
  state: 'string',
  email: 'string',
  /**
   * Of a resource without document: `ABSENT`, the provider says that it has no policy of its own; `NOT_LOADED`, it was asked and did not
   * tell. Left out: nobody asked.
   */
  policyState: 'string',
  /** S3 Block Public Access, of a bucket, an access point or (on the AwsAccount) of all buckets of the account. */
  blockPublicAcls: 'boolean',
  ignorePublicAcls: 'boolean',
  blockPublicPolicy: 'boolean',
  restrictPublicBuckets: 'boolean',
  /** Of a bucket: `BucketOwnerEnforced` switches ACLs off. */
  objectOwnership: 'string',
  /** Of a bucket: its tags count as aws:ResourceTag. */
  abacEnabled: 'boolean',
  /** Of an access point: ARN of the bucket that it leads to. */
  bucket: 'string',
  /** Of an AwsAccount: what S3 ACLs name it by. */
  canonicalUserId: 'string',
  /** Of a KMS key: `AWS` or `CUSTOMER`. */
  keyManager: 'string',
  /** Id, alias or ARN of the KMS key that encrypts it. */
  encryptionKey: 'string',
  /** Of a Systems Manager parameter: `String`, `StringList`, `SecureString`. */
  parameterType: 'string',
  vpc: 'string',
  /** Of a VPC endpoint: `com.amazonaws.us-east-1.s3`. */
  endpointService: 'string',
  /** Of a VPC endpoint: `Gateway`, `Interface` … */
  endpointType: 'string',
  /** What of it can be connected to from anywhere: `tcp/22 from 0.0.0.0/0`. Empty: nothing; left out: not known. */
  internetExposure: 'string[]',
  publicAddress: 'string',
  /** Systems Manager can run commands on it. */
  ssmManaged: 'boolean',
  /** Of what runs on EC2: `required`, IMDSv2 only; `optional`, whoever can have it fetch a URL gets its credentials. */
  metadataTokens: 'string',
  /** What runs in it reaches the internet without passing through a VPC of the customer. */
  directInternetAccess: 'boolean',
  /** Of an ECS task or service: commands can be run in its containers. */
  executeCommandEnabled: 'boolean',
  /** What it is started from, as the provider writes it: ARN of a task definition, `lt-…:$Latest`, name of a launch configuration. */
  startedFrom: 'string',
  /**
   * ARN of the role by which the provider's agent starts it (pulls images, reads secrets), whose credentials what then runs doesn't get; of a
   * stack set, the name of the role that it takes in each account.
   */
  executionRole: 'string',
  /** Of an EKS cluster: `API`, `CONFIG_MAP` or `API_AND_CONFIG_MAP`; in the last two the aws-auth map lets in more than access entries. */
  authenticationMode: 'string',
  /** Names of environment variables; never their values. */
  environmentKeys: 'string[]',
  /** Of an AwsAccount: services that it administers for its organisation. */
  delegatedAdministratorFor: 'string[]',
  /** Of a permission set: ARNs of the policies of AWS that its roles get. */
  managedPolicies: 'string[]',
  /** Of a permission set: paths and names, as `/team/Deploy`, of the policies that its roles get from the account where each is. */
  customerManagedPolicies: 'string[]',
  /** Of a permission set: the ARN, or path and name, of the policy that limits its roles. */
  permissionsBoundary: 'string',
  /** `issuer=id`: who a user or group is at the identity provider that it comes from. */
  externalIds: 'string[]',
  mfaEnabled: 'boolean',
  passwordEnabled: 'boolean',
  passwordLastUsedAt: 'string',
  /** Active access keys, when the oldest of them was made, and when any was last used. */
  activeAccessKeys: 'number',
  oldestAccessKeyAt: 'string',
  accessKeyLastUsedAt: 'string',
  /** Of an AwsAccount: its root user has access keys. */
  rootAccessKeysPresent: 'boolean',
  /** Of a managed policy: how many versions are kept; there is room for 5. */
  policyVersions: 'number',
  /** Of an identity provider or trust anchor: OIDC issuer, SAML entity id, certificate authority. */
  issuer: 'string',
  /** Of an OIDC identity provider: audiences that it accepts. */
  clientIds: 'string[]',
  /** When what it vouches with expires; of a grant: when it ceases to hold. */
  validUntil: 'string',
  /** Of an AwsAccount, one rule each: `MinimumPasswordLength=14`. Empty: it has no password policy. */
  passwordPolicy: 'string[]',
  /** Last uses of services and actions: `s3 2026-10-01T00:00:00.000Z`, `s3:GetObject 2026-…`; `s3 never` within the tracking period. */
  usage: 'string[]',
  /** Of an application, service principal or managed identity: its application (client) id. */
  appId: 'string',
  /** Of a service principal: the tenant in which its application is registered. */
  publisherTenant: 'string',
  /** `Application`, `ManagedIdentity`, `Legacy`, `SocialIdp`. */
  servicePrincipalType: 'string',
  /** Of an Entra user: `Member` or `Guest`, as the directory says; it may be a member and yet sign in elsewhere. */
  userType: 'string',
  /** Of an Entra user: `Invitation`, `LocalAccount` … */
  creationType: 'string',
  /** Of an invited user: `PendingAcceptance` or `Accepted`. */
  invitationState: 'string',
  /** It comes from Active Directory by synchronisation. */
  onPremisesSynced: 'boolean',
  /** Of an Entra user: it has registered a second factor. */
  mfaRegistered: 'boolean',
  /** Of an Entra user: to sign in anywhere it needs a second factor; of an EntraTenant: everybody does. By the rule of docs/exports-entra.md. */
  mfaRequired: 'boolean',
  /** Of an Entra group: it can hold directory roles. */
  roleAssignable: 'boolean',
  /** Of an Entra group: it can be given access; others are for mail alone. */
  securityEnabled: 'boolean',
  /** Of a dynamic group or administrative unit whose rule is in force: the rule that decides who its members are. */
  membershipRule: 'string',
  /** Of an Entra group: all its direct members were listed; left out: there may be others. */
  membersListed: 'boolean',
  /** Of an Entra group, application or service principal: all its owners were listed. */
  ownersListed: 'boolean',
  /** Of an administrative unit: only roles scoped to it may change what is in it. */
  restrictedManagement: 'boolean',
  /** Of a grant: when it begins to hold; its end is `validUntil`. */
  validFrom: 'string',
  /** Of a grant for a group: `member` or `owner`. */
  accessId: 'string',
} as const satisfies Record<string, 'string' | 'number' | 'boolean' | 'string[]'>
export type PropertyName = keyof typeof PROPERTIES
