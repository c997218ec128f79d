import { globsMeet, matchesGlob } from './glob.ts'
import type { ResourceType } from './knowledge.ts'
import { allTypes } from './resource-types.ts'

/**
 * Which resource types an ARN, or a pattern of ARNs, can be of. AWS publishes formats such as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`,
 * whose placeholders may hold `/` and `:` (a log group is named `/aws/lambda/x`), so several formats of one service can fit the same ARN; the one
 * whose format is the narrower is meant (an index of a DynamoDB table is no table).
 */

/** One ARN format of a resource type, in the five parts that count: a partition never tells types apart. */
interface Format {
  readonly type: ResourceType
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
  /** `resource` up to its first placeholder. */
  readonly head: string
  /** Compiled from `resource`. */
  readonly fits: RegExp
  /** Characters that are not placeholders: more are more specific. */
  readonly literals: number
  /** The type is defined by the service that the ARN names. */
  readonly own: boolean
}

/** The parts of an asked ARN or pattern. */
interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

const CACHE_LIMIT = 50_000
const cache = new Map<string, readonly ResourceType[]>()
let formatsByService: ReadonlyMap<string, readonly Format[]> | undefined

/** Types that fit, those of the ARN's own service first, then by specificity. Empty: not an ARN, or of no known type. */
export function typesOfArn(arn: string): readonly ResourceType[] {
  const known = cache.get(arn)
  if (known !== undefined) return known
  if (cache.size >= CACHE_LIMIT) cache.clear()
  const parts = splitArn(arn)
  const types = parts === undefined ? [] : typesOfParts(parts)
  cache.set(arn, types)
  return types
}

function typesOfParts(parts: ArnParts): readonly ResourceType[] {
  const isPattern = hasWildcard(Object.values(parts).join(''))
  const fitting = candidates(parts.service).filter((format) => (isPattern ? meets(format, parts) : holds(format, parts)))
  const kept = isPattern ? fitting : fitting.filter((format) => !fitting.some((other) => isNarrower(other, format)))
  return [...new Set(kept.toSorted(mostSpecificFirst).map(({ type }) => type))]
}

/** A pattern of fewer than six parts goes on as its last `*` does; anything else that is short is no ARN. */
function splitArn(arn: string): ArnParts | undefined {
  const parts = arn.split(':')
  if (parts.length < 6 && !arn.endsWith('*')) return undefined
  const [prefix = '', partition = '*', service = '*', region = '*', account = '*'] = parts
  if (!matchesGlob(prefix, 'arn')) return undefined
  return { partition, service: service.toLowerCase(), region, account, resource: parts.length < 6 ? '*' : parts.slice(5).join(':') }
}

const hasWildcard = (text: string): boolean => /[*?]/.test(text)

function candidates(service: string): readonly Format[] {
  formatsByService ??= indexFormats()
  const anyService = formatsByService.get('*') ?? []
  if (!hasWildcard(service)) return [...(formatsByService.get(service) ?? []), ...anyService]
  return [...formatsByService].flatMap(([name, formats]) => (name === '*' || matchesGlob(service, name) ? formats : []))
}

function indexFormats(): ReadonlyMap<string, readonly Format[]> {
  const index = new Map<string, Format[]>()
  for (const type of allTypes()) {
    for (const pattern of [type.arnPattern, ...type.otherArnPatterns]) {
      const format = readFormat(type, pattern)
      const formats = index.get(format.service)
      if (formats === undefined) index.set(format.service, [format])
      else formats.push(format)
    }
  }
  return index
}

function readFormat(type: ResourceType, pattern: string): Format {
  const [, , service = '', region = '', account = '', ...rest] = pattern.split(':')
  // Recovery points lie in the services that they back up, under names of all forms; see isNoException.
  const resource = service === '*' ? '*' : rest.join(':')
  const source = resource
    .split('*')
    .map((literal) => literal.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
    .join('.*')
  return {
    type,
    service,
    region,
    account,
    resource,
    head: literalHead(resource),
    fits: new RegExp(`^${source}$`, 's'),
    literals: pattern.replaceAll('*', '').length,
    own: type.name.startsWith(`${service}:`),
  }
}

function holds(format: Format, arn: ArnParts): boolean {
  return arn.resource.startsWith(format.head) && format.fits.test(arn.resource) && regionAndAccountFit(format, arn) && isNoException(format, arn)
}

function meets(format: Format, arn: ArnParts): boolean {
  const head = literalHead(arn.resource)
  if (!head.startsWith(format.head) && !format.head.startsWith(head)) return false
  return globsMeet(format.resource, arn.resource) && regionAndAccountFit(format, arn) && isNoException(format, arn)
}

const literalHead = (resource: string): string => resource.split(/[*?]/, 1)[0] ?? ''

/**
 * A placeholder may stand for nothing (AWS's own SSM documents have no account), but not in S3, where only access points and the like have an
 * account, and a bucket may be named `accesspoint`.
 */
function regionAndAccountFit(format: Format, arn: ArnParts): boolean {
  if (!globsMeet(format.region, arn.region) || !globsMeet(format.account, arn.account)) return false
  return format.service !== 's3' || (format.account === '') === (arn.account === '') || hasWildcard(arn.account)
}

/** What the published formats leave out. */
function isNoException(format: Format, { resource }: ArnParts): boolean {
  // A bucket's name holds no slash; what follows one is an object. `ssm:bucket` and the like share the format.
  if (format.service === 's3' && format.resource === '*') return !resource.includes('/')
  // Recovery points are told by what AWS Backup calls them: `snapshot/snap-0a`, `image/ami-0a`, `snapshot:awsbackup:…`, `recovery-point:…`.
  if (format.service === '*') return /snapshot|image\/|recovery-point|backup|^\*$/.test(resource)
  return true
}

/** Within one defining service: everything that fits `narrow` also fits `wide`, and not the other way round. */
function isNarrower(narrow: Format, wide: Format): boolean {
  if (narrow === wide || definer(narrow) !== definer(wide)) return false
  return matchesGlob(wide.resource, narrow.resource) && !matchesGlob(narrow.resource, wide.resource)
}

const definer = ({ type }: Format): string => type.name.slice(0, type.name.indexOf(':'))

const mostSpecificFirst = (a: Format, b: Format): number => Number(b.own) - Number(a.own) || b.literals - a.literals
