import { z } from 'zod'
import type { EntityFact, Origin } from '../../../domain/facts.ts'
import { toIsoDate } from '../dates.ts'
import { documentText } from '../document.ts'
import { edge, ref, type Mapped } from '../map/facts.ts'
import { unstated } from '../open-ends.ts'
import { date, name, struct, text } from '../schema.ts'
import { INSTANCES, instanceArn, instancesKnown, instancesOf, nameTag, regionOfZone } from './ec2-instances.ts'
import { NETWORK_ACLS, ROUTE_TABLES, SECURITY_GROUPS, SUBNETS } from './ec2-network.ts'
import { firstIn } from './first-row.ts'
import { joined, NOTHING_MAPPED, saying, type About, type OutputPart } from './output.ts'
import { arnIn, locatedBy, resource, tagsOf, usesInstanceProfile } from './records.ts'
import { mapRows } from './rows.ts'

/** Instances, what they are launched from and what surrounds them: https://docs.aws.amazon.com/cli/latest/reference/ec2/ */

const associationRow = struct({ InstanceId: name, State: text, IamInstanceProfile: struct({ Arn: text }).nullish() })

/** Of an instance only what has a profile: `describe-instances` states the instance itself. */
function profileAssociation({ InstanceId, State, IamInstanceProfile }: z.output<typeof associationRow>, about: About): Mapped {
  if (State === 'disassociated') return NOTHING_MAPPED
  const id = instanceArn(InstanceId, about)
  const stub = unstated({ label: 'Resource', kind: 'AWS::EC2::Instance', id, name: InstanceId, scope: about.account, properties: {} })
  const lies = edge('CONTAINS', ref('Scope', about.account), ref('Resource', id), [about.coverage])
  return joined([{ records: [lies], open: [{ open: 'named', stub }] }, usesInstanceProfile(id, IamInstanceProfile?.Arn, about)])
}

const templateRow = struct({ LaunchTemplateId: name, LaunchTemplateName: name, CreateTime: date, Tags: z.unknown().optional() })

function launchTemplate(row: z.output<typeof templateRow>, about: About): Mapped {
  const properties = { createdAt: toIsoDate(row.CreateTime), tags: tagsOf(row.Tags) }
  return resource({ id: templateArn(row.LaunchTemplateId, about), name: row.LaunchTemplateName, properties }, about)
}

const templateArn = (id: string, about: About): string => arnIn(about, 'ec2', `launch-template/${id}`)

/** Its data may hold user data, in which people keep secrets: that is never looked at. */
const templateVersionRow = struct({
  LaunchTemplateId: name,
  LaunchTemplateName: name,
  LaunchTemplateData: struct({ IamInstanceProfile: struct({ Arn: text, Name: text }).nullish() }).nullish(),
})

/** Groups and fleets may be set to any version, so that the profile of each that was collected counts. */
function launchTemplateVersion(row: z.output<typeof templateVersionRow>, about: About): Mapped {
  const id = templateArn(row.LaunchTemplateId, about)
  const profile = row.LaunchTemplateData?.IamInstanceProfile
  return joined([resource({ id, name: row.LaunchTemplateName }, about), usesInstanceProfile(id, profile?.Arn ?? profile?.Name, about)])
}

const endpointRow = struct({
  VpcEndpointId: z.string().startsWith('vpce-'),
  VpcEndpointType: text,
  VpcId: text,
  ServiceName: text,
  State: text,
  PolicyDocument: z.unknown().optional(),
  CreationTimestamp: date,
  Tags: z.unknown().optional(),
})
type EndpointRow = z.output<typeof endpointRow>

function endpoint(row: EndpointRow, at: Origin, about: About): Mapped {
  const id = arnIn(about, 'ec2', `vpc-endpoint/${row.VpcEndpointId}`)
  const tags = tagsOf(row.Tags)
  const properties = {
    uniqueId: row.VpcEndpointId,
    vpc: row.VpcId,
    endpointService: row.ServiceName,
    endpointType: row.VpcEndpointType,
    state: row.State,
    createdAt: toIsoDate(row.CreationTimestamp),
    tags,
  }
  return joined([resource({ id, name: nameTag(tags), properties }, about), endpointPolicy(row, id, at, about)])
}

/**
 * An endpoint for a service of AWS has a policy, if only one that allows everything: where it isn't printed it is not known. Endpoints for
 * appliances and for services of others have none.
 */
