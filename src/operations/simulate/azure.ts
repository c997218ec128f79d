import {
  canonicalId,
  compileScope,
  createAzureCompiler,
  decide,
  planeOf,
  renderCondition,
  renderReason,
  type AzureCompiler,
  type AzureDecision,
  type AzurePolicySet,
  type CompiledDelegation,
  type CompiledKeyVault,
  type CompiledRole,
} from '../../policy/azure/index.ts'
import type { AccessDecision, Caveat } from '../answers.ts'
import { readAzureDocument, type AzureSimulateDocument } from './azure-document.ts'
import type { Fields } from './fields.ts'

/**
 * Decides one Azure document of docs/simulate.md, without a graph.
 * @param now milliseconds since 1970, for windows of assignments where the document gives no time
 * @throws BAD_INPUT with `details.path` where the document can't be read
 */
export function simulateAzure(document: Fields, now: number): AccessDecision {
  const asked = readAzureDocument(document)
  const caveats: Caveat[] = asked.ignored.map((field) => ({
    code: 'FIELD_IGNORED',
    message: `The document’s field ${field} is not known and was ignored.`,
    source: field,
  }))
  const { principal, action, isDataAction, resource, context } = asked
  const policies = compilePolicies(asked, caveats)
  return answer(
    decide({ principal, action, ...(isDataAction === undefined ? {} : { isDataAction }), resource, context, policies, now: timeOf(asked) ?? now }),
    caveats,
  )
}

/** Time is an attribute like any other here; where it is given, windows are compared with it too. */
function timeOf({ context }: AzureSimulateDocument): number | undefined {
  const [given] = context.entries.get('@environment[utcnow]') ?? []
  const time = given === undefined ? Number.NaN : Date.parse(given)
  return Number.isNaN(time) ? undefined : time
}

function compilePolicies(asked: AzureSimulateDocument, caveats: Caveat[]): AzurePolicySet {
  const compiler = createAzureCompiler()
  const roles = new Map(asked.roleDefinitions.map((each) => compiler.role(each)).map((role) => [role.id, role]))
  const roleOf = (id: string): CompiledRole | undefined => roles.get(id)
  const keyVault = keyVaultOf(asked, compiler, caveats)
  return {
    assignments: [
      ...asked.roleAssignments.map((each, index) => compiler.assignment(named(each, `roleAssignments[${index}]`), roleOf)),
      ...asked.eligibleAssignments.map((each, index) => compiler.assignment(named(each, `eligibleAssignments[${index}]`), roleOf, true)),
    ],
    denyAssignments: asked.denyAssignments.map((each, index) => compiler.denyAssignment(named(each, `denyAssignments[${index}]`))),
    locks: asked.locks.flatMap((each, index) => compiler.lock(named(each, `locks[${index}]`)) ?? []),
    ...(keyVault === undefined ? {} : { keyVault }),
    delegations: asked.delegations.flatMap((each, index) => delegationsOf(each, `delegations[${index}]`, compiler, roleOf)),
    classicAdministrators: asked.classicAdministrators.map((each, index) => ({
      id: `classicAdministrators[${index}]`,
      principalId: textOf(each, 'principalId').toLowerCase(),
      scope: compileScope(textOf(each, 'scope')),
    })),
  }
}

/** What has no id of its own is named by its place. */
function named(document: Fields, place: string): Fields {
  return textOf(document, 'id') === '' && textOf(document, 'name') === '' ? { ...document, id: place } : document
}

function textOf(document: Fields, field: string): string {
  const value = document[field]
  return typeof value === 'string' ? value : ''
}

/** `{scope, authorizations: […], eligibleAuthorizations: […]}`, as registration definitions have them. */
function delegationsOf(
  document: Fields,
  place: string,
  compiler: AzureCompiler,
  roleOf: (id: string) => CompiledRole | undefined,
): readonly CompiledDelegation[] {
  return (['authorizations', 'eligibleAuthorizations'] as const).flatMap((list) => {
    const authorizations: readonly unknown[] = Array.isArray(document[list]) ? document[list] : []
    return authorizations.map((each, index) =>
      compiler.delegation(each, `${place}.${list}[${index}]`, textOf(document, 'scope'), roleOf, list === 'eligibleAuthorizations'),
    )
  })
}

const VAULT = /^.*?\/providers\/microsoft\.keyvault\/vaults\/[^/]+/

/** Settings given without an id are those of the target’s vault; without any, the vault is taken to use Azure RBAC. */
function keyVaultOf({ keyVault, resource, action }: AzureSimulateDocument, compiler: AzureCompiler, caveats: Caveat[]): CompiledKeyVault | undefined {
  const [vault] = VAULT.exec(canonicalId(resource.id)) ?? []
  if (keyVault !== undefined) return compiler.keyVault(textOf(keyVault, 'id') === '' ? { ...keyVault, id: vault ?? '' } : keyVault)
  const lower = action.toLowerCase()
  if (vault === undefined || !lower.startsWith('microsoft.keyvault/vaults/') || planeOf(lower) !== 'DATA') return undefined
  const message = `${vault} was taken to use Azure RBAC for its data. Give keyVault with enableRbacAuthorization and accessPolicies to say otherwise.`
  caveats.push({ code: 'ASSUMED_VAULT_RBAC', message, source: vault })
  return { id: vault, mode: 'RBAC', accessPolicies: [] }
}

function answer({ effect, because, conditions, parts, faults }: AzureDecision, caveats: readonly Caveat[]): AccessDecision {
  return {
    effect,
    because: because.map((reason) => ({ ...reason, message: renderReason(reason) })),
    conditions: conditions === undefined ? [] : renderCondition(conditions),
    ...(conditions === undefined ? {} : { expression: conditions }),
    ...(parts === undefined ? {} : { parts }),
    ...(faults.length === 0 ? {} : { findings: faults.map(({ document, place, message }) => ({ policy: document, place, message })) }),
    caveats,
    evidence: [],
  }
}
