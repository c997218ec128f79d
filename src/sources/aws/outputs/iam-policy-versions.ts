import { z } from 'zod'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { name, struct } from '../schema.ts'
import { goesOn } from './last-page.ts'
import { joined, NOTHING_MAPPED, type About, type Held, type OutputPart } from './output.ts'
import { principalSaid } from './principal-said.ts'
import { mapRows, memberOf, noList, wrong } from './rows.ts'

/**
 * How many versions of a managed policy are kept: whoever may add one needs room for it, or must delete one first.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/list-policy-versions.html
 */

const version = struct({ VersionId: name, IsDefaultVersion: z.boolean().nullish() })

interface Listed {
  readonly about: About
  /** Pages may overlap. */
  readonly versions: Set<string>
  inForce: string | undefined
  isWhole: boolean
}

function countVersions(of: (kind: string) => readonly Held[]): Mapped {
  const policies = new Map<string, Listed>()
  const findings = of('aws/iam/list-policy-versions').map(({ value, about }) => {
    if (!/^arn:[^:]+:iam::\d{12}:policy\//.test(about.subject))
      return about.subject.includes(':iam::aws:policy/')
        ? NOTHING_MAPPED
        : wrong(about, about.place, `${about.subject} is not the ARN of a managed policy`)
    if (memberOf(value, 'Versions') === undefined) return noList(about, 'Versions')
    const listed: Listed = policies.get(about.subject) ?? { about, versions: new Set(), inForce: undefined, isWhole: false }
    policies.set(about.subject, listed)
    if (!goesOn(value)) listed.isWhole = true
    return mapRows(value, 'Versions', about, version, ({ VersionId, IsDefaultVersion }) => {
      listed.versions.add(VersionId)
      if (IsDefaultVersion === true) listed.inForce = VersionId
      return NOTHING_MAPPED
    })
  })
  const said = [...policies].map(([arn, { about, versions, inForce, isWhole }]) =>
    principalSaid(arn, { policyVersions: isWhole ? versions.size : undefined, defaultVersion: inForce }, about),
  )
  return joined([...findings, ...said])
}

const isVersion = (row: unknown): boolean => isRecord(row) && 'VersionId' in row && 'IsDefaultVersion' in row

export const iamPolicyVersions: OutputPart = {
  part: 'iam-policy-versions',
  regional: false,
  assemble: countVersions,
  kinds: [
    {
      id: 'aws/iam/list-policy-versions',
      knownBy: ['Versions'],
      is: ({ Versions: rows }) => Array.isArray(rows) && rows.length > 0 && rows.every(isVersion),
      needsSubject: true,
      held: true,
      // Deleted meanwhile.
      absent: ['NoSuchEntity'],
    },
  ],
}
