import type { FindingCode } from '../../../domain/errors.ts'
import { findingAt } from '../../finding.ts'
import { lastSegment } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { properties, type Mapped } from '../map/facts.ts'
import { joined, NOTHING_MAPPED, saying, type About } from './output.ts'
import type { PermissionRow, Share, SharesRead } from './ram-reading.ts'
import { grant, ownerOf, resource } from './records.ts'

/** A grant at each resource that an active share shares. */
export function shareFacts({ shares, permissions, broken }: SharesRead, about: About): Mapped {
  const active = shares
    .filter(({ said, resources }) => resources.size > 0 && isActive(said?.Status))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    .map((share) =>
      joined([...[...share.resources].map(([arn, type]) => shared({ share, arn, type }, permissions, about)), gapsOf(share, permissions, about)]),
    )
  return joined([broken, ...active])
}

const isActive = (status: string | null | undefined): boolean => status === undefined || status === null || status === 'ACTIVE'

interface Shared {
  readonly share: Share
  readonly arn: string
  /** `ec2:Subnet`. */
  readonly type: string | undefined
}

function shared({ share, arn, type }: Shared, documents: SharesRead['permissions'], about: About): Mapped {
  const owner = ownerOf(share.arn) ?? about.account
  const stated = resource({ id: arn, account: ownerOf(arn) ?? owner }, about)
  const permissions = permissionsFor(share, type)?.map((row) => documentOf(row, documents) ?? null)
  if (permissions !== undefined && permissions.length === 0 && share.said?.FeatureSet === 'CREATED_FROM_POLICY') return stated
  const principals = principalsOf(share, about)
  const content = {
    resourceArn: arn,
    // What a permission allows that was not printed is not known.
    permissions: permissions === undefined || permissions.length === 0 ? [null] : permissions,
    principals,
    ...(typeof share.said?.AllowExternalPrincipals === 'boolean' ? { allowExternalPrincipals: share.said.AllowExternalPrincipals } : {}),
  }
  const granted = grant(
    {
      id: `${share.arn}->${arn}${owner === about.account ? '' : `#${about.account}`}`,
      kind: 'AwsResourceShare',
      name: share.said?.Name ?? lastSegment(share.arn),
      principals,
      at: arn,
      document: JSON.stringify(content),
      origin: share.at,
      properties: properties({ createdAt: toIsoDate(share.said?.CreationTime), updatedAt: toIsoDate(share.said?.LastUpdatedTime) }),
    },
    about,
  )
  return joined([stated, granted])
}

/** Only its owner is told whom a share names; who is shared with sees itself. */
const principalsOf = ({ arn, principals }: Share, about: About): readonly string[] => {
  const owner = ownerOf(arn)
  return owner === about.account ? [...principals].filter((id) => id !== owner).sort() : [about.account]
}

/** Each permission is for one type of resources. @returns undefined where they were not listed */
function permissionsFor({ permissions }: Share, type: string | undefined): readonly PermissionRow[] | undefined {
  const rows = permissions === undefined ? undefined : [...permissions.values()].sort((a, b) => (a.Arn < b.Arn ? -1 : 1))
  return rows?.filter(({ ResourceType: of }) => type === undefined || of === undefined || of === null || of.toLowerCase() === type.toLowerCase())
}

/** In the version that the share has. */
function documentOf({ Arn, Version }: PermissionRow, documents: SharesRead['permissions']): unknown {
  const versions = documents.get(Arn)
  const [only] = versions?.size === 1 ? [...versions.values()] : []
  return Version === undefined || Version === null ? only : (versions?.get(Version) ?? versions?.get(''))
}

function gapsOf(share: Share, documents: SharesRead['permissions'], about: About): Mapped {
  const [one] = share.resources.size === 1 ? [...share.resources.keys()] : []
  const gap = (code: FindingCode, message: string): Mapped =>
    saying(findingAt(code, share.at, message, { entity: one ?? about.account, coverage: about.coverage }))
  const isOwned = ownerOf(share.arn) === about.account
  const unknown = [...share.resources.values()].flatMap((type) => unknownPermissions(share, type, documents))
  return joined([
    share.said === undefined ? gap('EXPORT_TRUNCATED', `Whether the share ${share.arn} is active was not told.`) : NOTHING_MAPPED,
    isOwned && share.principals.size === 0 ? gap('EXPORT_TRUNCATED', `Whom ${share.arn} shares with was not listed.`) : NOTHING_MAPPED,
    unknown.length === 0
      ? NOTHING_MAPPED
      : gap('POLICY_MISSING', `What ${share.arn} allows is not all in the export: ${[...new Set(unknown)].sort().join(', ')}.`),
  ])
}

function unknownPermissions(share: Share, type: string | undefined, documents: SharesRead['permissions']): readonly string[] {
  const rows = permissionsFor(share, type)
  if (rows === undefined) return ['its permissions were not listed']
  if (rows.length === 0) return share.said?.FeatureSet === 'CREATED_FROM_POLICY' ? [] : [`no permission for ${type ?? 'its resources'} was listed`]
  return rows.filter((row) => documentOf(row, documents) === undefined).map(({ Arn, Version }) => `${Arn}${Version ? ` version ${Version}` : ''}`)
}
