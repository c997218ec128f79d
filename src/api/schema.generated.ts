import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PageInfoParent, EntityConnectionParent, EntityEdgeParent, ReachConnectionParent, ReachEdgeParent, EffectivePermissionConnectionParent, EffectivePermissionEdgeParent } from './parents.ts';
import type { Entity as EntityParent, Reach as ReachParent, EffectivePermission as EffectivePermissionParent, AccessDecision as AccessDecisionParent, SpokenReason, Exposure as ExposureParent, Usage as UsageParent, EvidenceStep as EvidenceStepParent } from '../operations/answers.ts';
import type { SnapshotInfo } from '../graph/store.ts';
import type { CoverageFact, FindingFact } from '../domain/facts.ts';
import type { ApiContext } from './context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 8601 in UTC. */
  DateTime: { input: string; output: string; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

export type AccessDecision = {
  readonly __typename?: 'AccessDecision';
  readonly because: ReadonlyArray<Reason>;
  readonly caveats: ReadonlyArray<Caveat>;
  /** What must still be true, each a conjunct; empty unless CONDITIONAL. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  readonly effect: Effect;
  readonly evidence: ReadonlyArray<EvidenceStep>;
  /** The same as one expression of and, or, not and leaves. */
  readonly expression?: Maybe<Scalars['JSON']['output']>;
  /** Faults of the documents that bear on the answer. */
  readonly findings?: Maybe<ReadonlyArray<PolicyFinding>>;
  /** Where the question named a pattern: the parts that differ. */
  readonly parts?: Maybe<ReadonlyArray<DecisionPart>>;
};

export type AccessLevel =
  | 'DELETE'
  | 'GRANT'
  | 'LIST'
  | 'MANAGE'
  | 'READ_DATA'
  | 'READ_METADATA'
  | 'READ_SECRET'
  | 'WRITE_DATA';

/** Something not loaded, or assumed, said once beside the answer. */
export type Caveat = {
  readonly __typename?: 'Caveat';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly source: Scalars['String']['output'];
};

export type Certainty =
  | 'ALLOWED'
  | 'CONDITIONAL';

/** A context key of the request with its values; no values: known to be absent. */
export type ContextEntry = {
  readonly key: Scalars['String']['input'];
  readonly values: ReadonlyArray<Scalars['String']['input']>;
};

/** What a snapshot speaks for, as `aws:iam:111122223333`. */
export type Coverage = {
  readonly __typename?: 'Coverage';
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  readonly complete: Scalars['Boolean']['output'];
  readonly id: Scalars['ID']['output'];
  readonly provider: Provider;
  readonly scope: Scalars['ID']['output'];
};

export type DecisionPart = {
  readonly __typename?: 'DecisionPart';
  readonly action: Scalars['String']['output'];
  readonly effect: Effect;
  readonly resource: Scalars['String']['output'];
};

export type Effect =
  | 'ALLOW'
  | 'CONDITIONAL'
  | 'DENY';

export type EffectivePermission = {
  readonly __typename?: 'EffectivePermission';
  readonly actions: ReadonlyArray<Scalars['String']['output']>;
  readonly certainty: Certainty;
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  readonly evidence: ReadonlyArray<EvidenceStep>;
  readonly levels: ReadonlyArray<AccessLevel>;
  /** Of patterns of Azure, which stand for operations of one plane alone: what is done to a resource, or with what is in it. Null where names tell. */
  readonly plane?: Maybe<Plane>;
  readonly target: Entity;
  readonly via: ReachVia;
};

export type EffectivePermissionConnection = {
  readonly __typename?: 'EffectivePermissionConnection';
  readonly caveats: ReadonlyArray<Caveat>;
  readonly edges: ReadonlyArray<EffectivePermissionEdge>;
  readonly nodes: ReadonlyArray<EffectivePermission>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type EffectivePermissionEdge = {
  readonly __typename?: 'EffectivePermissionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: EffectivePermission;
};

export type Entity = {
  readonly id: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  /** The scope that it lies in; null where there is none or it is not known. */
  readonly scope?: Maybe<Scope>;
  /** `key=value` */
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
};

export type EntityConnection = {
  readonly __typename?: 'EntityConnection';
  readonly caveats: ReadonlyArray<Caveat>;
  readonly edges: ReadonlyArray<EntityEdge>;
  readonly nodes: ReadonlyArray<Entity>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type EntityEdge = {
  readonly __typename?: 'EntityEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Entity;
};

export type EvidenceRelation =
  | 'ACTS_AS'
  | 'AT'
  | 'GIVES'
  | 'HOLDS'
  | 'LIMITED_BY'
  | 'MEMBER_OF'
  | 'PRINCIPAL'
  | 'STATEMENT'
  | 'TARGET';

/** One step of principal → (group …) → grant → role → statement → scope → target. */
export type EvidenceStep = {
  readonly __typename?: 'EvidenceStep';
  /** The statement as the provider wrote it. */
  readonly document?: Maybe<Scalars['JSON']['output']>;
  readonly effect?: Maybe<Scalars['String']['output']>;
  readonly entity: Entity;
  readonly policy?: Maybe<Scalars['ID']['output']>;
  readonly relation: EvidenceRelation;
  readonly statement?: Maybe<Scalars['String']['output']>;
  readonly text: Scalars['String']['output'];
};

/** Who from outside gets at a resource, decided from its policy, ACLs, grants and shares; and what of it can be connected to. */
export type Exposure = {
  readonly __typename?: 'Exposure';
  /** Other accounts that are let in: 12 digits, or the canonical user id of one that nobody can tell. */
  readonly accounts: ReadonlyArray<Scalars['String']['output']>;
  /** What can be connected to from anywhere, as `tcp/22 from 0.0.0.0/0`. */
  readonly internet: ReadonlyArray<Scalars['String']['output']>;
  /** How surely the public does: who need not sign in, or any identity of any account. Null: it does not. */
  readonly public?: Maybe<Certainty>;
  /** What the public may do, surely or perhaps. */
  readonly publicActions: ReadonlyArray<Scalars['String']['output']>;
};

/** Something wrong with, or missing from, what was ingested. */
export type Finding = {
  readonly __typename?: 'Finding';
  readonly code: Scalars['String']['output'];
  readonly entity?: Maybe<Scalars['ID']['output']>;
  readonly file: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly place: Scalars['String']['output'];
  readonly severity: Scalars['String']['output'];
};

/** One assignment: who, which role, where. */
export type Grant = Entity & {
  readonly __typename?: 'Grant';
  /** Where it holds: an account, a resource, a role. */
  readonly at: ReadonlyArray<Entity>;
  readonly id: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  readonly role?: Maybe<Role>;
  readonly scope?: Maybe<Scope>;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
};

/** Something that can only take away. */
export type Guardrail = Entity & {
  readonly __typename?: 'Guardrail';
  readonly document?: Maybe<Scalars['JSON']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  readonly scope?: Maybe<Scope>;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
};

export type Layer =
  | 'ACCESS_POLICY'
  | 'APP_PERMISSION'
  | 'BOUNDARY'
  | 'CLASSIC_ADMINISTRATOR'
  | 'DELEGATION'
  | 'DENY_ASSIGNMENT'
  | 'DIRECTORY_ROLE'
  | 'ENDPOINT'
  | 'IDENTITY'
  | 'LOCK'
  | 'RCP'
  | 'RESOURCE'
  | 'ROLE_ASSIGNMENT'
  | 'SCP'
  | 'SERVICE'
  | 'SESSION';

export type Nature =
  | 'EXTERNAL'
  | 'GROUP'
  | 'HUMAN'
  | 'UNKNOWN'
  | 'WORKLOAD';

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
};

export type Plane =
  | 'CONTROL'
  | 'DATA';

export type PolicyFinding = {
  readonly __typename?: 'PolicyFinding';
  readonly message: Scalars['String']['output'];
  readonly place: Scalars['String']['output'];
  readonly policy: Scalars['String']['output'];
};

export type Principal = Entity & {
  readonly __typename?: 'Principal';
  /** Trust policy of a role that can be assumed. */
  readonly document?: Maybe<Scalars['JSON']['output']>;
  /** Known only because a policy names it: not in the inventory. */
  readonly external: Scalars['Boolean']['output'];
  /** Grants that it holds itself; those of its groups are theirs. */
  readonly grants: ReadonlyArray<Grant>;
  readonly id: Scalars['ID']['output'];
  /** It administers its account, tenant or organisation. */
  readonly isPrivileged: Scalars['Boolean']['output'];
  readonly kind: Scalars['String']['output'];
  readonly lastUsed?: Maybe<Scalars['DateTime']['output']>;
  readonly limitedBy: ReadonlyArray<Guardrail>;
  /** Groups that it is a member of, nested ones included. */
  readonly memberOf: ReadonlyArray<Principal>;
  /** Members of a group, nested ones included. */
  readonly members: ReadonlyArray<Principal>;
  readonly name: Scalars['String']['output'];
  readonly nature: Nature;
  readonly privilegedBecause: ReadonlyArray<Scalars['String']['output']>;
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  readonly scope?: Maybe<Scope>;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
  /** Services and actions that it used, as far as the provider was asked. */
  readonly usage: ReadonlyArray<Usage>;
};

export type Provider =
  | 'aws'
  | 'azure'
  | 'entra'
  | 'federation'
  | 'gcp'
  | 'kubernetes'
  | 'okta';

/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type Query = {
  readonly __typename?: 'Query';
  /** Whether the principal, acting as itself, may do the action, and why. */
  readonly checkAccess: AccessDecision;
  /** What a principal can do, net of every deny, boundary and condition; with a target, on that target. */
  readonly effectivePermissions: EffectivePermissionConnection;
  readonly guardrail?: Maybe<Guardrail>;
  readonly principal?: Maybe<Principal>;
  readonly resource?: Maybe<Resource>;
  readonly role?: Maybe<Role>;
  readonly scope?: Maybe<Scope>;
  /** Entities by name, id or part of either, best match first. */
  readonly search: EntityConnection;
  /** The same over policies in the request, without the graph, so that a policy can be tried before it is deployed. `document` as in docs/simulate.md. */
  readonly simulate: AccessDecision;
  /** Published snapshots, newest first. */
  readonly snapshots: ReadonlyArray<Snapshot>;
  /** Who can do something to a target. The target need not be in the inventory. */
  readonly whoCanReach: ReachConnection;
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryCheckAccessArgs = {
  account?: InputMaybe<Scalars['ID']['input']>;
  action: Scalars['String']['input'];
  context?: InputMaybe<ReadonlyArray<ContextEntry>>;
  principal: Scalars['ID']['input'];
  target: Scalars['ID']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryEffectivePermissionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  levels?: InputMaybe<ReadonlyArray<AccessLevel>>;
  principal: Scalars['ID']['input'];
  target?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryGuardrailArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryPrincipalArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryResourceArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryRoleArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryScopeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QuerySearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  text: Scalars['String']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QuerySimulateArgs = {
  document: Scalars['JSON']['input'];
};


/**
 * Permiscope's API. Words are those of docs/words.md; ids are the providers' own (ARN, 12-digit account id …). Lists are Relay connections whose
 * `totalCount` is exact. `first` is 1 to 500, 50 unless given.
 */
export type QueryWhoCanReachArgs = {
  account?: InputMaybe<Scalars['ID']['input']>;
  actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  certainty?: InputMaybe<ReadonlyArray<Certainty>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  levels?: InputMaybe<ReadonlyArray<AccessLevel>>;
  target: Scalars['ID']['input'];
  via?: InputMaybe<ReadonlyArray<ReachVia>>;
};

export type Reach = {
  readonly __typename?: 'Reach';
  readonly actions: ReadonlyArray<Scalars['String']['output']>;
  readonly certainty: Certainty;
  /** What must still be true; empty when ALLOWED. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  readonly evidence: ReadonlyArray<EvidenceStep>;
  readonly lastUsed?: Maybe<Scalars['DateTime']['output']>;
  readonly levels: ReadonlyArray<AccessLevel>;
  readonly principal: Principal;
  readonly target: Entity;
  readonly via: ReachVia;
};

export type ReachConnection = {
  readonly __typename?: 'ReachConnection';
  readonly caveats: ReadonlyArray<Caveat>;
  readonly edges: ReadonlyArray<ReachEdge>;
  readonly nodes: ReadonlyArray<Reach>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type ReachEdge = {
  readonly __typename?: 'ReachEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Reach;
};

export type ReachVia =
  | 'DIRECT'
  | 'FEDERATION'
  | 'GROUP'
  | 'LATERAL_MOVEMENT'
  | 'RESOURCE_POLICY'
  | 'ROLE';

export type Reason = {
  readonly __typename?: 'Reason';
  readonly code: Scalars['String']['output'];
  readonly kind: ReasonKind;
  readonly layer: Layer;
  readonly level?: Maybe<Scalars['Int']['output']>;
  readonly message: Scalars['String']['output'];
  readonly policy?: Maybe<Scalars['ID']['output']>;
  /** Sid of the statement, or its place as `Statement[2]`. */
  readonly statement?: Maybe<Scalars['String']['output']>;
};

export type ReasonKind =
  | 'ALLOW'
  | 'EXPLICIT_DENY'
  | 'MISSING_ALLOW';

export type Resource = Entity & {
  readonly __typename?: 'Resource';
  /** Principals whose credentials it carries, also by way of an instance profile. */
  readonly canAuthenticateAs: ReadonlyArray<Principal>;
  /** Its resource policy. */
  readonly document?: Maybe<Scalars['JSON']['output']>;
  /** Null where it is not decided for the provider (Azure): not known, rather than none. */
  readonly exposure?: Maybe<Exposure>;
  readonly id: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly limitedBy: ReadonlyArray<Guardrail>;
  readonly name: Scalars['String']['output'];
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  readonly scope?: Maybe<Scope>;
  readonly sensitivity: ReadonlyArray<Sensitivity>;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
};

/** A set of permissions that can be granted: a policy or role definition. */
export type Role = Entity & {
  readonly __typename?: 'Role';
  readonly document?: Maybe<Scalars['JSON']['output']>;
  readonly heldBy: ReadonlyArray<Principal>;
  readonly id: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  readonly scope?: Maybe<Scope>;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
};

export type Scope = Entity & {
  readonly __typename?: 'Scope';
  /** Scopes that lie directly in it. */
  readonly children: ReadonlyArray<Scope>;
  readonly id: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  /** What limits it, from the outermost scope around it down to itself. Nothing limits an organisation's management account. */
  readonly limitedBy: ReadonlyArray<Guardrail>;
  readonly name: Scalars['String']['output'];
  readonly properties: Scalars['JSON']['output'];
  readonly provider: Provider;
  readonly scope?: Maybe<Scope>;
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
};

export type Sensitivity =
  | 'CROWN_JEWEL'
  | 'DATA_STORE'
  | 'ENCRYPTION_KEY'
  | 'SECRET';

export type Snapshot = {
  readonly __typename?: 'Snapshot';
  readonly coverage: ReadonlyArray<Coverage>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly current: Scalars['Boolean']['output'];
  readonly edges: Scalars['Int']['output'];
  readonly entities: Scalars['Int']['output'];
  readonly findings: ReadonlyArray<Finding>;
  readonly id: Scalars['ID']['output'];
};

export type Usage = {
  readonly __typename?: 'Usage';
  /** A service (`s3`) or an action (`s3:GetObject`). */
  readonly action: Scalars['String']['output'];
  /** Null: never within the tracking period. */
  readonly lastUsed?: Maybe<Scalars['DateTime']['output']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessDecision: ResolverTypeWrapper<AccessDecisionParent>;
  AccessLevel: AccessLevel;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Caveat: ResolverTypeWrapper<Caveat>;
  Certainty: Certainty;
  ContextEntry: ContextEntry;
  Coverage: ResolverTypeWrapper<CoverageFact>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecisionPart: ResolverTypeWrapper<DecisionPart>;
  Effect: Effect;
  EffectivePermission: ResolverTypeWrapper<EffectivePermissionParent>;
  EffectivePermissionConnection: ResolverTypeWrapper<EffectivePermissionConnectionParent>;
  EffectivePermissionEdge: ResolverTypeWrapper<EffectivePermissionEdgeParent>;
  Entity: ResolverTypeWrapper<EntityParent>;
  EntityConnection: ResolverTypeWrapper<EntityConnectionParent>;
  EntityEdge: ResolverTypeWrapper<EntityEdgeParent>;
  EvidenceRelation: EvidenceRelation;
  EvidenceStep: ResolverTypeWrapper<EvidenceStepParent>;
  Exposure: ResolverTypeWrapper<ExposureParent>;
  Finding: ResolverTypeWrapper<FindingFact>;
  Grant: ResolverTypeWrapper<EntityParent>;
  Guardrail: ResolverTypeWrapper<EntityParent>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Layer: Layer;
  Nature: Nature;
  PageInfo: ResolverTypeWrapper<PageInfoParent>;
  Plane: Plane;
  PolicyFinding: ResolverTypeWrapper<PolicyFinding>;
  Principal: ResolverTypeWrapper<EntityParent>;
  Provider: Provider;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reach: ResolverTypeWrapper<ReachParent>;
  ReachConnection: ResolverTypeWrapper<ReachConnectionParent>;
  ReachEdge: ResolverTypeWrapper<ReachEdgeParent>;
  ReachVia: ReachVia;
  Reason: ResolverTypeWrapper<SpokenReason>;
  ReasonKind: ReasonKind;
  Resource: ResolverTypeWrapper<EntityParent>;
  Role: ResolverTypeWrapper<EntityParent>;
  Scope: ResolverTypeWrapper<EntityParent>;
  Sensitivity: Sensitivity;
  Snapshot: ResolverTypeWrapper<SnapshotInfo>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Usage: ResolverTypeWrapper<UsageParent>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessDecision: AccessDecisionParent;
  Boolean: Scalars['Boolean']['output'];
  Caveat: Caveat;
  ContextEntry: ContextEntry;
  Coverage: CoverageFact;
  DateTime: Scalars['DateTime']['output'];
  DecisionPart: DecisionPart;
  EffectivePermission: EffectivePermissionParent;
  EffectivePermissionConnection: EffectivePermissionConnectionParent;
  EffectivePermissionEdge: EffectivePermissionEdgeParent;
  Entity: EntityParent;
  EntityConnection: EntityConnectionParent;
  EntityEdge: EntityEdgeParent;
  EvidenceStep: EvidenceStepParent;
  Exposure: ExposureParent;
  Finding: FindingFact;
  Grant: EntityParent;
  Guardrail: EntityParent;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  PageInfo: PageInfoParent;
  PolicyFinding: PolicyFinding;
  Principal: EntityParent;
  Query: Record<PropertyKey, never>;
  Reach: ReachParent;
  ReachConnection: ReachConnectionParent;
  ReachEdge: ReachEdgeParent;
  Reason: SpokenReason;
  Resource: EntityParent;
  Role: EntityParent;
  Scope: EntityParent;
  Snapshot: SnapshotInfo;
  String: Scalars['String']['output'];
  Usage: UsageParent;
};

export type AccessDecisionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AccessDecision'] = ResolversParentTypes['AccessDecision']> = {
  because: Resolver<ReadonlyArray<ResolversTypes['Reason']>, ParentType, ContextType>;
  caveats: Resolver<ReadonlyArray<ResolversTypes['Caveat']>, ParentType, ContextType>;
  conditions: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  effect: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  evidence: Resolver<ReadonlyArray<ResolversTypes['EvidenceStep']>, ParentType, ContextType>;
  expression: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  findings: Resolver<Maybe<ReadonlyArray<ResolversTypes['PolicyFinding']>>, ParentType, ContextType>;
  parts: Resolver<Maybe<ReadonlyArray<ResolversTypes['DecisionPart']>>, ParentType, ContextType>;
};

export type CaveatResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Caveat'] = ResolversParentTypes['Caveat']> = {
  code: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  asOf: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  complete: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  scope: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionPartResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DecisionPart'] = ResolversParentTypes['DecisionPart']> = {
  action: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  resource: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EffectivePermissionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EffectivePermission'] = ResolversParentTypes['EffectivePermission']> = {
  actions: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  certainty: Resolver<ResolversTypes['Certainty'], ParentType, ContextType>;
  conditions: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  evidence: Resolver<ReadonlyArray<ResolversTypes['EvidenceStep']>, ParentType, ContextType>;
  levels: Resolver<ReadonlyArray<ResolversTypes['AccessLevel']>, ParentType, ContextType>;
  plane: Resolver<Maybe<ResolversTypes['Plane']>, ParentType, ContextType>;
  target: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  via: Resolver<ResolversTypes['ReachVia'], ParentType, ContextType>;
};

export type EffectivePermissionConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EffectivePermissionConnection'] = ResolversParentTypes['EffectivePermissionConnection']> = {
  caveats: Resolver<ReadonlyArray<ResolversTypes['Caveat']>, ParentType, ContextType>;
  edges: Resolver<ReadonlyArray<ResolversTypes['EffectivePermissionEdge']>, ParentType, ContextType>;
  nodes: Resolver<ReadonlyArray<ResolversTypes['EffectivePermission']>, ParentType, ContextType>;
  pageInfo: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EffectivePermissionEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EffectivePermissionEdge'] = ResolversParentTypes['EffectivePermissionEdge']> = {
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node: Resolver<ResolversTypes['EffectivePermission'], ParentType, ContextType>;
};

export type EntityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Entity'] = ResolversParentTypes['Entity']> = {
  __resolveType: TypeResolveFn<'Grant' | 'Guardrail' | 'Principal' | 'Resource' | 'Role' | 'Scope', ParentType, ContextType>;
};

