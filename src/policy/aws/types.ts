import type { Decision } from '../../domain/decision.ts'

/**
 * The interface of the AWS evaluator: documents are compiled once, requests are decided many times. Everything is pure; nothing here
 * knows a graph, a file or a clock.
 */

/** What a document is used as; the rules for principals, resources and missing parts differ. */
export type PolicyType = 'IDENTITY' | 'BOUNDARY' | 'SESSION' | 'RESOURCE' | 'TRUST' | 'SCP' | 'RCP' | 'ENDPOINT'

/** Kleene's three values. */
export type Tri = 'TRUE' | 'FALSE' | 'UNKNOWN'

/** A place where a document breaks the grammar of AWS. */
export interface PolicyFault {
  /** JSON path from the document: `Statement[1].Condition.StringEqual`; empty for the document as a whole. */
  readonly place: string
  readonly message: string
  /**
   * `unreadable`: nothing can be told of that statement (or document): it grants nothing, and what it could have changed is CONDITIONAL.
   * `rejected`: AWS would not accept it today, but what it says is clear and is evaluated.
   */
  readonly severity: 'unreadable' | 'rejected'
}

export interface CompiledPolicy {
  readonly id: string
  readonly type: PolicyType
  readonly statements: readonly CompiledStatement[]
  readonly faults: readonly PolicyFault[]
  /** The document as a whole can't be read. */
  readonly unreadable: boolean
  /** Of a RESOURCE policy: whether S3 would take it for public. Left out: not known. */
  readonly publicity?: PublicPolicy
}

/** UNKNOWN: AWS's documentation does not tell, or a part can't be read. */
export type PublicPolicy = 'PUBLIC' | 'NOT_PUBLIC' | 'UNKNOWN'

/** Statements of equal content (whatever their policy) share `program`, so that indexes can be built over programs. */
export interface CompiledStatement {
  /** 0-based place in its document. */
  readonly index: number
  /** Sid as written; absent where there is none. */
  readonly sid?: string
  readonly program: StatementProgram
}

/** The content of a statement, compiled; one object for each distinct content within a compiler. */
export interface StatementProgram {
  /** Dense, 0-based number within the compiler that made it. */
  readonly number: number
  readonly effect: 'Allow' | 'Deny'
  /** Known actions that it names, as a bitmap over ActionKnowledge ids (32 to a word), NotAction already complemented; one object for equal sets. */
  readonly actions: Uint32Array
  /**
   * True where its applying to a request depends on who asks beyond the Principal element (policy variables in resources or conditions, or
   * condition keys about the principal); false: one evaluation holds for every principal.
   */
  readonly dependsOnPrincipal: boolean
  readonly hasCondition: boolean
  /** Lower-cased context keys that its conditions read. */
  readonly conditionKeys: readonly string[]
  /** The statement can't be read (see PolicyFault). */
  readonly unreadable: boolean
  /** Resource patterns as written (Resource or NotResource), for people and for indexes by literal prefix. */
  readonly resources: readonly string[]
  readonly notResource: boolean
}

/** Makes CompiledPolicies; owns the caches. Never throws: what is wrong with a document is in `faults`. */
export interface PolicyCompiler {
  /** @param document JSON text or a parsed value @param id stable id for reasons (an ARN, or `{principal ARN}#{name}`) */
  compile(document: unknown, id: string, type: PolicyType): CompiledPolicy
  /** All programs made so far, by number. */
  readonly programs: readonly StatementProgram[]
}

/** Values of a context key: known values; `null`, present with values not known; `[]`, known to be absent. */
export type ContextValue = readonly string[] | null

export interface AwsContext {
  /** By lower-cased key. What is given holds, even for keys that AWS never sends. */
  readonly entries: ReadonlyMap<string, ContextValue>
  /** Whether a key that is not in `entries` is unknown (true) or absent (false), or the list of unknown keys, where `aws:principaltag/*` ends in a wildcard. */
  readonly unknown: boolean | readonly string[]
  /** Keys or prefixes (`aws:principaltag/*`) of which everything that exists is in `entries`: the rest is absent even where unknown is true. */
  readonly complete?: readonly string[]
  /** Values that a key surely doesn't have though it is unknown, by lower-cased key: nobody of a foreign account is of this organisation. */
  readonly never?: ReadonlyMap<string, readonly string[]>
}

/** The policies that bear on one request. A ceiling that is left out does not apply; see `../shared/contract.md`, "Layers". */
export interface AwsPolicySet {
  /** User's or role's own, attached and group policies. */
  readonly identity: readonly CompiledPolicy[]
  /** Several boundaries would all have to allow; AWS has at most one. */
  readonly boundary?: readonly CompiledPolicy[]
  readonly session?: readonly CompiledPolicy[]
  /** The resource's own policy: bucket, key, queue … policy, or the trust policy of a role. Absent: it has none. */
  readonly resource?: CompiledPolicy
  /** What else the resource's owner grants (RESOURCE): bucket ACLs, RAM shares. Taken as statements of the resource's own policy. */
  readonly resourceGrants?: readonly CompiledPolicy[]
  /** Grants on a KMS key (RESOURCE): each allows on its own, whatever identity and key policies say; denies, SCPs and RCPs still bind. */
  readonly keyGrants?: readonly CompiledPolicy[]
  /** Levels from the root down to the account; each must allow. */
  readonly serviceControl?: readonly (readonly CompiledPolicy[])[]
  readonly resourceControl?: readonly (readonly CompiledPolicy[])[]
  readonly endpoint?: readonly CompiledPolicy[]
}

export interface AwsResource {
  readonly arn: string
  /** 12 digits; left out: taken from the ARN, else it is not known. */
  readonly account?: string
}

export interface AwsRequest {
  /** ARN of a user, role, role session (`assumed-role`), federated user or account root; a service (`lambda.amazonaws.com`); a federated subject; or `*`. */
  readonly principal: string
  readonly action: string
  readonly resource: AwsResource
  readonly context: AwsContext
  readonly policies: AwsPolicySet
  /** ARN with path of the role behind an `assumed-role` principal, where it is known. */
  readonly roleArn?: string
  /** The principal's account is the organisation's management account: SCPs don't bind it (RCPs don't bind its resources). */
  readonly principalInManagementAccount?: boolean
  readonly resourceInManagementAccount?: boolean
  /** What is in force for the bucket or access point: organisation, account and bucket or-ed by the caller. Left out: it does not apply. */
  readonly publicAccessBlock?: PublicAccessBlock
  /** Tags of a bucket count as aws:ResourceTag: true, they do; false, they are absent; left out, not known. What `context` gives holds. */
  readonly bucketAbac?: boolean
  /** The KMS key is managed by AWS: RCPs don't bind it. */
  readonly awsManagedKey?: boolean
}

/** The settings of S3 Block Public Access that bear on access; the other two bear on what can be saved. */
export interface PublicAccessBlock {
  readonly restrictPublicBuckets?: boolean
  readonly ignorePublicAcls?: boolean
}

export interface AwsDecision extends Decision {
  /** Faults of the documents that bear on this request. */
  readonly faults: readonly (PolicyFault & { readonly policy: string })[]
}
