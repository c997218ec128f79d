import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import { isPrivate, parseCidr } from './cidr.ts'
import { ACCESS_ENTRIES, ACCESS_ENTRY, ACCESS_POLICIES, accessEntries, clusterArn } from './eks-access.ts'
import { firstIn } from './first-row.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs, tagsOf } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Clusters, their nodes, and whose credentials pods have: https://docs.aws.amazon.com/cli/latest/reference/eks/ */

const arn = z.string().startsWith('arn:')

const clusterWhole = struct({
  Arn: arn,
  CreatedAt: date,
  RoleArn: text,
  Status: text,
  ResourcesVpcConfig: struct({ VpcId: text, EndpointPublicAccess: z.boolean().nullish(), PublicAccessCidrs: listOf(z.string()) }).nullish(),
  AccessConfig: struct({ AuthenticationMode: text }).nullish(),
  EncryptionConfig: listOf(struct({ Provider: struct({ KeyArn: text }).nullish() })),
  Tags: z.unknown().optional(),
})
type ClusterRow = z.output<typeof clusterWhole>

function cluster(row: ClusterRow, about: About): Mapped {
  const properties = {
    createdAt: toIsoDate(row.CreatedAt),
    state: row.Status,
    vpc: row.ResourcesVpcConfig?.VpcId,
    internetExposure: exposureOf(row),
    authenticationMode: row.AccessConfig?.AuthenticationMode,
    encryptionKey: row.EncryptionConfig.map(({ Provider }) => Provider?.KeyArn).find((key) => typeof key === 'string'),
    tags: tagsOf(row.Tags),
  }
  return joined([resource({ id: row.Arn, properties }, about), runsAs(row.Arn, row.RoleArn, about)])
}

/** Of the API server's endpoint. Without blocks of its own a public one is open to all. */
function exposureOf({ ResourcesVpcConfig: config }: ClusterRow): readonly string[] | undefined {
  if (typeof config?.EndpointPublicAccess !== 'boolean') return undefined
  if (!config.EndpointPublicAccess) return []
  const blocks = config.PublicAccessCidrs.length === 0 ? ['0.0.0.0/0'] : config.PublicAccessCidrs
  return blocks
    .filter(isPublic)
    .map((block) => `tcp/443 from ${block}`)
    .sort()
}

const isPublic = (written: string): boolean => {
  const block = parseCidr(written)
  return block === undefined || !isPrivate(block)
}

const nodegroupWhole = struct({
  NodegroupArn: arn,
  ClusterName: name,
  CreatedAt: date,
  Status: text,
  NodeRole: text,
  LaunchTemplate: struct({ Id: text, Version: text }).nullish(),
  Tags: z.unknown().optional(),
})

function nodegroup(row: z.output<typeof nodegroupWhole>, about: About): Mapped {
  const template = row.LaunchTemplate
  const properties = {
    createdAt: toIsoDate(row.CreatedAt),
    state: row.Status,
    startedFrom: typeof template?.Id === 'string' ? `${template.Id}:${template.Version ?? '$Default'}` : undefined,
    tags: tagsOf(row.Tags),
  }
  const parent = clusterArn(row.ClusterName, about)
  return joined([
    resource({ id: parent }, about),
    resource({ id: row.NodegroupArn, parent, properties }, about),
    runsAs(row.NodegroupArn, row.NodeRole, about),
  ])
}

const podIdentityRow = struct({
  ClusterName: name,
  Namespace: name,
  ServiceAccount: name,
  AssociationArn: arn,
  RoleArn: text,
  TargetRoleArn: text,
  CreatedAt: date,
  Tags: z.unknown().optional(),
})

/** Where a target role is set, EKS takes the first role only to assume it: the pods get the target's credentials and no others. */
function podIdentity(row: z.output<typeof podIdentityRow>, about: About): Mapped {
  const id = row.AssociationArn
  const parent = clusterArn(row.ClusterName, about)
  const target = row.TargetRoleArn ?? ''
  const properties = { createdAt: toIsoDate(row.CreatedAt), executionRole: target === '' ? undefined : row.RoleArn, tags: tagsOf(row.Tags) }
  return joined([
    resource({ id: parent }, about),
    resource({ id, name: `${row.Namespace}/${row.ServiceAccount}`, parent, properties }, about),
    runsAs(id, target === '' ? row.RoleArn : target, about),
  ])
}

/** It was there when it was listed. */
const GONE = ['ResourceNotFoundException']

export const eks: OutputPart = {
  part: 'eks',
  regional: true,
  kinds: [
    {
      id: 'aws/eks/list-clusters',
      knownBy: ['Clusters'],
      // Other services list objects.
      is: (value) => firstIn(value, 'Clusters') !== undefined,
      needsRegion: true,
      map: (value, about) => mapRows(value, 'Clusters', about, name, (listed) => resource({ id: clusterArn(listed, about) }, about)),
    },
    {
      id: 'aws/eks/describe-cluster',
      ...knownByArn('eks', 'Cluster', 'Arn'),
      absent: GONE,
      map: (value, about) => mapWhole(value, about, clusterWhole, (row) => cluster(row, about), 'Cluster'),
    },
    // Their ARNs end in a number that only their descriptions tell.
    { id: 'aws/eks/list-nodegroups', absent: GONE },
    {
      id: 'aws/eks/describe-nodegroup',
      ...knownByArn('eks', 'Nodegroup', 'NodegroupArn'),
      absent: GONE,
      map: (value, about) => mapWhole(value, about, nodegroupWhole, (row) => nodegroup(row, about), 'Nodegroup'),
    },
    {
      id: 'aws/eks/list-pod-identity-associations',
      ...knownByArn('eks', 'Associations', 'AssociationArn'),
      absent: GONE,
      map: (value, about) => mapRows(value, 'Associations', about, podIdentityRow, (row) => podIdentity(row, about)),
    },
    {
      id: 'aws/eks/describe-pod-identity-association',
      ...knownByArn('eks', 'Association', 'AssociationArn'),
      absent: GONE,
      map: (value, about) => mapWhole(value, about, podIdentityRow, (row) => podIdentity(row, about), 'Association'),
    },
    { id: ACCESS_ENTRY, ...knownByArn('eks', 'AccessEntry', 'AccessEntryArn'), absent: GONE, held: true },
    // A cluster that lets people in by its aws-auth map alone has no entries.
    { id: ACCESS_ENTRIES, needsSubject: true, needsRegion: true, absent: [...GONE, 'InvalidRequestException'], held: true },
    { id: ACCESS_POLICIES, knownBy: ['AssociatedAccessPolicies', 'ClusterName', 'PrincipalArn'], needsRegion: true, absent: GONE, held: true },
  ],
  assemble: accessEntries,
}
