import { compileActionPattern, matchesAny, type ActionPattern } from '../../microsoft/action-pattern.ts'
import { DATA_OPERATIONS } from './data-operations.ts'

/** Of which plane an operation is; UNKNOWN where it may be of either. */
export type Plane = 'CONTROL' | 'DATA' | 'UNKNOWN'

const PATTERNS: ReadonlyMap<string, readonly ActionPattern[]> = new Map(
  Object.entries(DATA_OPERATIONS).map(([provider, patterns]) => [provider, patterns.map(compileActionPattern)]),
)

/** Operations that both planes have under one name. */
const BOTH: readonly ActionPattern[] = [
  'microsoft.apicenter/services/workspaces/apis/versions/definitions/exportspecification/action',
  'microsoft.autonomousdevelopmentplatform/workspaces/read',
  'microsoft.experimentation/experimentworkspaces/read',
  'microsoft.mixedreality/spatial*accounts/read',
  'microsoft.mixedreality/spatial*accounts/write',
  'microsoft.mixedreality/spatial*accounts/delete',
  'microsoft.onlineexperimentation/workspaces/*',
].map(compileActionPattern)

/** Providers of which every data operation is in the table, or which have none, so that nothing of theirs is unknown. */
const COMPLETE: ReadonlySet<string> = new Set([
  'microsoft.authorization',
  'microsoft.automation',
  'microsoft.billing',
  'microsoft.cache',
  'microsoft.classiccompute',
  'microsoft.classicstorage',
  'microsoft.compute',
  'microsoft.containerregistry',
  'microsoft.documentdb',
  'microsoft.eventhub',
  'microsoft.hybridcompute',
  'microsoft.insights',
  'microsoft.keyvault',
  'microsoft.logic',
  'microsoft.managedidentity',
  'microsoft.managedservices',
  'microsoft.management',
  'microsoft.network',
  'microsoft.operationalinsights',
  'microsoft.purview',
  'microsoft.recoveryservices',
  'microsoft.relay',
  'microsoft.resources',
  'microsoft.search',
  'microsoft.security',
  'microsoft.servicebus',
  'microsoft.sql',
  'microsoft.storage',
  'microsoft.subscription',
  'microsoft.support',
  'microsoft.web',
])

const known = new Map<string, Plane>()
/** Operations are asked about again and again; a bound keeps invented ones from filling memory. */
const MAX_KNOWN = 20_000

/** @param action lower-cased */
export function planeOf(action: string): Plane {
  const plane = known.get(action)
  if (plane !== undefined) return plane
  if (known.size >= MAX_KNOWN) known.clear()
  const found = findPlane(action)
  known.set(action, found)
  return found
}

function findPlane(action: string): Plane {
  if (matchesAny(BOTH, action)) return 'UNKNOWN'
  const slash = action.indexOf('/')
  const provider = slash < 0 ? action : action.slice(0, slash)
  const patterns = PATTERNS.get(provider)
  if (patterns !== undefined && matchesAny(patterns, action.slice(slash + 1))) return 'DATA'
  return COMPLETE.has(provider) || (patterns !== undefined && isOfTopType(action)) ? 'CONTROL' : 'UNKNOWN'
}

/** `provider/type/verb`: what is done to a resource itself is done through Resource Manager. */
function isOfTopType(action: string): boolean {
  const segments = action.split('/')
  return segments.length === 3 || (segments.length === 4 && segments[3] === 'action')
}
