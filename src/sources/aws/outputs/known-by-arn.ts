import { parseArn } from '../arn.ts'
import type { OutputKind } from './output.ts'
import { locatedBy } from './records.ts'
import { memberOf } from './rows.ts'

type Recognised = Required<Pick<OutputKind, 'knownBy' | 'is' | 'accountOf' | 'regionOf'>>

/**
 * Recognises an output by an ARN of its service in it, which also tells account and region.
 * @param test which ARNs: a service, or a pattern of the whole ARN @param path of members to the ARN, through lists
 */
export function knownByArn(test: string | RegExp, first: string, ...path: readonly string[]): Recognised {
  const fits = (text: string): boolean => (typeof test === 'string' ? parseArn(text)?.service === test : test.test(text))
  const arnOf = (value: unknown): string | undefined => textsAt(value, [first, ...path]).find(fits)
  return { knownBy: [first], is: (value) => arnOf(value) !== undefined, ...locatedBy(arnOf) }
}

/** Texts at a path of members; of lists on the way, those of all elements. */
function textsAt(value: unknown, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => textsAt(item, path))
  const [member, ...rest] = path
  if (member === undefined) return typeof value === 'string' ? [value] : []
  return textsAt(memberOf(value, member), rest)
}
