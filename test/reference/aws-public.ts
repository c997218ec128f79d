import { operatorOf } from './aws-conditions.ts'
import type { Json, Statement } from './aws-question.ts'
import { objectOf, textOf, textsOf } from './aws-question.ts'

/**
 * The meaning of "public": a policy is, unless all that it grants it grants to fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * `undefined` where that page does not tell.
 */
export function isPublic(statements: readonly Statement[]): boolean | undefined {
  const answers = statements.map(isPublicStatement)
  return answers.includes(true) || (answers.includes(undefined) ? undefined : false)
}

function isPublicStatement({ json }: Statement): boolean | undefined {
  if (json['Effect'] === 'Deny') return false
  const fixed = json['NotPrincipal'] === undefined && areFixed(json['Principal'])
  const limits = Object.entries(objectOf(json['Condition'])).map(([operator, keys]) => isLimit(operator, keys))
  if (fixed || limits.includes(true)) return false
  if (limits.includes(undefined) || json['Effect'] !== 'Allow') return undefined
  return true
}

const isFixed = (value: string): boolean => !/[*?]|\$\{/.test(value)

function areFixed(principal: Json | undefined): boolean {
  if (principal === undefined) return true
  return typeof principal !== 'string' && Object.values(objectOf(principal)).flatMap(textsOf).every(isFixed)
}

/** Whether it lets in fixed values only; no operator of an unknown name can be told. */
function isLimit(name: string, keys: Json): boolean | undefined {
  const operator = operatorOf(name)
  if (operator === undefined) return undefined
  if (operator.negated || operator.ifExists || operator.set === 'forallvalues' || operator.base === 'null') return false
  const answers = Object.entries(objectOf(keys)).map(([key, values]) => {
    const each = textsOf(values).map((value) => isLimiting(key.toLowerCase(), value))
    return each.includes(false) ? false : each.includes(undefined) ? undefined : true
  })
  return answers.includes(true) || (answers.includes(undefined) ? undefined : false)
}

const LIMITING =
  /^(aws:(principalorgid|principalarn|principalaccount|sourcearn|sourcevpce?|sourceowner|sourceaccount)|s3:dataaccesspoint(arn|account))$/

function isLimiting(key: string, value: string): boolean | undefined {
  if (key === 'aws:sourceip') return isNarrow(value)
  if (!LIMITING.test(key)) return false
  if (isFixed(value)) return true
  // All identities of one account: neither one fixed value nor everybody.
  return key === 'aws:principalarn' && /^\d{12}$/.test(textOf(value.split(':')[4])) ? undefined : false
}

/** At least /8 of IPv4, /32 of IPv6; private ranges are no narrower than these. */
function isNarrow(network: string): boolean {
  const [base = '', prefix] = network.split('/')
  return prefix === undefined || Number(prefix) >= (base.includes(':') ? 32 : 8)
}
