import snapshot from './snapshot.json' with { type: 'json' }

/**
 * Reads snapshot.json, which scripts/generate-aws-actions.ts writes. One line is one service:
 * `[service, number of actions, condition keys, resource types, actions]`, the last three as entries joined by `;`:
 *
 *   condition key    `aws:resourcetag/*`                      lower-cased, `*` for a placeholder
 *   resource type    `queue=arn:*:sqs:*:*:*=0`                name, ARN formats joined by `|`, numbers of its condition keys
 *   action           `CreateQueue=W=0=1,2`                    name, AWS's access level, numbers of its resource types, of its condition keys
 *
 * A line is taken apart when something asks about its service: most questions touch a few of the 456.
 */

/** AWS's own access level: List, Read, Write, Tagging, Permissions management. */
export type AwsLevelLetter = 'L' | 'R' | 'W' | 'T' | 'P'

export interface SnapshotType {
  readonly name: string
  readonly arnPatterns: readonly string[]
  readonly conditionKeys: readonly string[]
}

export interface SnapshotAction {
  readonly name: string
  readonly awsLevel: AwsLevelLetter
  readonly types: readonly SnapshotType[]
  /** Its own; those of its resource types are theirs. */
  readonly conditionKeys: readonly string[]
}

export interface SnapshotService {
  /** Lower-case prefix, as `s3`. */
  readonly name: string
  /** Id of its first action; the others follow in order. */
  readonly firstId: number
  readonly size: number
  /** Taken apart on first use, then kept. */
  readonly types: () => readonly SnapshotType[]
  readonly actions: () => readonly SnapshotAction[]
}

export const snapshotDate = snapshot.date
export const rcpServices: ReadonlySet<string> = new Set(snapshot.rcpServices)
export const services: readonly SnapshotService[] = readServices()
export const actionCount = services.reduce((sum, { size }) => sum + size, 0)

function readServices(): readonly SnapshotService[] {
  const found: SnapshotService[] = []
  let firstId = 0
  for (const line of snapshot.services) {
    const [name = '', size, keyText, typeText, actionText] = line.map(String)
    const keys = once(() => list(keyText, ';'))
    const types = once(() => list(typeText, ';').map((text) => readType(text, keys())))
    const actions = once(() => list(actionText, ';').map((text) => readAction(text, types(), keys())))
    found.push({ name, firstId, size: Number(size), types, actions })
    firstId += Number(size)
  }
  return found
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

function readType(text: string, keys: readonly string[]): SnapshotType {
  const [name = '', patterns, keyNumbers] = text.split('=')
  return { name, arnPatterns: list(patterns, '|'), conditionKeys: pick(keys, keyNumbers) }
}

function readAction(text: string, types: readonly SnapshotType[], keys: readonly string[]): SnapshotAction {
  const [name = '', level, typeNumbers, keyNumbers] = text.split('=')
  return { name, awsLevel: levelLetter(level), types: pick(types, typeNumbers), conditionKeys: pick(keys, keyNumbers) }
}

function levelLetter(text: string | undefined): AwsLevelLetter {
  switch (text) {
    case 'L':
    case 'R':
    case 'W':
    case 'T':
    case 'P':
      return text
    default:
      throw new Error(`The snapshot of AWS actions holds the access level ${text}: generate it again`)
  }
}

const list = (text: string | undefined, separator: string): readonly string[] => (text === undefined || text === '' ? [] : text.split(separator))

const pick = <Item>(items: readonly Item[], numbers: string | undefined): readonly Item[] =>
  list(numbers, ',').flatMap((number) => {
    const item = items[Number(number)]
    return item === undefined ? [] : [item]
  })
