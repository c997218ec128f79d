import type { Estate } from '../../estate/estate.ts'
import type { EntityFact } from '../../domain/facts.ts'
import { whoCanReach } from '../../operations/who-can.ts'
import type { CommonOptions } from '../options.ts'

interface Example {
  readonly asks: string
  readonly graphql: string
  readonly cli: readonly string[]
}

/** Three questions about what is served, as GraphQL and as a command, to be pasted. */
export function exampleLines(estate: Estate, options: CommonOptions): readonly string[] {
  const store = [
    ...(options.data === '.permiscope' ? [] : ['--data', options.data]),
    ...(options.store === undefined ? [] : ['--store', options.store]),
  ]
  return examples(estate).flatMap(({ asks, graphql, cli }) => [
    '',
    asks,
    `  GraphQL  ${graphql}`,
    `  shell    npx permiscope ${[...cli, ...store].map(quoted).join(' ')}`,
  ])
}

function examples(estate: Estate): readonly Example[] {
  const object = `${mostGuardedBucket(estate)?.id ?? 'arn:aws:s3:::some-bucket'}/some-key`
  const user = reader(estate, object) ?? first(estate, (entity) => entity.kind === 'AwsUser') ?? first(estate, (entity) => entity.kind === 'AwsRole')
  const whoCan: Example = {
    asks: 'Who can read this object?',
    graphql: `{ whoCanReach(target: ${json(object)}, actions: ["s3:GetObject"]) { totalCount nodes { principal { id } certainty via conditions } } }`,
    cli: ['who-can', '--target', object, '--action', 's3:GetObject'],
  }
  if (user === undefined) return [whoCan]
  const whatCan: Example = {
    asks: `What can ${user.name} do?`,
    graphql: `{ effectivePermissions(principal: ${json(user.id)}) { totalCount nodes { target { id } levels certainty via } } }`,
    cli: ['what-can', '--principal', user.id],
  }
  const check: Example = {
    asks: `May ${user.name} read it, and why?`,
    graphql: `{ checkAccess(principal: ${json(user.id)}, action: "s3:GetObject", target: ${json(object)}) { effect because { message } conditions } }`,
    cli: ['check', '--principal', user.id, '--action', 's3:GetObject', '--target', object, '--explain'],
  }
  return [whoCan, whatCan, check]
}

const json = (text: string): string => JSON.stringify(text)

/** The bucket with the most to tell: that with the longest policy. */
function mostGuardedBucket(estate: Estate): EntityFact | undefined {
  const longest = Math.max(...[...estate.entities()].filter(isBucket).map(({ document }) => document?.length ?? 0))
  return first(estate, (entity) => isBucket(entity) && (entity.document?.length ?? 0) === longest)
}

const isBucket = ({ kind }: EntityFact): boolean => kind === 'AWS::S3::Bucket'

/** A user who can read it, so that there is something to explain. */
function reader(estate: Estate, object: string): EntityFact | undefined {
  const rows = whoCanReach(estate, { target: object, actions: ['s3:GetObject'], first: 500 }).edges
  return rows.map(({ node }) => node.principal).find(({ kind }) => kind === 'AwsUser')
}

/** The same at every start: the first by id. */
function first(estate: Estate, fits: (entity: EntityFact) => boolean): EntityFact | undefined {
  let found: EntityFact | undefined
  for (const entity of estate.entities())
    if (fits(entity) && entity.coverage.length > 0 && (found === undefined || entity.id < found.id)) found = entity
  return found
}

function quoted(word: string): string {
  return /^[\w:/.@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
