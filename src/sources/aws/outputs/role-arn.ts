import type { About } from './output.ts'

/** A role that some services let people name without its ARN (and its path, which `runsAs` looks up). Undefined where there is none. */
export const roleArn = (role: string | null | undefined, about: About): string | undefined => {
  if (role === null || role === undefined || role === '') return undefined
  return role.startsWith('arn:') ? role : `arn:${about.partition}:iam::${about.account}:role/${role}`
}
