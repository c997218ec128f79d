import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, NOTHING_MAPPED, type About, type OutputKind, type OutputPart } from './output.ts'
import { arnIn, locatedBy, resource, runsAs, tagsOf, type Said } from './records.ts'
import { policyOutput, subjectOfPolicy } from './resource-policy.ts'
import { mapRows, mapWhole, memberOf } from './rows.ts'
import { tagsOfSubject } from './tags.ts'

/** Functions: https://docs.aws.amazon.com/cli/latest/reference/lambda/ */

const functionRow = struct({
  FunctionArn: name,
  Role: text,
  LastModified: date,
  Description: text,
  State: text,
  KMSKeyArn: text,
  VpcConfig: struct({ VpcId: text }).nullish(),
  Environment: struct({ Variables: z.record(z.string(), z.unknown()).nullish(), Error: z.unknown().optional() }).nullish(),
})
type FunctionRow = z.output<typeof functionRow>

/** The unpublished code goes by the function's own ARN, and by `$LATEST`. */
const withoutLatest = (arn: string): string => arn.replace(/:\$LATEST$/, '')

/** `hello`, `hello:3` */
const nameOfFunction = (arn: string): string => arn.split(':').slice(6).join(':')

/** A version or alias is in its function. */
function mapFunction(row: FunctionRow, about: About, more: Said = {}): Mapped {
  const id = withoutLatest(row.FunctionArn)
  const whole = unqualified(id)
  const properties = {
    updatedAt: toIsoDate(row.LastModified),
    description: row.Description || undefined,
    state: row.State,
    encryptionKey: row.KMSKeyArn || undefined,
    vpc: row.VpcConfig?.VpcId || undefined,
    environmentKeys: environmentKeys(row.Environment),
    ...more,
  }
  const said = { id, name: nameOfFunction(id), properties, ...(whole === id ? {} : { parent: whole }) }
  return joined([whole === id ? NOTHING_MAPPED : resource({ id: whole }, about), resource(said, about), runsAs(id, row.Role, about)])
}

/** Names alone: the values may be credentials. Not known where Lambda could not decrypt them. */
function environmentKeys(environment: FunctionRow['Environment']): readonly string[] | undefined {
  const { Variables: variables, Error: failed } = environment ?? {}
  if (variables === undefined || variables === null) return failed === undefined || failed === null ? [] : undefined
  return Object.keys(variables).sort()
}

const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':')

const functionArn = (about: About): string | undefined => {
  if (about.subject.startsWith('arn:')) return withoutLatest(about.subject)
  return about.subject === '' ? undefined : withoutLatest(arnIn(about, 'lambda', `function:${about.subject}`))
}

const getFunction: OutputKind = {
  id: 'aws/lambda/get-function',
  ...knownByArn('lambda', 'Configuration', 'FunctionArn'),
  map: (value, about) => {
    // Left out where there are none, and where they could not be read; then with TagsError.
    const tags = tagsOf(memberOf(value, 'Tags') ?? (memberOf(value, 'TagsError') === undefined ? {} : undefined))
    return mapWhole(value, about, functionRow, (row) => mapFunction(row, about, { tags }), 'Configuration')
  },
}

const urlRow = struct({ FunctionArn: name, AuthType: name })

/** A URL without authentication takes requests from anybody; with IAM's, from who may invoke the function anyway. */
const listFunctionUrlConfigs: OutputKind = {
  id: 'aws/lambda/list-function-url-configs',
  ...knownByArn('lambda', 'FunctionUrlConfigs', 'FunctionArn'),
  gone: ['ResourceNotFoundException'],
  needsRegion: true,
  map: (value, about) => {
    const exposed = new Map<string, readonly string[]>()
    const asked = functionArn(about)
    if (asked !== undefined) exposed.set(unqualified(asked), [])
    const rows = mapRows(value, 'FunctionUrlConfigs', about, urlRow, ({ FunctionArn, AuthType }) => {
      const id = unqualified(FunctionArn)
      exposed.set(id, AuthType === 'NONE' ? ['https (auth NONE)'] : (exposed.get(id) ?? []))
      return NOTHING_MAPPED
    })
    // Where a row could not be read, there may be more.
    const known = [...exposed].filter(([, exposure]) => exposure.length > 0 || rows.records.length === 0)
    return joined([
      rows,
      ...known.map(([id, internetExposure]) => resource({ id, name: nameOfFunction(id), properties: { internetExposure } }, about)),
    ])
  },
}

/** Lambda writes the function's ARN into each statement. */
const functionInPolicy = (value: Readonly<Record<string, unknown>>): string | undefined =>
  subjectOfPolicy(value['Policy'], /^(arn:[^:]+:lambda:[^:]+:\d{12}:function:[^*?]+)$/)

export const lambda: OutputPart = {
  part: 'lambda',
  regional: true,
  kinds: [
    {
      id: 'aws/lambda/list-functions',
      ...knownByArn('lambda', 'Functions', 'FunctionArn'),
      map: (value, about) => mapRows(value, 'Functions', about, functionRow, (row) => mapFunction(row, about)),
    },
    getFunction,
    {
      id: 'aws/lambda/get-function-configuration',
      ...knownByArn('lambda', 'FunctionArn'),
      knownBy: ['FunctionArn', 'CodeSha256'],
      map: (value, about) => mapWhole(value, about, functionRow, (row) => mapFunction(row, about)),
    },
    policyOutput({
      id: 'aws/lambda/get-policy',
      member: 'Policy',
      knownBy: ['Policy', 'RevisionId'],
      is: (value) => functionInPolicy(value) !== undefined,
      ...locatedBy(functionInPolicy),
      needsRegion: true,
      resourceOf: (about, value) => {
        const id = functionArn(about) ?? functionInPolicy(value)
        return id === undefined ? undefined : { id, name: nameOfFunction(id) }
      },
      absent: ['ResourceNotFoundException'],
    }),
    listFunctionUrlConfigs,
    tagsOfSubject('aws/lambda/list-tags', 'Tags'),
  ],
}
