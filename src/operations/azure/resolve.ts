import { PermiscopeError } from '../../domain/errors.ts'
import type { EntityFact } from '../../domain/facts.ts'
import type { Label } from '../../domain/vocabulary.ts'
import { actorFor, type AzureActor, isActing, isGroup } from '../../estate/azure/actors.ts'
import { directoryKindOf } from '../../estate/azure/directory.ts'
import { type AzureTarget, isArmId } from '../../estate/azure/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { ambiguous } from '../look-up.ts'

/** What a question is about. A tenant is both: a directory, and the root above its management groups. */
export interface Subject {
  readonly entity: EntityFact
  readonly arm?: AzureTarget
  readonly directory?: EntityFact
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isObjectId = (text: string): boolean => GUID.test(text.trim())

/**
 * The principal of a question: by object id, user principal name, mail, application id, display name or, of a managed identity, the id of its
 * resource.
 * @throws BAD_ID, NOT_FOUND (not in a directory that was listed whole), AMBIGUOUS_NAME, BAD_USAGE
 */
export function resolvePrincipal(estate: Estate, text: string): AzureActor {
  const wanted = text.trim().replace(/(?<=.)\/+$/, '')
  const found = preferStated(entitiesNamed(estate, wanted, 'Principal'))
  // An application's id is also that of the service principal as which it acts.
  const acting = found.filter((entity) => isActing(entity) || isGroup(entity))
  const [only, ...others] = acting.length > 0 ? acting : found
  if (others.length > 0) throw ambiguous(text, acting.length > 0 ? acting : found)
  if (only !== undefined) return actorOf(estate, only)
  if (!isObjectId(wanted)) throw new PermiscopeError('BAD_ID', `"${text}" is neither a principal in the snapshot nor the object id of one`)
  if (isDirectoryWhole(estate)) throw new PermiscopeError('NOT_FOUND', `${wanted} does not exist: the directory was loaded and has no such object`)
  return estate.azure.outsider(outsideEntity(wanted.toLowerCase()))
}

function actorOf(estate: Estate, entity: EntityFact): AzureActor {
  if (entity.kind === 'EntraApplication') return servicePrincipalOf(estate, entity)
  return estate.azure.actorOf(entity.id) ?? actorFor(entity, -1)
}

/** An application acts as its service principal of the tenant. */
function servicePrincipalOf(estate: Estate, application: EntityFact): AzureActor {
  const node = estate.graph.numberOf(application.id)
  const principals = node === undefined ? [] : [...estate.graph.out('CAN_AUTHENTICATE_AS', node)].map((each) => estate.graph.entityAt(each))
  const [only, ...others] = principals
  if (only !== undefined && others.length === 0) return actorOf(estate, only)
  if (others.length > 0) throw ambiguous(application.name, principals)
  throw new PermiscopeError(
    'BAD_USAGE',
    `${application.name} is the registration of an application, which acts as its service principal; the snapshot has none of it`,
  )
}

/**
 * The target of a question: any well-formed id of a scope or resource in any letter case, or the id or name of anything in the inventory.
 * @throws BAD_ID, AMBIGUOUS_NAME
 */
export function resolveTarget(estate: Estate, text: string): Subject {
  const wanted = text.trim()
  if (isArmId(wanted)) return armSubject(estate, wanted)
  const found = preferStated(entitiesNamed(estate, wanted).filter(isTarget))
  // A machine and the identity that it carries have one name: what is asked about is the machine.
  const things = found.filter(({ label }) => label !== 'Principal')
  const [only, ...others] = things.length > 0 ? things : found
  if (others.length > 0) throw ambiguous(text, things.length > 0 ? things : found)
  if (only !== undefined) return subjectOf(estate, only)
  if (isObjectId(wanted) && estate.entity(`/subscriptions/${wanted.toLowerCase()}`) !== undefined)
    return armSubject(estate, `/subscriptions/${wanted}`)
  throw new PermiscopeError('BAD_ID', `"${text}" is neither in the snapshot nor a well-formed id of a resource of Azure`)
}

function armSubject(estate: Estate, id: string): Subject {
  const arm = estate.azure.target(id)
  return { entity: arm.entity, arm }
}

function subjectOf(estate: Estate, entity: EntityFact): Subject {
  if (entity.kind === 'EntraTenant') return { entity, directory: entity, arm: estate.azure.target('/') }
  return directoryKindOf(entity) === undefined ? armSubject(estate, entity.id) : { entity, directory: entity }
}

const isTarget = (entity: EntityFact): boolean => directoryKindOf(entity) !== undefined || (entity.provider === 'azure' && isArmId(entity.id))

const entitiesNamed = (estate: Estate, text: string, label?: Label): EntityFact[] =>
  estate.names.find(text, label).map((node) => estate.graph.entityAt(node))

function preferStated(entities: readonly EntityFact[]): readonly EntityFact[] {
  const stated = entities.filter(({ coverage }) => coverage.length > 0)
  return stated.length > 0 ? stated : entities
}

/** Users, groups and service principals of the only directory. */
function isDirectoryWhole({ coverage }: Estate): boolean {
  const directories = new Set(coverage.filter(({ provider }) => provider === 'entra').map(({ scope }) => scope))
  const [only, ...others] = directories
  if (only === undefined || others.length > 0) return false
  return ['users', 'groups', 'service-principals'].every((part) => coverage.some(({ id, complete }) => complete && id === `entra:${part}:${only}`))
}

const outsideEntity = (id: string): EntityFact => ({
  record: 'entity',
  label: 'Principal',
  kind: 'DirectoryObject',
  id,
  name: id,
  provider: 'entra',
  scope: null,
  properties: { nature: 'UNKNOWN' },
  document: null,
  coverage: [],
})
