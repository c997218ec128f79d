import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, listOf, struct, text } from '../schema.ts'
import { fileFinding } from '../../finding.ts'
import { container, environmentKeys } from './environment.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, NOTHING_MAPPED, saying, type About, type Held, type OutputPart } from './output.ts'
import { resource, runsAs, tagsOf, type ResourceSaid } from './records.ts'
import { roleArn } from './role-arn.ts'
import { mapRows, mapWhole, memberOf } from './rows.ts'

/**
 * Clusters, services, tasks and their definitions: https://docs.aws.amazon.com/cli/latest/reference/ecs/
 *
 * A definition names two roles. The task role is what the containers have. The execution role is the agent's, who pulls images and reads
 * secrets with it before they start; containers don't get its credentials, but whoever writes the definition decides what they are used for.
 * So a definition can authenticate as both (its property `executionRole` tells which is which), and what runs, a task or a service, as the
 * task role only.
 */

const arn = z.string().startsWith('arn:')

const clusterRow = struct({
  ClusterArn: arn,
  Status: text,
  Configuration: struct({ ManagedStorageConfiguration: struct({ KmsKeyId: text }).nullish() }).nullish(),
  Tags: z.unknown().optional(),
})

function cluster(row: z.output<typeof clusterRow>, about: About): Mapped {
  const encryptionKey = row.Configuration?.ManagedStorageConfiguration?.KmsKeyId
  return resource({ id: row.ClusterArn, properties: { state: row.Status, encryptionKey, tags: tagsIfAsked(row.Tags) } }, about)
}

/** Without `--include TAGS` the list is there, and empty. */
const tagsIfAsked = (tags: unknown): readonly string[] | undefined => {
  const known = tagsOf(tags)
  return known?.length === 0 ? undefined : known
}

const definitionWhole = struct({
  TaskDefinition: struct({
    TaskDefinitionArn: arn,
    TaskRoleArn: text,
    ExecutionRoleArn: text,
    Status: text,
    RegisteredAt: date,
    ContainerDefinitions: listOf(container),
  }),
  Tags: z.unknown().optional(),
})

interface Roles {
  readonly task: string | undefined
  readonly execution: string | undefined
}

/** By ARN of the task definition. */
type Definitions = Map<string, Roles>

function definition({ TaskDefinition: row, Tags }: z.output<typeof definitionWhole>, known: Definitions, about: About): Mapped {
  const id = row.TaskDefinitionArn
  const roles = { task: roleArn(row.TaskRoleArn, about), execution: roleArn(row.ExecutionRoleArn, about) }
  known.set(id, roles)
  const properties = {
    state: row.Status,
    createdAt: toIsoDate(row.RegisteredAt),
    executionRole: roles.execution,
    environmentKeys: environmentKeys(row.ContainerDefinitions),
    tags: tagsIfAsked(Tags),
  }
  const facts = resource({ id, properties }, about)
  return joined([facts, ...[roles.task, roles.execution].map((role) => runsAs(id, role, about))])
}

const deployed = listOf(struct({ TaskDefinition: text }))
const serviceRow = struct({
  ServiceArn: arn,
  ClusterArn: arn,
  Status: text,
  TaskDefinition: text,
  Deployments: deployed,
  TaskSets: deployed,
  CreatedAt: date,
  EnableExecuteCommand: z.boolean().nullish(),
  Tags: z.unknown().optional(),
})

/** While it is being deployed, a service runs tasks of several definitions. */
function service(row: z.output<typeof serviceRow>, known: Definitions, about: About): Mapped {
  const running = [row.TaskDefinition, ...[...row.Deployments, ...row.TaskSets].map(({ TaskDefinition }) => TaskDefinition)]
  const definitions = row.Status === 'INACTIVE' ? [] : [...new Set(running.filter((one) => typeof one === 'string'))]
  const properties = {
    state: row.Status,
    createdAt: toIsoDate(row.CreatedAt),
    startedFrom: row.TaskDefinition,
    executeCommandEnabled: row.EnableExecuteCommand,
    tags: tagsIfAsked(row.Tags),
  }
  return joined([
    within(row.ClusterArn, row.ServiceArn, properties, about),
    ...definitions.map((one) => (known.has(one) ? runsAs(row.ServiceArn, known.get(one)?.task, about) : roleUnknown(row.ServiceArn, one, about))),
  ])
}

const taskRow = struct({
  TaskArn: arn,
  ClusterArn: arn,
  TaskDefinitionArn: text,
  LastStatus: text,
  CreatedAt: date,
  EnableExecuteCommand: z.boolean().nullish(),
  Overrides: struct({ TaskRoleArn: text, ExecutionRoleArn: text }).nullish(),
  Tags: z.unknown().optional(),
})

