import { covers, intersects } from '../../policy/aws/index.ts'
import type { Graph } from '../graph.ts'
import type { Actor } from './actors.ts'
import type { AwsTarget } from './target.ts'

/** Splits a federated subject's id, `token.actions.githubusercontent.com:repo:acme/infra:*`, into provider and subject pattern. */
function partsOf(id: string): { readonly host: string; readonly subject: string } {
  const at = id.indexOf(':', id.startsWith('arn:') ? id.indexOf('-provider/') : 0)
  return at === -1 ? { host: id, subject: '*' } : { host: id.slice(0, at), subject: id.slice(at + 1) }
}

export const providerOf = (id: string): string => partsOf(id).host

/** How policies may name whoever an actor is beside its own id: a federated subject by its provider, which vouches for others too. */
export const providerNames = ({ entity }: Actor): readonly string[] => (entity.kind === 'FederatedSubject' ? [providerOf(entity.id)] : [])

/** `arn:aws:iam::111122223333:oidc-provider/HOST` and HOST name one provider; every other name is but itself. */
export const providerNamed = (name: string): string => /^arn:[^:]*:iam::\d{12}:oidc-provider\/(.+)$/.exec(name)?.[1] ?? name

/**
 * What a federated subject's `:sub` is when it asks for a role. A pattern stands for all its subjects: where a pattern of the role's trust policy
 * holds all of them, or none, the pattern itself answers as one subject would; where it holds some, the subject is left open.
 * @returns the context key and its value, or null where the actor is no such subject
 */
export function subjectOf(graph: Graph, actor: Actor, target: AwsTarget): readonly [key: string, value: readonly string[] | null] | null {
  if (actor.entity.kind !== 'FederatedSubject') return null
  const { host, subject } = partsOf(actor.entity.id)
  const key = `${host.toLowerCase()}:sub`
  if (!/[*?]/.test(subject)) return [key, [subject]]
  const trusted = subjectsTrustedBy(graph, target).filter((one) => one.host === host)
  const some = !trusted.some((one) => covers(one.subject, subject)) && trusted.some((one) => intersects(one.subject, subject))
  return [key, some ? null : [subject]]
}

function subjectsTrustedBy(graph: Graph, target: AwsTarget): { readonly host: string; readonly subject: string }[] {
  const node = graph.numberOf(target.entity.id)
  if (node === undefined) return []
  return [...graph.into('AT', node)]
    .flatMap((grant) => [...graph.into('HOLDS', grant)])
    .map((holder) => graph.entityAt(holder))
    .filter(({ kind }) => kind === 'FederatedSubject')
    .map(({ id }) => partsOf(id))
}
