import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { isRecord } from '../document.ts'
import { edge, properties, ref, type Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, saying, type About, type Held, type OutputKind, type OutputPart } from './output.ts'
import { mapRows, memberOf } from './rows.ts'
import { assignmentFacts, assignmentGaps } from './sso-assignments.ts'
import { permissionSetFacts, readPermissionSets } from './sso-permission-sets.ts'

/**
 * IAM Identity Center: https://docs.aws.amazon.com/cli/latest/reference/sso-admin/. Subjects: the ARN of the instance or permission set that was
 * asked about; of assignments, that of the permission set and the account, or the principal, joined by `/`.
 */

const instanceRow = struct({
  InstanceArn: z.string().regex(/^arn:[^:]+:sso:::instance\/.+$/, 'not the ARN of an instance of Identity Center'),
  IdentityStoreId: name,
  OwnerAccountId: text,
  Name: text,
  Status: text,
  CreatedDate: date,
  PrimaryRegion: text,
})
export type InstanceRow = z.output<typeof instanceRow>

function instance(row: InstanceRow, about: About): Mapped {
  const owner = row.OwnerAccountId ?? null
  const store = ref('Scope', row.IdentityStoreId)
  return saying(
    {
      record: 'entity',
      label: 'Scope',
      kind: 'AwsIdentityStore',
      id: row.IdentityStoreId,
      name: row.Name ?? row.IdentityStoreId,
      provider: 'aws',
      scope: owner,
      properties: properties({
        aliases: [row.InstanceArn],
        state: row.Status,
        createdAt: toIsoDate(row.CreatedDate),
        region: row.PrimaryRegion,
      }),
      document: null,
      coverage: [about.coverage],
    },
    ...(owner === null ? [] : [edge('CONTAINS', ref('Scope', owner), store, [about.coverage])]),
  )
}

/** Where the first element of a list is such. */
const firstIs = (list: string, test: (element: unknown) => boolean): Pick<OutputKind, 'knownBy' | 'is'> => ({
  knownBy: [list],
  is: (value) => {
    const elements = value[list]
    return Array.isArray(elements) && elements.length > 0 && test(elements[0])
  },
})

const isPermissionSetArn = (value: unknown): boolean => typeof value === 'string' && /^arn:[^:]+:sso:::permissionSet\//.test(value)

const GONE = ['ResourceNotFoundException']
const held = (operation: string): OutputKind => ({ id: `aws/sso-admin/${operation}`, held: true, absent: GONE })
const heldOf = (operation: string): OutputKind => ({ ...held(operation), needsSubject: true })

const kinds: readonly OutputKind[] = [
  {
    ...held('list-instances'),
    ...firstIs('Instances', (row) => memberOf(row, 'IdentityStoreId') !== undefined),
    map: (value, about) => mapRows(value, 'Instances', about, instanceRow, (row) => instance(row, about)),
  },
  { ...held('list-permission-sets'), ...firstIs('PermissionSets', isPermissionSetArn) },
  {
    ...held('describe-permission-set'),
    knownBy: ['PermissionSet'],
    is: ({ PermissionSet: described }) => isRecord(described) && isPermissionSetArn(memberOf(described, 'PermissionSetArn')),
  },
  heldOf('list-managed-policies-in-permission-set'),
  heldOf('list-customer-managed-policy-references-in-permission-set'),
  heldOf('get-inline-policy-for-permission-set'),
  heldOf('get-permissions-boundary-for-permission-set'),
  heldOf('list-accounts-for-provisioned-permission-set'),
  { ...held('list-account-assignments'), ...firstIs('AccountAssignments', (row) => isPermissionSetArn(memberOf(row, 'PermissionSetArn'))) },
  heldOf('list-account-assignments-for-principal'),
]

export const ssoAdmin: OutputPart = {
  part: 'sso',
  regional: false,
  kinds,
  assemble: (of, about) => {
    const outputs = (operation: string): readonly Held[] => of(`aws/sso-admin/${operation}`)
    const instances: InstanceRow[] = []
    for (const one of outputs('list-instances'))
      mapRows(one.value, 'Instances', one.about, instanceRow, (row) => {
        instances.push(row)
        return saying()
      })
    const sets = readPermissionSets(outputs)
    const facts = permissionSetFacts(sets, instances, about)
    const assignments = assignmentFacts(outputs, sets, about)
    return joined([sets.broken, facts, assignments.mapped, assignmentGaps({ outputs, sets, instances, assigned: assignments.assigned }, about)])
  },
}
