import { isObject, textsOf, type JsonObject } from '../document.ts'
import type { PolicyFault, PolicyType } from '../types.ts'
import { conditionFaults } from './condition-rules.ts'
import { placeOf, rejected, unreadable } from './fault.ts'
import { principalFaults } from './principal-rules.ts'
import { resourceFault } from './resource-rules.ts'

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])

export function statementFaults(statement: unknown, place: string, type: PolicyType): readonly PolicyFault[] {
  if (!isObject(statement)) return [unreadable(place.includes('[') ? place : `${place}[0]`, 'A statement must be an object.')]
  // Written by src/policy/aws/grants in place of what could not be read.
  if (typeof statement['Unreadable'] === 'string') return [unreadable(place, `It can’t be read as ${statement['Unreadable']}.`)]
  return [
    ...elementFaults(statement, place),
    ...effectFaults(statement['Effect'], place),
    ...actionFaults(statement, place),
    ...resourcesFaults(statement, place, type),
    ...principalFaults(statement, place, type),
    ...conditionFaults(statement['Condition'], `${place}.Condition`),
    ...(type === 'RCP' ? rcpFaults(statement, place) : []),
  ]
}

function elementFaults(statement: JsonObject, place: string): readonly PolicyFault[] {
  const faults = Object.keys(statement)
    .filter((name) => !ELEMENTS.has(name))
    .map((name) => rejected(`${place}.${name}`, `A statement has no element ${name}.`))
  const { Sid: sid } = statement
  return sid === undefined || typeof sid === 'string' ? faults : [...faults, rejected(`${place}.Sid`, 'Sid must be a string.')]
}

function effectFaults(effect: unknown, place: string): readonly PolicyFault[] {
  if (effect === 'Allow' || effect === 'Deny') return []
  const isClear = typeof effect === 'string' && ['allow', 'deny'].includes(effect.toLowerCase())
  const message = 'Effect must be Allow or Deny, spelled so.'
  return [isClear ? rejected(`${place}.Effect`, message) : unreadable(`${place}.Effect`, message)]
}

/** The element that is there, of one and its negation; else `BOTH` or `NEITHER`. */
function chosen(statement: JsonObject, name: string): string {
  const [positive, negative] = [statement[name] !== undefined, statement[`Not${name}`] !== undefined]
  if (positive && negative) return 'BOTH'
  return positive ? name : negative ? `Not${name}` : 'NEITHER'
}

function actionFaults(statement: JsonObject, place: string): readonly PolicyFault[] {
  const name = chosen(statement, 'Action')
  if (name === 'BOTH') return [unreadable(`${place}.NotAction`, 'A statement has either Action or NotAction.')]
  if (name === 'NEITHER') return [unreadable(`${place}.Action`, 'Policy statement must contain actions.')]
  const value = statement[name]
  const texts = textsOf(value)
  if (texts === undefined) return [unreadable(`${place}.${name}`, `${name} must be a string or a list of strings.`)]
  if (texts.length === 0) return [unreadable(`${place}.${name}`, 'Policy statement must contain actions.')]
  return texts.flatMap((text, index) => actionFault(text, placeOf(`${place}.${name}`, value, index)))
}

function actionFault(text: string, place: string): readonly PolicyFault[] {
  if (text === '*') return []
  const [vendor = '', ...names] = text.split(':')
  if (names.length === 0) return [rejected(place, 'Actions must be prefaced by a service: iam, ec2, s3 …')]
  if (names.length > 1) return [rejected(place, 'An action can contain only one colon.')]
  return /^[a-zA-Z0-9.-]+$/.test(vendor) ? [] : [rejected(place, `Service ${vendor} is not valid.`)]
}

function resourcesFaults(statement: JsonObject, place: string, type: PolicyType): readonly PolicyFault[] {
  const name = chosen(statement, 'Resource')
  if (type === 'TRUST') return name === 'NEITHER' ? [] : [rejected(`${place}.Resource`, 'A trust policy speaks of its role; it has no Resource.')]
  if (name === 'BOTH') return [unreadable(`${place}.NotResource`, 'A statement has either Resource or NotResource.')]
  if (name === 'NEITHER') return type === 'RESOURCE' ? [] : [unreadable(`${place}.Resource`, 'Policy statement must contain resources.')]
  const value = statement[name]
  const texts = textsOf(value)
  if (texts === undefined) return [unreadable(`${place}.${name}`, `${name} must be a string or a list of strings.`)]
  if (texts.length === 0) return [unreadable(`${place}.${name}`, 'Policy statement must contain resources.')]
  return texts.flatMap((text, index) => {
    const message = resourceFault(text, type)
    return message === undefined ? [] : [rejected(placeOf(`${place}.${name}`, value, index), message)]
  })
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html */
function rcpFaults(statement: JsonObject, place: string): readonly PolicyFault[] {
  const { Effect: effect, Action: action, NotAction: notAction, Principal: principal } = statement
  const isFullAccess =
    effect === 'Allow' && action === '*' && principal === '*' && statement['Resource'] === '*' && statement['Condition'] === undefined
  if (isFullAccess) return []
  const faults: PolicyFault[] = []
  if (effect === 'Allow') faults.push(rejected(`${place}.Effect`, 'A resource control policy can only deny.'))
  if (principal !== '*') faults.push(rejected(`${place}.Principal`, 'The Principal of a resource control policy must be "*".'))
  if (notAction !== undefined) faults.push(rejected(`${place}.NotAction`, 'A resource control policy has no NotAction.'))
  if (textsOf(action)?.includes('*') === true)
    faults.push(rejected(`${place}.Action`, 'A resource control policy must name services; "*" alone is not accepted.'))
  return faults
}
