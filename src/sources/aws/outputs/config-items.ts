import { z } from 'zod'
import type { Origin } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { toIsoDate } from '../dates.ts'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { date, struct, text } from '../schema.ts'
import { arnOfDiscovered, nameless } from './config-arns.ts'
import { inventoried } from './inventory.ts'
import { joined, NOTHING_MAPPED, saying, type About } from './output.ts'
import { resource, tagsOf, withoutPolicy } from './records.ts'
import { inside, memberOf } from './rows.ts'

/** A configuration item: of a snapshot file (`ARN`, `awsAccountId`), or as the API prints it (`arn`, `accountId`, and texts for objects). */
export const configItem = z
  .preprocess(
    withArn,
    struct({
      Arn: z.string().startsWith('arn:').nullish(),
      ResourceType: text,
      ResourceId: text,
      ResourceName: text,
      AwsRegion: text,
      Tags: z.unknown().optional(),
      ResourceCreationTime: date,
      ConfigurationItemStatus: text,
      SupplementaryConfiguration: z.unknown().optional(),
    }).refine(({ Arn, ResourceType }) => (Arn ?? ResourceType ?? '') !== '', 'neither ARN nor type of a resource'),
  )
  .describe('a configuration item')

function withArn(value: unknown): unknown {
  return isRecord(value) && !('arn' in value) && !('Arn' in value) && 'ARN' in value ? { ...value, Arn: value['ARN'] } : value
}

const GONE = ['ResourceDeleted', 'ResourceDeletedNotRecorded']

export function mapConfigItem(item: z.output<typeof configItem>, at: Origin, about: About): Mapped {
  if (GONE.includes(item.ConfigurationItemStatus ?? '')) return saying(isHistory(about))
  const type = item.ResourceType ?? ''
  const arn = item.Arn ?? arnOfDiscovered(type, item.ResourceId ?? '', item.ResourceName ?? '', about)
  if (arn === undefined) return nameless(type, about)
  const said = inventoried(
    {
      arn,
      type: item.ResourceType,
      name: item.ResourceName,
      region: item.AwsRegion,
      tags: tagsOf(item.Tags),
      createdAt: toIsoDate(item.ResourceCreationTime),
    },
    about,
  )
  return joined([said, bucketPolicy(arn, item, at, about)])
}

/** Snapshots hold what is there; only histories hold what was deleted, and former versions of it. */
const isHistory = (about: About) =>
  fileFinding(
    'EXPORT_TRUNCATED',
    about.file,
    '',
    'These are configuration items of different times, not a snapshot: what they name may be gone. Deleted resources are left out.',
    { coverage: about.coverage },
  )

/** Config may be hours old, so that this counts only where no other output tells the policy. */
function bucketPolicy(id: string, item: z.output<typeof configItem>, at: Origin, about: About): Mapped {
  const { ResourceType, SupplementaryConfiguration: more } = item
  const policy = ResourceType === 'AWS::S3::Bucket' ? parsed(memberOf(parsed(more), 'BucketPolicy')) : undefined
  if (!isRecord(policy) || !('policyText' in policy)) return NOTHING_MAPPED
  const place = inside(inside(inside(at, 'supplementaryConfiguration'), 'BucketPolicy'), 'policyText')
  const printed = policy['policyText']
  const mapped = printed === null || printed === '' ? withoutPolicy(id, about) : resource({ id, policy: printed, at: place }, about)
  return { records: [], open: [{ open: 'unless-said', id, mapped }] }
}

/** The API prints objects as text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
