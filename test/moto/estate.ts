import {
  AttachGroupPolicyCommand,
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  AddRoleToInstanceProfileCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import { CreateKeyCommand, CreateAliasCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import { CreateFunctionCommand, AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand as CreateOrganizationPolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations'
import { CreateBucketCommand, PutBucketPolicyCommand, PutBucketTaggingCommand, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import {
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  ListInstancesCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin'
import {
  CreateGroupCommand as CreateIdentityGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand as CreateIdentityUserCommand,
  IdentitystoreClient,
} from '@aws-sdk/client-identitystore'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { AssociateIamInstanceProfileCommand, DescribeImagesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2'

/** A small organisation, made by the API of moto: two accounts, nested units, guardrails, a cross-account bucket, a key, Identity Center. */

export const MANAGEMENT = '123456789012'
export const REGION = 'us-east-1'
export const SECRET = 'hunter2'

export interface Estate {
  readonly member: string
  readonly inner: string
}

const allow = (action: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
const trust = (service: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] })

interface Settings {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
}

export async function makeEstate(endpoint: string): Promise<Estate> {
  const settings: Settings = { endpoint, region: REGION, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } }
  const organization = await makeOrganization(settings)
  await makePeople(settings)
  await makeIdentityCenter(settings, organization.member)
  await makeResources(settings, organization.member)
  const { Credentials } = await new STSClient(settings).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${organization.member}:role/audit`, RoleSessionName: 'fill' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const member = { ...settings, credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } }
  await new IAMClient(member).send(new CreateUserCommand({ UserName: 'grace' }))
  await new SQSClient(member).send(new CreateQueueCommand({ QueueName: 'orders' }))
  return organization
}

async function makeOrganization(settings: Settings): Promise<Estate> {
  const organizations = new OrganizationsClient(settings)
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
  const [root] = (await organizations.send(new ListRootsCommand({}))).Roots ?? []
  const unit = async (name: string, parent = ''): Promise<string> =>
    (await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name }))).OrganizationalUnit?.Id ?? ''
  const inner = await unit('inner', await unit('outer', root?.Id))
  const created = await organizations.send(new CreateAccountCommand({ AccountName: 'workloads', Email: 'workloads@example.com' }))
  const member = created.CreateAccountStatus?.AccountId ?? ''
  await organizations.send(new MoveAccountCommand({ AccountId: member, SourceParentId: root?.Id ?? '', DestinationParentId: inner }))
  for (const Type of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const) {
    await organizations.send(new EnablePolicyTypeCommand({ RootId: root?.Id ?? '', PolicyType: Type })).catch(() => undefined)
    const made = await organizations
      .send(new CreateOrganizationPolicyCommand({ Name: `deny-${Type}`, Description: '', Type, Content: allow('*').replace('Allow', 'Deny') }))
      // moto may not know the type.
      .catch(() => undefined)
    const id = made?.Policy?.PolicySummary?.Id
    if (id !== undefined) await organizations.send(new AttachPolicyCommand({ PolicyId: id, TargetId: inner }))
  }
  return { member, inner }
}

async function makePeople(settings: Settings): Promise<void> {
  const iam = new IAMClient(settings)
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'moto-estate' }))
  await iam.send(new CreateGroupCommand({ GroupName: 'readers' }))
  const policy = await iam.send(new CreatePolicyCommand({ PolicyName: 'ReadBuckets', PolicyDocument: allow('s3:Get*') }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'readers', PolicyArn: policy.Policy?.Arn ?? '' }))
  await iam.send(new CreateUserCommand({ UserName: 'ada', Path: '/people/', Tags: [{ Key: 'team', Value: 'engines' }] }))
  await iam.send(new CreateLoginProfileCommand({ UserName: 'ada', Password: `${SECRET}-Long-1` }))
  await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'readers', UserName: 'ada' }))
  await iam.send(new CreateUserCommand({ UserName: 'robot' }))
  await iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }))
  await iam.send(new CreateRoleCommand({ RoleName: 'machine', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') }))
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'machine' }))
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'machine', RoleName: 'machine' }))
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://token.actions.githubusercontent.com',
      ThumbprintList: ['a'.repeat(40)],
      ClientIDList: ['sts.amazonaws.com'],
    }),
  )
}

async function makeIdentityCenter(settings: Settings, member: string): Promise<void> {
  const admin = new SSOAdminClient(settings)
  const [instance] = (await admin.send(new ListInstancesCommand({}))).Instances ?? []
  const InstanceArn = instance?.InstanceArn ?? ''
  const IdentityStoreId = instance?.IdentityStoreId ?? ''
  const store = new IdentitystoreClient(settings)
  const { GroupId = '' } = await store.send(new CreateIdentityGroupCommand({ IdentityStoreId, DisplayName: 'admins' }))
  const { UserId = '' } = await store.send(
    new CreateIdentityUserCommand({
      IdentityStoreId,
      UserName: 'lin',
      DisplayName: 'Lin',
      Name: { GivenName: 'Lin', FamilyName: 'L' },
      PhoneNumbers: [{ Value: SECRET }],
    }),
  )
  await store.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId: { UserId } }))
  const set = await admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Admin' }))
  const PermissionSetArn = set.PermissionSet?.PermissionSetArn ?? ''
  await admin.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy: allow('sqs:*') }))
  await admin.send(
    new AttachManagedPolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  )
  // moto knows of a provisioned permission set only in the account of the instance.
  for (const TargetId of [member, MANAGEMENT])
    await admin.send(
      new CreateAccountAssignmentCommand({
        InstanceArn,
        PermissionSetArn,
        TargetId,
        TargetType: 'AWS_ACCOUNT',
        PrincipalType: 'GROUP',
        PrincipalId: GroupId,
      }),
    )
  await admin.send(new ProvisionPermissionSetCommand({ InstanceArn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }))
}

async function makeResources(settings: Settings, member: string): Promise<void> {
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  for (const Bucket of ['shared', 'plain']) await s3.send(new CreateBucketCommand({ Bucket }))
  const shared = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${member}:root` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared/*' }
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'shared', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [shared] }) }))
  await s3.send(new PutBucketTaggingCommand({ Bucket: 'shared', Tagging: { TagSet: [{ Key: 'data', Value: 'crown-jewel' }] } }))
  await s3.send(new PutPublicAccessBlockCommand({ Bucket: 'shared', PublicAccessBlockConfiguration: { BlockPublicAcls: true } }))
  const kms = new KMSClient(settings)
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'orders' }))
  const KeyId = KeyMetadata?.KeyId ?? ''
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }))
  await kms.send(
    new PutKeyPolicyCommand({
      KeyId,
      Policy: allow('kms:*').replace('"Action"', `"Principal":{"AWS":"arn:aws:iam::${MANAGEMENT}:root"},"Action"`),
      PolicyName: 'default',
    }),
  )
  const lambda = new LambdaClient(settings)
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'greet',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${MANAGEMENT}:role/worker`,
      Code: { ZipFile: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
      Environment: { Variables: { DB_PASSWORD: SECRET } },
    }),
  )
  await lambda.send(
    new AddPermissionCommand({ FunctionName: 'greet', StatementId: 'sns', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' }),
  )
  await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: 'jobs', tags: { team: 'engines' } }))
  await new SNSClient(settings).send(new CreateTopicCommand({ Name: 'news' }))
  const secrets = new SecretsManagerClient(settings)
  await secrets.send(new CreateSecretCommand({ Name: 'database', SecretString: SECRET }))
  await secrets.send(new PutResourcePolicyCommand({ SecretId: 'database', ResourcePolicy: allow('secretsmanager:GetSecretValue') }))
  await makeMachine(settings)
}

async function makeMachine(settings: Settings): Promise<void> {
  const ec2 = new EC2Client(settings)
  const [image] = (await ec2.send(new DescribeImagesCommand({}))).Images ?? []
  const { Instances } = await ec2.send(
    new RunInstancesCommand({ ImageId: image?.ImageId ?? '', MinCount: 1, MaxCount: 1, UserData: Buffer.from(SECRET).toString('base64') }),
  )
  await ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId: Instances?.[0]?.InstanceId ?? '', IamInstanceProfile: { Name: 'machine' } }))
}
