import { z } from 'zod'
import type { Mapped } from '../map/facts.ts'
import { listOf, struct, text } from '../schema.ts'
import { container, environmentKeys, variables } from './environment.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs, tagsOf, usesInstanceProfile } from './records.ts'
import { roleArn } from './role-arn.ts'
import { mapRows } from './rows.ts'

/** Job definitions and compute environments: https://docs.aws.amazon.com/cli/latest/reference/batch/ */

const arn = z.string().startsWith('arn:')

const single = struct({ JobRoleArn: text, ExecutionRoleArn: text, Environment: variables, Secrets: variables })
const ecs = struct({ TaskProperties: listOf(struct({ TaskRoleArn: text, ExecutionRoleArn: text, Containers: listOf(container) })) })
const definitionRow = struct({
  JobDefinitionArn: arn,
  Status: text,
  ContainerProperties: single.nullish(),
  EcsProperties: ecs.nullish(),
  NodeProperties: struct({ NodeRangeProperties: listOf(struct({ Container: single.nullish(), EcsProperties: ecs.nullish() })) }).nullish(),
  Tags: z.unknown().optional(),
})
type DefinitionRow = z.output<typeof definitionRow>

/**
 * A job has the job role. The execution role is the agent's, as with ECS: the definition can authenticate as both, and its property
 * `executionRole` tells which is which. From a definition that is not active no job can be started.
 */
function definition(row: DefinitionRow, about: About): Mapped {
  const id = row.JobDefinitionArn
  const parts = partsOf(row)
  const jobRoles = parts.map(({ job }) => roleArn(job, about))
  const executionRoles = parts.map(({ execution }) => roleArn(execution, about)).filter((role) => role !== undefined)
  const properties = {
    state: row.Status,
    executionRole: executionRoles[0],
    environmentKeys: environmentKeys(parts.flatMap(({ containers }) => containers)),
    tags: tagsOf(row.Tags),
  }
  const facts = resource({ id, properties }, about)
  const roles = row.Status === 'INACTIVE' ? [] : [...new Set([...jobRoles, ...executionRoles])]
  return joined([facts, ...roles.map((role) => runsAs(id, role, about))])
}

function partsOf({ ContainerProperties, EcsProperties, NodeProperties }: DefinitionRow) {
  const nodes = NodeProperties?.NodeRangeProperties ?? []
  const singles = [ContainerProperties, ...nodes.map(({ Container }) => Container)].filter((one) => one !== null && one !== undefined)
  const tasks = [EcsProperties, ...nodes.map((node) => node.EcsProperties)].flatMap((one) => one?.TaskProperties ?? [])
  return [
    ...singles.map((one) => ({ job: one.JobRoleArn, execution: one.ExecutionRoleArn, containers: [one] })),
    ...tasks.map((one) => ({ job: one.TaskRoleArn, execution: one.ExecutionRoleArn, containers: one.Containers })),
  ]
}

const environmentRow = struct({
  ComputeEnvironmentArn: arn,
  State: text,
  ServiceRole: text,
  ComputeResources: struct({ InstanceRole: text }).nullish(),
  Tags: z.unknown().optional(),
})

/** `instanceRole` is the instance profile of the machines that it starts; the service role is what Batch manages them with. */
function computeEnvironment(row: z.output<typeof environmentRow>, about: About): Mapped {
  const id = row.ComputeEnvironmentArn
  return joined([
    resource({ id, properties: { state: row.State, tags: tagsOf(row.Tags) } }, about),
    usesInstanceProfile(id, row.ComputeResources?.InstanceRole, about),
    runsAs(id, roleArn(row.ServiceRole, about), about),
  ])
}

export const batch: OutputPart = {
  part: 'batch',
  regional: true,
  kinds: [
    {
      id: 'aws/batch/describe-job-definitions',
      ...knownByArn('batch', 'JobDefinitions', 'JobDefinitionArn'),
      map: (value, about) => mapRows(value, 'JobDefinitions', about, definitionRow, (row) => definition(row, about)),
    },
    {
      id: 'aws/batch/describe-compute-environments',
      ...knownByArn('batch', 'ComputeEnvironments', 'ComputeEnvironmentArn'),
      map: (value, about) => mapRows(value, 'ComputeEnvironments', about, environmentRow, (row) => computeEnvironment(row, about)),
    },
  ],
}
