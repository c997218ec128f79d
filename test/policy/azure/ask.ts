import {
  attributeKey,
  compileScope,
  createAzureCompiler,
  decide,
  type AttributeValue,
  type AzureDecision,
  type AzurePrincipal,
} from '../../../src/policy/azure/index.ts'

/** A question to the evaluator, in documents as exports have them. */
export interface AzureQuestion {
  readonly principal?: Partial<AzurePrincipal>
  readonly action: string
  readonly isDataAction?: boolean
  readonly target?: string
  /** `null`: not known. */
  readonly ancestors?: readonly string[] | null
  readonly roles?: readonly object[]
  readonly assignments?: readonly object[]
  readonly eligible?: readonly object[]
  readonly denies?: readonly object[]
  readonly locks?: readonly object[]
  readonly vault?: object
  readonly delegations?: readonly { readonly scope: string; readonly authorization: object; readonly isEligible?: boolean }[]
  readonly classic?: readonly { readonly id: string; readonly principalId: string; readonly scope: string }[]
  readonly context?: Readonly<Record<string, AttributeValue>>
  readonly unknown?: boolean | readonly string[]
  readonly now?: string
}

export const SUBSCRIPTION = '/subscriptions/11111111-1111-1111-1111-111111111111'
export const GROUP = `${SUBSCRIPTION}/resourceGroups/rg1`
export const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/acct`
export const CONTAINER = `${ACCOUNT}/blobServices/default/containers/logs`
export const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv1`
export const MACHINE = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm1`
export const ALICE = 'aaaaaaaa-0000-0000-0000-000000000001'
export const BLOBS_READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
export const BLOBS_WRITE = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'

let roleCount = 0

/** A role of one or more permission blocks. */
export function role(...permissions: readonly object[]): { readonly name: string; readonly permissions: readonly object[] } {
  roleCount += 1
  const name = `99999999-0000-0000-0000-${String(roleCount).padStart(12, '0')}`
  return { name, permissions: permissions.map((block) => ({ actions: [], notActions: [], dataActions: [], notDataActions: [], ...block })) }
}

export function assign(given: { readonly name: string }, scope: string, more: object = {}): object {
  return {
    id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/of-${given.name}`,
    principalId: ALICE,
    principalType: 'User',
    roleDefinitionId: `/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/${given.name}`,
    scope,
    ...more,
  }
}

export function ask(question: AzureQuestion): AzureDecision {
  const compiler = createAzureCompiler()
  const roles = new Map((question.roles ?? []).map((document) => compiler.role(document)).map((compiled) => [compiled.id, compiled]))
  const roleOf = (id: string): ReturnType<typeof roles.get> => roles.get(id)
  const { ancestors = [], now } = question
  return decide({
    principal: { id: ALICE, kind: 'User', groups: [], ...question.principal },
    action: question.action,
    ...(question.isDataAction === undefined ? {} : { isDataAction: question.isDataAction }),
    resource: { id: question.target ?? ACCOUNT, ...(ancestors === null ? {} : { ancestors }) },
    context: {
      entries: new Map(Object.entries(question.context ?? {}).map(([key, values]) => [attributeKey(key), values])),
      unknown: question.unknown ?? true,
    },
    policies: {
      assignments: [
        ...(question.assignments ?? []).map((document) => compiler.assignment(document, roleOf)),
        ...(question.eligible ?? []).map((document) => compiler.assignment(document, roleOf, true)),
      ],
      denyAssignments: (question.denies ?? []).map((document) => compiler.denyAssignment(document)),
      locks: (question.locks ?? []).flatMap((document) => compiler.lock(document) ?? []),
      ...(question.vault === undefined ? {} : { keyVault: compiler.keyVault(question.vault) }),
      delegations: (question.delegations ?? []).map(({ authorization, scope, isEligible = false }, index) =>
        compiler.delegation(authorization, `delegation ${index}`, scope, roleOf, isEligible),
      ),
      classicAdministrators: (question.classic ?? []).map((each) => ({ ...each, scope: compileScope(each.scope) })),
    },
    ...(now === undefined ? {} : { now: Date.parse(now) }),
  })
}
