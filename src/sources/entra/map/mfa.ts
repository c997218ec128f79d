import type { SourceRecord } from '../../../domain/facts.ts'
import { entity, type About, type Mapped } from '../facts.ts'
import { fieldsOf, flagIn, listIn, textIn, textsIn, type Fields, type Row } from '../row.ts'
import { userSaid } from './principal.ts'
import { idOf, wrong } from './wrong.ts'

/** Whether somebody has registered a second factor, and whether it is asked for: two facts. docs/exports-entra.md has the rule. */

export function registrationDetails(row: Row, about: About): Mapped {
  const id = idOf(row.fields)
  if (id === undefined) return wrong(row, about, 'id')
  const mfaRegistered = flagIn(row.fields, 'isMfaRegistered')
  const { userPrincipalName, userType, userDisplayName: displayName } = row.fields
  return {
    records: [entity({ label: 'Principal', kind: 'EntraUser', id, properties: { mfaRegistered }, at: row.at }, about)],
    seen: [entity({ ...userSaid(id, { userPrincipalName, userType, displayName }), at: row.at }, about)],
  }
}

/** What is known of a directory's rules. */
export interface MfaRules {
  /** Lower-first fields of conditional access policies. */
  readonly policies: readonly Fields[]
  /** All policies were listed. */
  readonly isWhole: boolean
  /** Whether security defaults are on; undefined: not told. */
  readonly securityDefaults: boolean | undefined
}

/** True: of everybody, wherever they sign in; false: of nobody; undefined: of some, or not known. */
export function isRequiredOfAll({ policies, isWhole, securityDefaults }: MfaRules): boolean | undefined {
  if (securityDefaults === true || policies.some((policy) => asksEverywhere(policy) && hasNoExclusions(policy))) return true
  const asksSomebody = policies.some((policy) => isEnabled(policy) && mentionsMfa(policy))
  return isWhole && !asksSomebody && securityDefaults === false ? false : undefined
}

/** @param userId lower-cased */
export const isRequiredOf = (userId: string, rules: MfaRules): boolean | undefined =>
  rules.policies.some((policy) => asksEverywhere(policy) && includes(policy, userId)) ? true : isRequiredOfAll(rules)

const isEnabled = (policy: Fields): boolean => textIn(policy, 'state')?.toLowerCase() === 'enabled'

const mentionsMfa = (policy: Fields): boolean => {
  const controls = fieldsOf(policy['grantControls'])
  return hasMfaControl(controls) || Object.keys(fieldsOf(controls['authenticationStrength'])).length > 0
}

const hasMfaControl = (controls: Fields): boolean => lower(textsIn(controls, 'builtInControls')).includes('mfa')

const lower = (texts: readonly string[]): readonly string[] => texts.map((text) => text.toLowerCase())

/** In every sign-in to every application, from everywhere, by every client, of the users that it is about. */
function asksEverywhere(policy: Fields): boolean {
  if (!isEnabled(policy) || !insistsOnMfa(fieldsOf(policy['grantControls']))) return false
  const conditions = fieldsOf(policy['conditions'])
  const { applications, users: _users, clientAppTypes: _clients, ...others } = conditions
  const isOfAllClients = lower(textsIn(conditions, 'clientAppTypes')).includes('all')
  return isOfAllClients && coversAllApplications(fieldsOf(applications)) && Object.values(others).every(isEmpty)
}

/** No other control does in its place. */
function insistsOnMfa(controls: Fields): boolean {
  const strength = fieldsOf(controls['authenticationStrength'])
  const isStrong = textIn(strength, 'requirementsSatisfied')?.toLowerCase() === 'mfa'
  if (!hasMfaControl(controls) && !isStrong) return false
  const alternatives = ['builtInControls', 'customAuthenticationFactors', 'termsOfUse'].flatMap((key) => listIn(controls, key))
  const count = alternatives.length + (Object.keys(strength).length > 0 ? 1 : 0)
  return textIn(controls, 'operator')?.toLowerCase() === 'and' || count === 1
}

const coversAllApplications = ({ includeApplications, ...others }: Fields): boolean =>
  lower(textsIn({ includeApplications }, 'includeApplications')).includes('all') && Object.values(others).every(isEmpty)

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' && Object.entries(value).every(([key, each]) => key.startsWith('@') || isEmpty(each)))

const usersOf = (policy: Fields): Fields => fieldsOf(fieldsOf(policy['conditions'])['users'])

function hasNoExclusions(policy: Fields): boolean {
  const { includeUsers, ...others } = usersOf(policy)
  const excluded = Object.entries(others).filter(([key]) => key.startsWith('exclude'))
  return lower(textsIn({ includeUsers }, 'includeUsers')).includes('all') && excluded.every(([, value]) => isEmpty(value))
}

/** By name or as one of all; who is left out by group, role or as a guest is not looked up. */
function includes(policy: Fields, userId: string): boolean {
  const users = usersOf(policy)
  const included = lower(textsIn(users, 'includeUsers'))
  if (!included.includes('all') && !included.includes(userId)) return false
  if (lower(textsIn(users, 'excludeUsers')).includes(userId)) return false
  return Object.entries(users).every(([key, value]) => !key.startsWith('exclude') || key === 'excludeUsers' || isEmpty(value))
}

export function tenantRequirement(about: About, mfaRequired: boolean | undefined): readonly SourceRecord[] {
  if (mfaRequired === undefined) return []
  return [entity({ label: 'Scope', kind: 'EntraTenant', id: about.tenant, properties: { mfaRequired } }, about)]
}

export function userRequirement(id: string, about: About, mfaRequired: boolean | undefined): readonly SourceRecord[] {
  if (mfaRequired === undefined) return []
  return [entity({ label: 'Principal', kind: 'EntraUser', id, properties: { mfaRequired } }, about)]
}
