import type { EachOf } from '../call.ts'
import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/iam/ */

const DETAILS = 'get-account-authorization-details'
const users: EachOf = { of: DETAILS, list: 'UserDetailList', take: { UserName: 'UserName' } }
const whose = (list: string): EachOf => ({ of: DETAILS, list, take: { Arn: 'Arn' } })
const MARKER = ['Marker', 'Marker'] as const
const NO_ENTITY = ['NoSuchEntity']

const isOfAws = (policy: unknown): boolean =>
  typeof policy === 'object' && policy !== null && 'Arn' in policy && String(policy.Arn).includes(':iam::aws:')

/** Certificates and endpoints are not needed; who the provider is, is. */
function entityIdOnly(metadata: string): string {
  const id = /entityID\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(metadata)
  return `<EntityDescriptor entityID="${id?.[1] ?? id?.[2] ?? ''}"/>`
}

export const iam = service({
  cli: 'iam',
  gains: 'users, groups, roles, policies and who trusts whom; access keys, passwords and MFA devices; identity providers; last uses (`--usage`)',
  reach: 'GLOBAL',
  load: () => import('@aws-sdk/client-iam'),
  client: 'IAMClient',
  calls: [
    { command: 'GetAccountAuthorizationDetailsCommand', input: { MaxItems: 1000 }, pages: MARKER },
    { command: 'ListAccountAliasesCommand', pages: MARKER, lists: ['AccountAliases'] },
    { command: 'GetAccountSummaryCommand' },
    { command: 'GetAccountPasswordPolicyCommand', none: NO_ENTITY },
    {
      command: 'GetCredentialReportCommand',
      after: { command: 'GenerateCredentialReportCommand', until: { member: 'State', not: ['STARTED', 'INPROGRESS'] } },
    },
    { command: 'ListAccessKeysCommand', each: [users], pages: MARKER, none: NO_ENTITY },
    {
      command: 'GetAccessKeyLastUsedCommand',
      each: [{ of: 'list-access-keys', list: 'AccessKeyMetadata', take: { AccessKeyId: 'AccessKeyId' } }],
      // Of a key that is gone by now.
      none: ['NoSuchEntity', 'AccessDenied.NoSuchKey'],
    },
    { command: 'GetLoginProfileCommand', each: [users], none: NO_ENTITY },
    { command: 'ListMFADevicesCommand', each: [users], pages: MARKER, none: NO_ENTITY },
    { command: 'ListVirtualMFADevicesCommand', pages: MARKER, drops: ['Base32StringSeed', 'QRCodePNG'] },
    { command: 'ListSAMLProvidersCommand' },
    {
      command: 'GetSAMLProviderCommand',
      each: [{ of: 'list-saml-providers', list: 'SAMLProviderList', take: { SAMLProviderArn: 'Arn' } }],
      shortens: { SAMLMetadataDocument: entityIdOnly },
      none: NO_ENTITY,
    },
    { command: 'ListOpenIDConnectProvidersCommand' },
    {
      command: 'GetOpenIDConnectProviderCommand',
      each: [{ of: 'list-open-id-connect-providers', list: 'OpenIDConnectProviderList', take: { OpenIDConnectProviderArn: 'Arn' } }],
      none: NO_ENTITY,
    },
    { command: 'ListInstanceProfilesCommand', pages: MARKER },
    {
      command: 'ListPolicyVersionsCommand',
      each: [{ of: DETAILS, list: 'Policies', take: { PolicyArn: 'Arn' }, unless: isOfAws }],
      pages: MARKER,
      none: NO_ENTITY,
    },
    {
      command: 'GetServiceLastAccessedDetailsCommand',
      each: [whose('UserDetailList'), whose('GroupDetailList'), whose('RoleDetailList')],
      after: {
        command: 'GenerateServiceLastAccessedDetailsCommand',
        input: { Granularity: 'ACTION_LEVEL' },
        gives: ['JobId'],
      },
      until: { member: 'JobStatus', not: ['IN_PROGRESS'], failed: ['FAILED'] },
      pages: MARKER,
      none: NO_ENTITY,
      optIn: 'usage',
    },
  ],
})