export type EntityConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EntityConnection'] = ResolversParentTypes['EntityConnection']> = {
  caveats: Resolver<ReadonlyArray<ResolversTypes['Caveat']>, ParentType, ContextType>;
  edges: Resolver<ReadonlyArray<ResolversTypes['EntityEdge']>, ParentType, ContextType>;
  nodes: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  pageInfo: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EntityEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EntityEdge'] = ResolversParentTypes['EntityEdge']> = {
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
};

export type EvidenceStepResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EvidenceStep'] = ResolversParentTypes['EvidenceStep']> = {
  document: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  effect: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  entity: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  policy: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  relation: Resolver<ResolversTypes['EvidenceRelation'], ParentType, ContextType>;
  statement: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExposureResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Exposure'] = ResolversParentTypes['Exposure']> = {
  accounts: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  internet: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  public: Resolver<Maybe<ResolversTypes['Certainty']>, ParentType, ContextType>;
  publicActions: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FindingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  code: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entity: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  file: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  place: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GrantResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Grant'] = ResolversParentTypes['Grant']> = {
  at: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  properties: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  role: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  tags: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GuardrailResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Guardrail'] = ResolversParentTypes['Guardrail']> = {
  document: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  properties: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  tags: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type PageInfoResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PolicyFindingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PolicyFinding'] = ResolversParentTypes['PolicyFinding']> = {
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  place: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policy: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PrincipalResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Principal'] = ResolversParentTypes['Principal']> = {
  document: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  external: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  grants: Resolver<ReadonlyArray<ResolversTypes['Grant']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isPrivileged: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastUsed: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  limitedBy: Resolver<ReadonlyArray<ResolversTypes['Guardrail']>, ParentType, ContextType>;
  memberOf: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  members: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  name: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nature: Resolver<ResolversTypes['Nature'], ParentType, ContextType>;
  privilegedBecause: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  properties: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  tags: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  usage: Resolver<ReadonlyArray<ResolversTypes['Usage']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  checkAccess: Resolver<ResolversTypes['AccessDecision'], ParentType, ContextType, RequireFields<QueryCheckAccessArgs, 'action' | 'principal' | 'target'>>;
  effectivePermissions: Resolver<ResolversTypes['EffectivePermissionConnection'], ParentType, ContextType, RequireFields<QueryEffectivePermissionsArgs, 'principal'>>;
  guardrail: Resolver<Maybe<ResolversTypes['Guardrail']>, ParentType, ContextType, RequireFields<QueryGuardrailArgs, 'id'>>;
  principal: Resolver<Maybe<ResolversTypes['Principal']>, ParentType, ContextType, RequireFields<QueryPrincipalArgs, 'id'>>;
  resource: Resolver<Maybe<ResolversTypes['Resource']>, ParentType, ContextType, RequireFields<QueryResourceArgs, 'id'>>;
  role: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType, RequireFields<QueryRoleArgs, 'id'>>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType, RequireFields<QueryScopeArgs, 'id'>>;
  search: Resolver<ResolversTypes['EntityConnection'], ParentType, ContextType, RequireFields<QuerySearchArgs, 'text'>>;
  simulate: Resolver<ResolversTypes['AccessDecision'], ParentType, ContextType, RequireFields<QuerySimulateArgs, 'document'>>;
  snapshots: Resolver<ReadonlyArray<ResolversTypes['Snapshot']>, ParentType, ContextType>;
  whoCanReach: Resolver<ResolversTypes['ReachConnection'], ParentType, ContextType, RequireFields<QueryWhoCanReachArgs, 'target'>>;
};