function task(row: z.output<typeof taskRow>, known: Definitions, about: About): Mapped {
  const own = { task: roleArn(row.Overrides?.TaskRoleArn, about), execution: roleArn(row.Overrides?.ExecutionRoleArn, about) }
  const defined = known.get(row.TaskDefinitionArn ?? '')
  const properties = {
    state: row.LastStatus,
    createdAt: toIsoDate(row.CreatedAt),
    startedFrom: row.TaskDefinitionArn,
    executeCommandEnabled: row.EnableExecuteCommand,
    executionRole: own.execution ?? defined?.execution,
    tags: tagsIfAsked(row.Tags),
  }
  const facts = within(row.ClusterArn, row.TaskArn, properties, about)
  if (row.LastStatus === 'STOPPED') return facts
  const isKnown = own.task !== undefined || defined !== undefined
  const role = isKnown ? runsAs(row.TaskArn, own.task ?? defined?.task, about) : roleUnknown(row.TaskArn, row.TaskDefinitionArn ?? '', about)
  return joined([facts, role])
}

const within = (parent: string, id: string, properties: NonNullable<ResourceSaid['properties']>, about: About): Mapped =>
  joined([resource({ id: parent }, about), resource({ id, parent, properties }, about)])

/** `service/CLUSTER/NAME`; ARNs of before 2018 don't name the cluster. */
const listed = (id: string, about: About): Mapped => {
  const [, prefix = '', name] = /^(.+:)(?:service|task)\/([^/]+)\/[^/]+$/.exec(id) ?? []
  return name === undefined ? NOTHING_MAPPED : within(`${prefix}cluster/${name}`, id, {}, about)
}

function roleUnknown(id: string, of: string, about: About): Mapped {
  const message = `The task definition ${of} was not collected: which role ${id} has is not known.`
  return saying(fileFinding('EXPORT_TRUNCATED', about.file, about.place, message, { entity: id, coverage: about.coverage }))
}

const SERVICES = 'aws/ecs/describe-services'
const TASKS = 'aws/ecs/describe-tasks'
const DEFINITION = 'aws/ecs/describe-task-definition'

function assemble(of: (kind: string) => readonly Held[]): Mapped {
  const known: Definitions = new Map()
  return joined([
    ...of(DEFINITION).map(({ value, about }) => mapWhole(value, about, definitionWhole, (row) => definition(row, known, about))),
    ...of(SERVICES).map(({ value, about }) => mapRows(value, 'Services', about, serviceRow, (row) => service(row, known, about))),
    ...of(TASKS).map(({ value, about }) => mapRows(value, 'Tasks', about, taskRow, (row) => task(row, known, about))),
  ])
}

/** It was there when it was listed. */
const GONE = ['ClusterNotFoundException']

export const ecs: OutputPart = {
  part: 'ecs',
  regional: true,
  kinds: [
    {
      id: 'aws/ecs/list-clusters',
      ...knownByArn('ecs', 'ClusterArns'),
      map: (value, about) => mapRows(value, 'ClusterArns', about, arn, (id) => resource({ id }, about)),
    },
    {
      id: 'aws/ecs/describe-clusters',
      ...knownByArn('ecs', 'Clusters', 'ClusterArn'),
      map: (value, about) => joined([mapRows(value, 'Clusters', about, clusterRow, (row) => cluster(row, about)), failures(value, about)]),
    },
    {
      id: 'aws/ecs/list-services',
      ...knownByArn('ecs', 'ServiceArns'),
      absent: GONE,
      map: (value, about) => mapRows(value, 'ServiceArns', about, arn, (id) => listed(id, about)),
    },
    { id: SERVICES, ...knownByArn('ecs', 'Services', 'ServiceArn'), absent: GONE, held: true, map: failures },
    {
      id: 'aws/ecs/list-tasks',
      ...knownByArn('ecs', 'TaskArns'),
      absent: GONE,
      map: (value, about) => mapRows(value, 'TaskArns', about, arn, (id) => listed(id, about)),
    },
    { id: TASKS, ...knownByArn('ecs', 'Tasks', 'TaskArn'), absent: GONE, held: true, map: failures },
    {
      id: 'aws/ecs/list-task-definitions',
      ...knownByArn('ecs', 'TaskDefinitionArns'),
      map: (value, about) => mapRows(value, 'TaskDefinitionArns', about, arn, (id) => resource({ id }, about)),
    },
    { id: DEFINITION, ...knownByArn('ecs', 'TaskDefinition', 'TaskDefinitionArn'), absent: ['ClientException'], held: true },
  ],
  assemble,
}

const failureRow = struct({ Arn: text, Reason: text })

/** What was asked about and not told; `MISSING` is what went away in the meantime. */
function failures(value: unknown, about: About): Mapped {
  if (memberOf(value, 'Failures') === undefined) return NOTHING_MAPPED
  return mapRows(value, 'Failures', about, failureRow, ({ Arn, Reason }, at) => {
    if (Reason === 'MISSING') return NOTHING_MAPPED
    const message = `AWS did not describe ${Arn ?? 'something'}: ${Reason ?? 'no reason given'}`
    return saying(fileFinding('EXPORT_TRUNCATED', at.file, at.place, message, { entity: Arn ?? null, coverage: about.coverage }))
  })
}