function endpointPolicy(row: EndpointRow, endpointId: string, at: Origin, about: About): Mapped {
  const document = documentText(row.PolicyDocument)
  const takesPolicy = ['Gateway', 'Interface'].includes(row.VpcEndpointType ?? '') && !(row.ServiceName ?? '').includes('.vpce-svc-')
  if (document === null && !takesPolicy) return NOTHING_MAPPED
  const guardrail: EntityFact = {
    record: 'entity',
    label: 'Guardrail',
    kind: 'VpcEndpointPolicy',
    id: `${endpointId}#policy`,
    name: `policy of ${row.VpcEndpointId}`,
    provider: 'aws',
    scope: about.account,
    properties: {},
    document,
    origin: { file: at.file, place: `${at.place}.PolicyDocument` },
    coverage: [about.coverage],
  }
  const self = ref('Guardrail', guardrail.id)
  return saying(
    guardrail,
    edge('LIMITS', self, ref('Resource', endpointId), [about.coverage]),
    edge('CONTAINS', ref('Scope', about.account), self, [about.coverage]),
  )
}

const vpcRow = struct({ VpcId: name, OwnerId: text, State: text, Tags: z.unknown().optional() })

/** One that another account shares is that account's to state. */
function vpc(row: z.output<typeof vpcRow>, about: About): Mapped {
  if ((row.OwnerId ?? about.account) !== about.account) return NOTHING_MAPPED
  const tags = tagsOf(row.Tags)
  return resource({ id: arnIn(about, 'ec2', `vpc/${row.VpcId}`), name: nameTag(tags), properties: { state: row.State, tags } }, about)
}

/** Endpoints of the gateway type are always of their service's region, others need not be. */
const regionOfEndpoints = (value: unknown): string | undefined =>
  firstIn(value, 'VpcEndpoints', 'VpcEndpointType') === 'Gateway'
    ? /^(?:cn\.)?com\.amazonaws\.([^.]+)\./.exec(firstIn(value, 'VpcEndpoints', 'ServiceName') ?? '')?.[1]
    : undefined

const accountOfTemplates = (list: string) => locatedBy((value) => firstIn(value, list, 'CreatedBy')).accountOf

/** Says where there is something to ask, and nothing of what is there. */
export const ec2Regions: OutputPart = {
  part: 'ec2-regions',
  regional: false,
  coversItself: true,
  kinds: [{ id: 'aws/ec2/describe-regions', knownBy: ['Regions'], is: (value) => firstIn(value, 'Regions', 'RegionName') !== undefined }],
}

export const ec2: OutputPart = {
  part: 'ec2',
  regional: true,
  kinds: [
    { id: INSTANCES, ...instancesKnown, needsRegion: true, held: true },
    {
      id: 'aws/ec2/describe-iam-instance-profile-associations',
      knownBy: ['IamInstanceProfileAssociations'],
      needsRegion: true,
      map: (value, about) => mapRows(value, 'IamInstanceProfileAssociations', about, associationRow, (row) => profileAssociation(row, about)),
    },
    {
      id: SECURITY_GROUPS,
      knownBy: ['SecurityGroups'],
      regionOf: locatedBy((value) => firstIn(value, 'SecurityGroups', 'SecurityGroupArn')).regionOf,
      needsRegion: true,
      held: true,
    },
    { id: NETWORK_ACLS, knownBy: ['NetworkAcls'], needsRegion: true, held: true },
    { id: ROUTE_TABLES, knownBy: ['RouteTables'], needsRegion: true, held: true },
    {
      id: SUBNETS,
      knownBy: ['Subnets'],
      regionOf: (value) => regionOfZone(firstIn(value, 'Subnets', 'AvailabilityZone')),
      needsRegion: true,
      held: true,
    },
    {
      id: 'aws/ec2/describe-vpcs',
      knownBy: ['Vpcs'],
      needsRegion: true,
      map: (value, about) => mapRows(value, 'Vpcs', about, vpcRow, (row) => vpc(row, about)),
    },
    {
      id: 'aws/ec2/describe-launch-templates',
      knownBy: ['LaunchTemplates'],
      accountOf: accountOfTemplates('LaunchTemplates'),
      needsRegion: true,
      map: (value, about) => mapRows(value, 'LaunchTemplates', about, templateRow, (row) => launchTemplate(row, about)),
    },
    {
      id: 'aws/ec2/describe-launch-template-versions',
      knownBy: ['LaunchTemplateVersions'],
      accountOf: accountOfTemplates('LaunchTemplateVersions'),
      absent: ['InvalidLaunchTemplateId.NotFound'],
      needsRegion: true,
      map: (value, about) => mapRows(value, 'LaunchTemplateVersions', about, templateVersionRow, (row) => launchTemplateVersion(row, about)),
    },
    {
      id: 'aws/ec2/describe-vpc-endpoints',
      knownBy: ['VpcEndpoints'],
      // OpenSearch has a command of the same name.
      is: (value) => !('VpcEndpointErrors' in value),
      accountOf: (value) => firstIn(value, 'VpcEndpoints', 'OwnerId'),
      regionOf: regionOfEndpoints,
      needsRegion: true,
      map: (value, about) => mapRows(value, 'VpcEndpoints', about, endpointRow, (row, at) => endpoint(row, at, about)),
    },
  ],
  assemble: instancesOf,
}