export type ReachResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Reach'] = ResolversParentTypes['Reach']> = {
  actions: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  certainty: Resolver<ResolversTypes['Certainty'], ParentType, ContextType>;
  conditions: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  evidence: Resolver<ReadonlyArray<ResolversTypes['EvidenceStep']>, ParentType, ContextType>;
  lastUsed: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  levels: Resolver<ReadonlyArray<ResolversTypes['AccessLevel']>, ParentType, ContextType>;
  principal: Resolver<ResolversTypes['Principal'], ParentType, ContextType>;
  target: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  via: Resolver<ResolversTypes['ReachVia'], ParentType, ContextType>;
};

export type ReachConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ReachConnection'] = ResolversParentTypes['ReachConnection']> = {
  caveats: Resolver<ReadonlyArray<ResolversTypes['Caveat']>, ParentType, ContextType>;
  edges: Resolver<ReadonlyArray<ResolversTypes['ReachEdge']>, ParentType, ContextType>;
  nodes: Resolver<ReadonlyArray<ResolversTypes['Reach']>, ParentType, ContextType>;
  pageInfo: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReachEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ReachEdge'] = ResolversParentTypes['ReachEdge']> = {
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node: Resolver<ResolversTypes['Reach'], ParentType, ContextType>;
};

