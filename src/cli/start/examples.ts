import type { Estate } from '../../estate/estate.ts'
import type { EntityFact } from '../../domain/facts.ts'
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
  const object = `${first(estate, (entity) => entity.kind === 'AWS::S3::Bucket')?.id ?? 'arn:aws:s3:::some-bucket'}/some-key`
  const user = first(estate, (entity) => entity.kind === 'AwsUser') ?? first(estate, (entity) => entity.kind === 'AwsRole')
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
