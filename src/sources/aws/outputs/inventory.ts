import { parseArn } from '../arn.ts'
import type { Mapped } from '../map/facts.ts'
import { knownResourceKind, resourceKind } from '../resource-kind.ts'
import { NOTHING_MAPPED, type About } from './output.ts'
import { nameOf, resource } from './records.ts'

/** What inventories of everything say of a thing: that it is there, where, and its tags. */
export interface Inventoried {
  readonly arn: string
  /** CloudFormation's type name, where the inventory tells it. */
  readonly type?: string | null | undefined
  readonly name?: string | null | undefined
  readonly region?: string | null | undefined
  /** As tagsOf gives them. */
  readonly tags?: readonly string[] | undefined
  readonly createdAt?: string | undefined
}

/** Principals, roles, grants and scopes: their own outputs state them, under the same ids. */
const NOT_RESOURCES = [
  /^arn:[^:]+:iam::[^:]*:(user|role|group|policy)\//,
  /^arn:[^:]+:iam::[^:]*:root$/,
  /^arn:[^:]+:(organizations|sso|identitystore):/,
  /^arn:[^:]+:ram:[^:]*:[^:]*:resource-share\//,
  /^arn:[^:]+:eks:[^:]*:[^:]*:access-entry\//,
]

export function inventoried(said: Inventoried, about: About): Mapped {
  const arn = asPolicy(said.arn)
  if (NOT_RESOURCES.some((pattern) => pattern.test(arn))) return NOTHING_MAPPED
  const region = parseArn(arn)?.region || said.region
  return resource(
    {
      id: arn,
      kind: knownResourceKind(arn) ?? said.type ?? resourceKind(arn),
      name: said.name || (tagOf(said.tags, 'Name', arn) ?? nameOf(arn)),
      properties: { region: region === 'global' ? undefined : region, tags: said.tags, createdAt: said.createdAt },
    },
    about,
  )
}

/** Log groups are written with the streams in them, or without. */
const asPolicy = (arn: string): string => (/^arn:[^:]+:logs:.*:log-group:.*:\*$/.test(arn) ? arn.slice(0, -2) : arn)

/** EC2 gives things no name but by this tag. */
const tagOf = (tags: readonly string[] | undefined, key: string, arn: string): string | undefined =>
  parseArn(arn)?.service === 'ec2' ? tags?.find((tag) => tag.startsWith(`${key}=`))?.slice(key.length + 1) || undefined : undefined