export type ReasonResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Reason'] = ResolversParentTypes['Reason']> = {
  code: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['ReasonKind'], ParentType, ContextType>;
  layer: Resolver<ResolversTypes['Layer'], ParentType, ContextType>;
  level: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policy: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  statement: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ResourceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Resource'] = ResolversParentTypes['Resource']> = {
  canAuthenticateAs: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  document: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  exposure: Resolver<Maybe<ResolversTypes['Exposure']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limitedBy: Resolver<ReadonlyArray<ResolversTypes['Guardrail']>, ParentType, ContextType>;
  name: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  properties: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  sensitivity: Resolver<ReadonlyArray<ResolversTypes['Sensitivity']>, ParentType, ContextType>;
  tags: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role']> = {
  document: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  heldBy: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  properties: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  tags: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScopeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  children: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limitedBy: Resolver<ReadonlyArray<ResolversTypes['Guardrail']>, ParentType, ContextType>;
  name: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  properties: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  provider: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  scope: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  tags: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SnapshotResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Snapshot'] = ResolversParentTypes['Snapshot']> = {
  coverage: Resolver<ReadonlyArray<ResolversTypes['Coverage']>, ParentType, ContextType>;
  createdAt: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edges: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entities: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  findings: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UsageResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Usage'] = ResolversParentTypes['Usage']> = {
  action: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastUsed: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = ApiContext> = {
  AccessDecision: AccessDecisionResolvers<ContextType>;
  Caveat: CaveatResolvers<ContextType>;
  Coverage: CoverageResolvers<ContextType>;
  DateTime: GraphQLScalarType;
  DecisionPart: DecisionPartResolvers<ContextType>;
  EffectivePermission: EffectivePermissionResolvers<ContextType>;
  EffectivePermissionConnection: EffectivePermissionConnectionResolvers<ContextType>;
  EffectivePermissionEdge: EffectivePermissionEdgeResolvers<ContextType>;
  Entity: EntityResolvers<ContextType>;
  EntityConnection: EntityConnectionResolvers<ContextType>;
  EntityEdge: EntityEdgeResolvers<ContextType>;
  EvidenceStep: EvidenceStepResolvers<ContextType>;
  Exposure: ExposureResolvers<ContextType>;
  Finding: FindingResolvers<ContextType>;
  Grant: GrantResolvers<ContextType>;
  Guardrail: GuardrailResolvers<ContextType>;
  JSON: GraphQLScalarType;
  PageInfo: PageInfoResolvers<ContextType>;
  PolicyFinding: PolicyFindingResolvers<ContextType>;
  Principal: PrincipalResolvers<ContextType>;
  Query: QueryResolvers<ContextType>;
  Reach: ReachResolvers<ContextType>;
  ReachConnection: ReachConnectionResolvers<ContextType>;
  ReachEdge: ReachEdgeResolvers<ContextType>;
  Reason: ReasonResolvers<ContextType>;
  Resource: ResourceResolvers<ContextType>;
  Role: RoleResolvers<ContextType>;
  Scope: ScopeResolvers<ContextType>;
  Snapshot: SnapshotResolvers<ContextType>;
  Usage: UsageResolvers<ContextType>;
};

