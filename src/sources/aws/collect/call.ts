/**
 * Calls as data: what is asked of AWS, of whom, how it is paged, and what must not be written down. One engine makes them all
 * (account-collection.ts), and docs/collect-aws.md is held to these tables.
 */

/** Asked once an account, or in each of its regions. */
export type Reach = 'GLOBAL' | 'REGIONAL'

/** What only those want who can wait for it. */
export type OptIn = 'usage' | 'inventory'

/** Stands in an input for the account that is collected. */
export const ACCOUNT = '{account}'

export type Input = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** What a call is asked about, by member of its input. */
export type Values = Readonly<Record<string, string | readonly string[]>>

/** The call is asked for each thing that another call of the same service names. */
export interface EachOf {
  /** Operation of the other call. */
  readonly of: string
  /** Where in its answer the things stand, as `Reservations.Instances`; lists on the way are walked through. */
  readonly list: string
  /** Input member ← member of the thing; '' is the thing itself. */
  readonly take: Readonly<Record<string, string>>
  /** Things that it is not asked about. */
  readonly unless?: (thing: unknown) => boolean
  /** Input members that stay as in the other call. */
  readonly keep?: readonly string[]
  /** The first of `take` is a list: so many things are asked about at once. */
  readonly batch?: number
  /** Member of the thing that tells in which region it is asked about. */
  readonly region?: string
}

/** The call is asked once for each of these. */
export interface EachValue {
  readonly value: string
  readonly from: readonly string[]
}

export type Each = EachOf | EachValue

/** Input member that takes the token, and output member that has it; absent or empty on the last page. */
export type Pages = readonly [takes: string, gives: string]

export interface Call<Command extends string = string> {
  /** Class of the SDK; the CLI's operation and the action are named after it. */
  readonly command: Command
  /** Where the IAM action is named otherwise. */
  readonly needs?: string
  /** Where it is not that of the service. */
  readonly reach?: Reach
  readonly input?: Input
  /** Left out: it is asked once. */
  readonly each?: readonly Each[]
  /** Members of its values that name its subject, joined by `/`; left out: the first one taken. */
  readonly subject?: readonly string[]
  readonly pages?: Pages
  /** Error codes by which AWS says that there is none. */
  readonly none?: readonly string[]
  /**
   * Ends of paths to values that are secrets or may be, as `environment.value`; `*` is any key. The keys stay, the values become null.
   * Where it is given, even empty, credentials in URLs go too.
   */
  readonly drops?: readonly string[]
  /** Members that are replaced by what is needed of them. */
  readonly shortens?: Readonly<Record<string, (text: string) => string>>
  readonly after?: Before<Command>
  /** Asked again until it has come to its end. */
  readonly until?: Until
  /** Lists that the CLI prints even where the answer leaves them out. */
  readonly lists?: readonly string[]
  readonly optIn?: OptIn
}

/** A call that is made first, with the same values. */
export interface Before<Command extends string = string> {
  readonly command: Command
  readonly input?: Input
  /** What it answers takes the place of the values. */
  readonly gives?: readonly string[]
  readonly until?: Until
}

export interface Until {
  readonly member: string
  /** Still at work. */
  readonly not: readonly string[]
  /** Values that mean it went wrong. */
  readonly failed?: readonly string[]
}

/** `GetBucketPolicyCommand` → `GetBucketPolicy` */
export const actionOf = (command: string): string => command.replace(/Command$/, '')

/** As the CLI spells it: `ListSAMLProvidersCommand` → `list-saml-providers`. */
export const operationOf = (command: string): string =>
  actionOf(command)
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
