import type { CompiledPolicy } from '../../policy/aws/types.ts'
import type { Graph } from '../graph.ts'
import type { CompileEntity } from './actors.ts'

/** What the organisation of an account adds to every decision about it. */
export interface AccountCeiling {
  /** SCPs by level, root first; undefined where no organisation was loaded or it has no SCPs. */
  readonly serviceControl?: readonly (readonly CompiledPolicy[])[]
  readonly resourceControl?: readonly (readonly CompiledPolicy[])[]
  readonly managementAccount: boolean
  /** `o-…`; undefined where it is not known. */
  readonly organization?: string
  /** `o-…/r-…/ou-…/`, as aws:PrincipalOrgPaths has it. */
  readonly organizationPath?: string
}

export function createCeilings(graph: Graph, compile: CompileEntity): (account: string) => AccountCeiling {
  const kinds = { SCP: 'ServiceControlPolicy', RCP: 'ResourceControlPolicy' } as const
  const cache = new Map<string, AccountCeiling>()

  const levels = (chain: readonly number[], type: 'SCP' | 'RCP'): CompiledPolicy[][] =>
    chain.map((scope) =>
      [...graph.into('LIMITS', scope)]
        .filter((guardrail) => graph.entityAt(guardrail).kind === kinds[type])
        .map((guardrail) => compile(guardrail, type)),
    )

  const build = (account: string): AccountCeiling => {
    const node = graph.numberOf(account)
    if (node === undefined) return { managementAccount: false }
    const chain = ancestors(graph, node)
    const organization = chain.find((scope) => graph.entityAt(scope).kind === 'AwsOrganization')
    const limited = chain.filter((scope) => graph.entityAt(scope).kind !== 'AwsOrganization')
    const managementAccount = graph.entityAt(node).properties.managementAccount === true
    const inOrganization = limited.length > 1
    return {
      managementAccount,
      ...(inOrganization
        ? { ...ceilingFrom('serviceControl', levels(limited, 'SCP')), ...ceilingFrom('resourceControl', levels(limited, 'RCP')) }
        : {}),
      ...(organization === undefined
        ? {}
        : {
            organization: graph.entityAt(organization).id,
            organizationPath: pathOf(
              graph,
              chain.filter((scope) => scope !== node),
            ),
          }),
    }
  }
  return (account) => {
    const known = cache.get(account) ?? build(account)
    cache.set(account, known)
    return known
  }
}

/** SCPs and RCPs of each level, root first. They don't bind the management account. */
export function guardrailsOver(graph: Graph, scope: number): number[] {
  if (graph.entityAt(scope).properties.managementAccount === true) return []
  return ancestors(graph, scope).flatMap((level) => [...graph.into('LIMITS', level)])
}

/**
 * An organisation that uses a type of policy has one at every level: where none of an account's levels has any, the type is not in use, or was
 * not loaded, which the caveats say.
 */
const ceilingFrom = (name: 'serviceControl' | 'resourceControl', levels: readonly (readonly CompiledPolicy[])[]): Partial<AccountCeiling> =>
  levels.every((level) => level.length === 0) ? {} : { [name]: levels }

/** From the outermost scope down to the node itself. */
function ancestors(graph: Graph, node: number): number[] {
  const chain = [node]
  for (let [parent] = graph.into('CONTAINS', node); parent !== undefined && !chain.includes(parent); [parent] = graph.into('CONTAINS', parent))
    chain.unshift(parent)
  return chain
}

const pathOf = (graph: Graph, chain: readonly number[]): string => `${chain.map((scope) => graph.entityAt(scope).id).join('/')}/`
