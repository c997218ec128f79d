import { parseArn } from '../arn.ts'
import type { OutputKind, OutputPart } from './output.ts'
import { readShares } from './ram-reading.ts'
import { shareFacts } from './ram-shares.ts'
import { locatedBy } from './records.ts'
import { memberOf } from './rows.ts'

/**
 * Resource Access Manager: https://docs.aws.amazon.com/cli/latest/reference/ram/. Subjects: the ARN of the share or permission that was asked
 * about; of lists, whose shares (`SELF`, `OTHER-ACCOUNTS`), which the shares' ARNs tell too.
 */

/** In the first row of a list. */
function ofFirst(value: Readonly<Record<string, unknown>>, list: string, member: string): string | undefined {
  const rows = value[list]
  const found = Array.isArray(rows) ? memberOf(rows[0], member) : undefined
  return typeof found === 'string' ? found : undefined
}

/** Known by a list whose rows name their share. Where nothing else tells who asked, it is taken to be the owner. */
const ofShares = (list: string): Pick<OutputKind, 'knownBy' | 'is' | 'accountOf' | 'regionOf'> => ({
  knownBy: [list],
  is: (value) => parseArn(ofFirst(value, list, 'ResourceShareArn') ?? '')?.service === 'ram',
  ...locatedBy((value) => ofFirst(value, list, 'ResourceShareArn')),
})

const permissionArn = (value: Readonly<Record<string, unknown>>): string => {
  const arn = memberOf(value['Permission'], 'Arn')
  return typeof arn === 'string' ? arn : ''
}

const GONE = ['UnknownResourceException']

const kinds: readonly OutputKind[] = [
  { id: 'aws/ram/get-resource-shares', ...ofShares('ResourceShares'), held: true },
  { id: 'aws/ram/list-resources', ...ofShares('Resources'), held: true },
  { id: 'aws/ram/list-principals', ...ofShares('Principals'), held: true },
  { id: 'aws/ram/get-resource-share-associations', ...ofShares('ResourceShareAssociations'), held: true, absent: GONE },
  { id: 'aws/ram/list-resource-share-permissions', held: true, needsSubject: true, needsRegion: true, absent: GONE },
  {
    id: 'aws/ram/get-permission',
    knownBy: ['Permission'],
    is: (value) => parseArn(permissionArn(value))?.service === 'ram',
    held: true,
    needsRegion: true,
    absent: GONE,
  },
]

export const ram: OutputPart = {
  part: 'ram',
  regional: true,
  kinds,
  assemble: (of, about) =>
    shareFacts(
      readShares((operation) => of(`aws/ram/${operation}`)),
      about,
    ),
}
