import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/kms/ */

const MARKER = ['Marker', 'NextMarker'] as const
const keys = [{ of: 'list-keys', list: 'Keys', take: { KeyId: 'KeyId' } }]
const GONE = ['NotFoundException']

export const kms = service({
  cli: 'kms',
  gains: 'keys with their policies, grants, aliases and tags',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-kms'),
  client: 'KMSClient',
  calls: [
    { command: 'ListKeysCommand', input: { Limit: 1000 }, pages: MARKER },
    { command: 'DescribeKeyCommand', each: keys, none: GONE },
    { command: 'GetKeyPolicyCommand', input: { PolicyName: 'default' }, each: keys, none: GONE },
    { command: 'ListGrantsCommand', input: { Limit: 100 }, each: keys, pages: MARKER, none: GONE },
    { command: 'ListAliasesCommand', input: { Limit: 100 }, pages: MARKER },
    { command: 'ListResourceTagsCommand', input: { Limit: 50 }, each: keys, pages: MARKER, none: GONE },
  ],
})
