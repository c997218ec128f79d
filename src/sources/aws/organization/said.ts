import type { Origin } from '../../../domain/facts.ts'

/**
 * What files say of organisations, piece by piece: a tree says all of it, each output of the AWS CLI a little. The facts are made when everything
 * was read, from the same pieces whoever said them.
 */
export interface OrganizationSaid {
  /** `o-…`. Undefined: the piece doesn't tell; it is of the organisation that the account's other outputs name. */
  readonly organization: string | undefined
  /** The account that was asked; '' of a tree. */
  readonly asked: string
  readonly at: Origin
  readonly piece: OrganizationPiece
}

export type OrganizationPiece =
  | { readonly said: 'management'; readonly account: string }
  /** `policyTypes`: those that are enabled; undefined: not told. */
  | { readonly said: 'root'; readonly id: string; readonly name?: string | undefined; readonly policyTypes?: readonly string[] | undefined }
  | { readonly said: 'unit'; readonly id: string; readonly name?: string | undefined }
  | ({ readonly said: 'account'; readonly id: string } & AccountSaid)
  | { readonly said: 'parent'; readonly of: string; readonly parent: string }
  | ({ readonly said: 'policy'; readonly policy: string } & PolicySaid)
  | { readonly said: 'content'; readonly policy: string; readonly document: string }
  | { readonly said: 'attachment'; readonly policy: string; readonly target: string }
  /** All policies of a type were listed. */
  | { readonly said: 'all-policies'; readonly type: string }
  /** All that a policy is attached to was listed. */
  | { readonly said: 'all-targets'; readonly policy: string }
  /** All policies of a type that are attached to something were listed. */
  | { readonly said: 'all-attachments'; readonly target: string; readonly type: string }
  | { readonly said: 'delegate'; readonly account: string }
  | { readonly said: 'delegated-service'; readonly account: string; readonly service: string }
  | { readonly said: 'all-delegated-services'; readonly account: string }
  | { readonly said: 'taken'; readonly time: string }
  /** Something of it could not be read. */
  | { readonly said: 'broken' }

export interface AccountSaid {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly state?: string | undefined
  /** ISO 8601. */
  readonly joined?: string | undefined
}

export interface PolicySaid {
  readonly arn: string
  readonly type: string
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly providerManaged?: boolean | undefined
}

/** The types that take access away, each with the kind of its guardrails. Others (tags, backups …) take none. */
export const GUARDRAIL_TYPES = {
  SERVICE_CONTROL_POLICY: 'ServiceControlPolicy',
  RESOURCE_CONTROL_POLICY: 'ResourceControlPolicy',
} as const
export type GuardrailType = keyof typeof GUARDRAIL_TYPES

export const guardrailTypes: readonly GuardrailType[] = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']

/** `…:account/o-abc/111122223333` → `o-abc`; undefined of policies of AWS. */
export const organizationOf = (arn: string): string | undefined => /\b(o-[a-z0-9]+)(\/|$)/.exec(arn)?.[1]

/** `arn:…:policy/o-abc/service_control_policy/p-1` and `p-1` → `p-1` */
export const policyKey = (id: string): string => id.slice(id.lastIndexOf('/') + 1)
