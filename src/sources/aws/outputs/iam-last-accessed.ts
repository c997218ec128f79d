import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { date, listOf, name, struct, text, upperFirstKeys } from '../schema.ts'
import { goesOn } from './last-page.ts'
import { joined, NOTHING_MAPPED, type About, type Held, type OutputPart } from './output.ts'
import { principalSaid } from './principal-said.ts'
import { ownerOf } from './records.ts'
import { mapRows, memberOf, under, wrong } from './rows.ts'

/**
 * Which services (and, of `ACTION_LEVEL` jobs, tracked actions) somebody last used. The output doesn't name whom the job was about: its place
 * does, a manifest, an envelope, or a wrapper `{"Arn": …, "Details": …}`.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/get-service-last-accessed-details.html
 */

const action = struct({ ActionName: name, LastAccessedTime: date })
const service = struct({ ServiceNamespace: name, LastAuthenticated: date, TrackedActionsLastAccessed: listOf(z.unknown()) })
const job = struct({ JobStatus: name, Error: struct({ Message: text, Code: text }).nullish() })

interface Used {
  readonly about: About
  /** Last use by service or action; '' is never. The later of two is believed. */
  readonly lines: Map<string, string>
  isWhole: boolean
}

function joinReports(of: (kind: string) => readonly Held[]): Mapped {
  const used = new Map<string, Used>()
  const findings = of('aws/iam/get-service-last-accessed-details').map((held) => noteReport(used, held))
  return joined([...findings, ...[...used].map(([arn, said]) => saidOf(arn, said))])
}

function noteReport(used: Map<string, Used>, held: Held): Mapped {
  const { arn, details, about } = opened(held)
  const finished = job.safeParse(details)
  if (!finished.success) return wrong(about, about.place, 'not service last accessed details')
  const { JobStatus, Error: failure } = finished.data
  if (JobStatus !== 'COMPLETED') {
    const why = failure?.Message ?? failure?.Code
    return wrong(about, under(about.place, 'JobStatus'), `The job was ${JobStatus}, not COMPLETED: ask again for its details.${why ? ` ${why}` : ''}`)
  }
  if (principalSaid(arn, {}, about).records.length === 0)
    return wrong(
      about,
      about.place,
      `Nothing tells whom these details are about: ${arn === '' ? 'no ARN' : arn} names no user, group, role or policy of the account.`,
    )
  const said: Used = used.get(arn) ?? { about, lines: new Map(), isWhole: false }
  used.set(arn, said)
  if (!goesOn(details)) said.isWhole = true
  return mapRows(details, 'ServicesLastAccessed', about, service, ({ ServiceNamespace: namespace, ...row }, at) => {
    noteUse(said, namespace, row.LastAuthenticated)
    return mapRows(
      { TrackedActionsLastAccessed: row.TrackedActionsLastAccessed },
      'TrackedActionsLastAccessed',
      { ...about, place: at.place },
      action,
      (one) => {
        noteUse(said, one.ActionName.includes(':') ? one.ActionName : `${namespace}:${one.ActionName}`, one.LastAccessedTime)
        return NOTHING_MAPPED
      },
    )
  })
}

function noteUse(said: Used, what: string, when: unknown): void {
  const used = toIsoDate(when) ?? ''
  if ((said.lines.get(what) ?? '') <= used) said.lines.set(what, used)
}

/** Out of its wrapper. */
function opened({ value, about }: Held): { readonly arn: string; readonly details: unknown; readonly about: About } {
  const arn = memberOf(value, 'Arn')
  if (typeof arn !== 'string' || !isWrapper(value)) return { arn: about.subject, details: value, about }
  return { arn, details: memberOf(value, 'Details'), about: { ...about, place: under(about.place, 'Details') } }
}

const isWrapper = (value: unknown): boolean => isRecord(memberOf(value, 'Details'))

/** What the missing pages would say looks like never used, so that a part of them is not taken. */
function saidOf(arn: string, { about, lines, isWhole }: Used): Mapped {
  if (!isWhole)
    return wrong(
      about,
      under(about.place, 'IsTruncated'),
      `The details of ${arn} go on after this page: what it used is not known without the others.`,
    )
  return principalSaid(arn, { usage: [...lines].map(([what, when]) => `${what} ${when === '' ? 'never' : when}`).sort() }, about)
}

const isDetails = (value: unknown): boolean => {
  const record = upperFirstKeys(value)
  return isRecord(record) && 'JobStatus' in record && ('ServicesLastAccessed' in record || 'JobType' in record)
}

export const iamLastAccessed: OutputPart = {
  part: 'iam-last-accessed',
  regional: false,
  assemble: joinReports,
  kinds: [
    {
      id: 'aws/iam/get-service-last-accessed-details',
      knownBy: [],
      is: (value) => isDetails(value) || ('Arn' in value && isDetails(value['Details'])),
      accountOf: ({ Arn }) => (typeof Arn === 'string' ? ownerOf(Arn) : undefined),
      held: true,
      // Deleted meanwhile.
      absent: ['NoSuchEntity'],
    },
  ],
}
