import type { PolicyType } from '../types.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */

const PARTITIONS: ReadonlySet<string> = new Set(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc', '*'])

const IAM_PATHS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
] as const

/** What AWS finds wrong with a text of Resource; undefined where it accepts it. */
export function resourceFault(text: string, type: PolicyType): string | undefined {
  if (text === '*') return undefined
  const fields = splitOutsideVariables(text)
  const [scheme = '', partition = '', service = '', region = '', account = '', ...rest] = fields
  if (fields.length < 2) return `Resource ${text} must be in ARN format or "*".`
  if (scheme !== 'arn' || !PARTITIONS.has(partition)) return `Partition "${partition}" of ${text} is not valid.`
  if (fields.length < 3) return 'The service of a resource must be fully qualified.'
  if (service === '') return `Resource ${text} names no service.`
  if (fields.length < 6 && type === 'RCP') return `Resource ${text} is not a full ARN.`
  if (service === 'iam') return iamFault(text, region, rest.join(':'), fields.length)
  if (service === 's3') return s3Fault(text, region, account, fields.length)
  return undefined
}

function iamFault(text: string, region: string, resource: string, fields: number): string | undefined {
  if (region !== '' && region !== '*') return `IAM resource ${text} cannot contain region information.`
  if (fields < 6 || resource === 'root') return undefined
  const literal = resource.split(/[*?$]/)[0] ?? ''
  const isPath = IAM_PATHS.some((path) => literal.startsWith(path) || (literal !== resource && path.startsWith(literal)))
  return isPath ? undefined : `IAM resource path must either be "*" or start with one of ${IAM_PATHS.join(', ')}.`
}

/** Buckets and objects have neither Region nor account; access points have both. */
function s3Fault(text: string, region: string, account: string, fields: number): string | undefined {
  if (fields === 5 && account !== '' && !account.includes('*')) return `Resource ${text} names no bucket: a colon is missing.`
  return region !== '' && region !== '*' && account === '' ? `Resource ${text} can not contain region information.` : undefined
}

/** Colons within `${…}` separate no fields. */
function splitOutsideVariables(text: string): readonly string[] {
  const fields: string[] = ['']
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i)
    if (text.startsWith('${', i)) depth += 1
    if (character === '}' && depth > 0) depth -= 1
    if (character === ':' && depth === 0) fields.push('')
    else fields[fields.length - 1] = `${fields[fields.length - 1] ?? ''}${character}`
  }
  return fields
}
