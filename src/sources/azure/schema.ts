import { z } from 'zod'
import type { FindingFact } from '../../domain/facts.ts'
import { findingAt } from '../finding.ts'
import { canonicalId, isArmId } from './arm-id.ts'
import { textIn, type Row } from './row.ts'

/** Shapes of rows at the boundary: what each must have to say anything at all. The rest is looked at where it is used. */

const text = z.string({ error: 'is missing' }).min(1)
const objectId = text.toLowerCase()
const armId = text.refine(isArmId, { error: 'is no id of Azure Resource Manager' })

export const assignmentShape = z.object({ principalId: objectId, roleDefinitionId: text, scope: armId })
export const roleShape = z.object({
  name: z.guid({ error: 'is no GUID, nor does the id end in one' }).toLowerCase(),
  permissions: z.array(z.unknown(), { error: 'is no list' }),
})
export const attachedShape = z.object({ id: armId.transform(canonicalId), scope: armId })
export const groupShape = z.object({ id: armId })
export const subscriptionShape = z.object({ subscriptionId: z.guid({ error: 'is no GUID' }).toLowerCase() })
export const resourceShape = z.object({
  id: armId.refine((id) => /^\/subscriptions\/[^/]+\/[^/]/i.test(id), { error: 'is no id within a subscription' }),
})
export const accessPolicyShape = z.object({ objectId })
export const delegationShape = z.object({ principalId: objectId, roleDefinitionId: text })

/** @param said what the row says, by the names of the shape */
export function checked<Shape>(shape: z.ZodType<Shape>, row: Row, said: object): Shape | FindingFact {
  const result = shape.safeParse(said)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = (issue?.path ?? []).map(String).join('.')
  const id = textIn(row, 'id')
  return findingAt(
    'WRONG_SHAPE',
    { file: row.at.file, place: [row.at.place, field].filter((part) => part !== '').join('.') },
    `${field} ${issue?.message ?? 'is wrong'}.`,
    {
      entity: id === undefined ? null : canonicalId(id),
    },
  )
}

export const isFinding = (value: object): value is FindingFact => 'record' in value && value.record === 'finding'
