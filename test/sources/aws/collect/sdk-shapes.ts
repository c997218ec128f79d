import type { Service } from '../../../../src/sources/aws/collect/service.ts'

/** The shapes of the SDK's inputs and outputs, as it itself serialises by: paths of members, lists walked through, `*` for keys of maps. */

const PACKAGES: Readonly<Record<string, string>> = {
  s3api: 's3',
  s3control: 's3-control',
  events: 'eventbridge',
  stepfunctions: 'sfn',
  apigateway: 'api-gateway',
  secretsmanager: 'secrets-manager',
  autoscaling: 'auto-scaling',
  configservice: 'config-service',
  resourcegroupstaggingapi: 'resource-groups-tagging-api',
}

export interface Shapes {
  readonly input: readonly string[]
  readonly output: readonly string[]
}

export async function shapesOf({ cli }: Service, command: string): Promise<Shapes | undefined> {
  const module: unknown = await import(`@aws-sdk/client-${PACKAGES[cli] ?? cli}`)
  const Command = new Map(Object.entries(module as object)).get(command) as
    | (new (input: object) => { readonly schema: readonly unknown[] })
    | undefined
  if (Command === undefined) return undefined
  const { schema } = new Command({})
  return { input: membersOf(schema[4], '', []), output: membersOf(schema[5], '', []) }
}

/** A schema is a tuple of the SDK: kind, namespace, name, traits, then members; or such a tuple with traits of its own; or a function that gives it. */
function membersOf(given: unknown, path: string, around: readonly unknown[]): readonly string[] {
  const schema = resolved(given)
  if (!Array.isArray(schema) || around.includes(schema)) return path === '' ? [] : [path]
  const within = [...around, schema]
  const [kind, , , , members, of] = schema as readonly unknown[]
  if (kind === 1) return membersOf(members, path, within)
  if (kind === 2) return [path, ...membersOf(of, `${path}.*`, within)]
  if (kind !== 3 || !Array.isArray(members) || !Array.isArray(of)) return [path]
  const inner = members.flatMap((name, index) => membersOf(of[index], path === '' ? String(name) : `${path}.${name}`, within))
  return path === '' ? inner : [path, ...inner]
}

function resolved(given: unknown): unknown {
  if (typeof given === 'function') return resolved(given())
  const isWithTraits = Array.isArray(given) && given.length === 2 && typeof given[0] !== 'number'
  return isWithTraits ? resolved(given[0]) : given
}
