import { z } from 'zod'
import { fileFinding } from '../../finding.ts'
import { toIsoDate } from '../dates.ts'
import { edge, ref, type Mapped } from '../map/facts.ts'
import { unstated } from '../open-ends.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import { firstIn } from './first-row.ts'
import { joined, NOTHING_MAPPED, saying, type About, type Held, type OutputPart } from './output.ts'
import { arnIn, locatedBy, resource, tagsOf, usesInstanceProfile } from './records.ts'
import { mapRows } from './rows.ts'

/** Groups and what their instances are launched from: https://docs.aws.amazon.com/cli/latest/reference/autoscaling/ */

const template = struct({ LaunchTemplateId: text, LaunchTemplateName: text, Version: text })
type Template = z.output<typeof template>

const groupRow = struct({
  AutoScalingGroupARN: z.string().startsWith('arn:'),
  LaunchConfigurationName: text,
  LaunchTemplate: template.nullish(),
  MixedInstancesPolicy: struct({
    LaunchTemplate: struct({
      LaunchTemplateSpecification: template.nullish(),
      Overrides: listOf(struct({ LaunchTemplateSpecification: template.nullish() })),
    }).nullish(),
  }).nullish(),
  Status: text,
  CreatedTime: date,
  Tags: z.unknown().optional(),
})
type GroupRow = z.output<typeof groupRow>

/** Its user data, in which people keep secrets, is never looked at. */
const configurationRow = struct({
  LaunchConfigurationName: name,
  LaunchConfigurationARN: z.string().startsWith('arn:'),
  IamInstanceProfile: text,
  CreatedTime: date,
  MetadataOptions: struct({ HttpTokens: text }).nullish(),
})
type ConfigurationRow = z.output<typeof configurationRow>

const GROUPS = 'aws/autoscaling/describe-auto-scaling-groups'
const CONFIGURATIONS = 'aws/autoscaling/describe-launch-configurations'

function assemble(of: (kind: string) => readonly Held[]): Mapped {
  const profiles = new Map<string, string | null | undefined>()
  const configurations = of(CONFIGURATIONS).map(({ value, about }) =>
    mapRows(value, 'LaunchConfigurations', about, configurationRow, (row) => {
      profiles.set(row.LaunchConfigurationName, row.IamInstanceProfile)
      return configuration(row, about)
    }),
  )
  const groups = of(GROUPS).map(({ value, about }) =>
    mapRows(value, 'AutoScalingGroups', about, groupRow, (row) => joined([group(row, about), profileOf(row, profiles, about)])),
  )
  return joined([...configurations, ...groups])
}

function profileOf(row: GroupRow, profiles: ReadonlyMap<string, string | null | undefined>, about: About): Mapped {
  const { AutoScalingGroupARN: id, LaunchConfigurationName: used } = row
  if (typeof used !== 'string') return NOTHING_MAPPED
  if (profiles.has(used)) return usesInstanceProfile(id, profiles.get(used), about)
  const message = `The launch configuration ${used} was not collected: which instance profile the instances of ${id} have is not known.`
  return saying(fileFinding('EXPORT_TRUNCATED', about.file, about.place, message, { entity: id, coverage: about.coverage }))
}

function configuration(row: ConfigurationRow, about: About): Mapped {
  const id = row.LaunchConfigurationARN
  const properties = { createdAt: toIsoDate(row.CreatedTime), metadataTokens: row.MetadataOptions?.HttpTokens }
  return joined([resource({ id, properties }, about), usesInstanceProfile(id, row.IamInstanceProfile, about)])
}

/** A group's instances have what its launch template gives, whose versions `aws ec2 describe-launch-template-versions` tells. */
function group(row: GroupRow, about: About): Mapped {
  const mixed = row.MixedInstancesPolicy?.LaunchTemplate
  const templates = [
    row.LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map(({ LaunchTemplateSpecification }) => LaunchTemplateSpecification),
  ].filter((one) => one !== null && one !== undefined)
  const [first] = templates
  const properties = {
    createdAt: toIsoDate(row.CreatedTime),
    state: row.Status,
    startedFrom: first === undefined ? row.LaunchConfigurationName : written(first),
    tags: tagsOf(row.Tags),
  }
  return joined([
    resource({ id: row.AutoScalingGroupARN, properties }, about),
    ...templates.map((one) => usesTemplate(row.AutoScalingGroupARN, one, about)),
  ])
}

const written = ({ LaunchTemplateId, LaunchTemplateName, Version }: Template): string =>
  `${LaunchTemplateId ?? LaunchTemplateName ?? ''}:${Version ?? '$Default'}`

function usesTemplate(id: string, { LaunchTemplateId, LaunchTemplateName }: Template, about: About): Mapped {
  if (typeof LaunchTemplateId !== 'string') return NOTHING_MAPPED
  const used = arnIn(about, 'ec2', `launch-template/${LaunchTemplateId}`)
  const stub = unstated({
    label: 'Resource',
    kind: 'AWS::EC2::LaunchTemplate',
    id: used,
    name: LaunchTemplateName ?? LaunchTemplateId,
    scope: about.account,
    properties: {},
  })
  return { records: [edge('CAN_AUTHENTICATE_AS', ref('Resource', id), ref('Resource', used), [about.coverage])], open: [{ open: 'named', stub }] }
}

export const autoscaling: OutputPart = {
  part: 'autoscaling',
  regional: true,
  kinds: [
    {
      id: GROUPS,
      knownBy: ['AutoScalingGroups'],
      ...locatedBy((value) => firstIn(value, 'AutoScalingGroups', 'AutoScalingGroupARN')),
      needsRegion: true,
      held: true,
    },
    {
      id: CONFIGURATIONS,
      knownBy: ['LaunchConfigurations'],
      ...locatedBy((value) => firstIn(value, 'LaunchConfigurations', 'LaunchConfigurationARN')),
      needsRegion: true,
      held: true,
    },
  ],
  assemble,
}
