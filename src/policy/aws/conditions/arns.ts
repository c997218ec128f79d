import { parseArn } from '../arn.ts'
import { compileGlob, matchGlob, type Glob, type TextPart } from '../wildcard.ts'

/**
 * ArnLike: each of the six fields is compared on its own, with wildcards.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function compileArnPattern(parts: readonly TextPart[]): (value: string) => boolean {
  const fields = splitFields(parts)
  const last = fields[fields.length - 1] ?? []
  const isShort = fields.length < 6
  if (isShort && !last.some((part) => !part.literal && part.text.endsWith('*'))) return () => false
  while (fields.length < 6) fields.push([{ text: '*', literal: false }])
  const globs = fields.map((field) => compileGlob(field))
  const [scheme, partition, service, region, account, resource] = globs
  return (value) => {
    const arn = parseArn(value)
    if (arn === undefined) return false
    return (
      fieldFits(scheme, 'arn') &&
      fieldFits(partition, arn.partition) &&
      fieldFits(service, arn.service) &&
      fieldFits(region, arn.region) &&
      fieldFits(account, arn.account) &&
      fieldFits(resource, arn.resource)
    )
  }
}

function fieldFits(glob: Glob | undefined, text: string): boolean {
  return glob !== undefined && matchGlob(glob, text)
}

/** Splits at the first five colons. */
export function splitFields(parts: readonly TextPart[]): TextPart[][] {
  const fields: TextPart[][] = [[]]
  for (const part of parts) {
    let from = 0
    for (;;) {
      const colon = fields.length < 6 ? part.text.indexOf(':', from) : -1
      if (colon < 0) break
      fields[fields.length - 1]?.push({ text: part.text.slice(from, colon), literal: part.literal })
      fields.push([])
      from = colon + 1
    }
    fields[fields.length - 1]?.push({ text: part.text.slice(from), literal: part.literal })
  }
  return fields
}

export function isArn(value: string): boolean {
  return parseArn(value) !== undefined
}
