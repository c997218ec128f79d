import type { SourceRecord } from '../../../domain/facts.ts'
import { edge, entity, named, ref, type About, type Mapped } from '../facts.ts'
import { dateIn, fieldsOf, textIn, type Row } from '../row.ts'
import { memberOf, owns } from './listings.ts'
import { idOf, wrong } from './wrong.ts'

/**
 * Privileged Identity Management for groups: who may become member or owner of a group, and who is for now. An active one is a member like any
 * other; the grant says until when. https://learn.microsoft.com/graph/api/resources/privilegedaccessgroupeligibilityscheduleinstance
 */
const groupAccess =
  (kind: 'GroupEligibility' | 'GroupAssignment') =>
  (row: Row, about: About): Mapped => {
    const id = idOf(row.fields)
    const principalId = textIn(row.fields, 'principalId')?.toLowerCase()
    const groupId = textIn(row.fields, 'groupId')?.toLowerCase()
    const accessId = textIn(row.fields, 'accessId')?.toLowerCase()
    if (id === undefined || principalId === undefined || groupId === undefined || accessId === undefined)
      return wrong(row, about, ...['id', 'principalId', 'groupId', 'accessId'].filter((key) => textIn(row.fields, key) === undefined))
    const properties = { accessId, validFrom: dateIn(row.fields, 'startDateTime'), validUntil: dateIn(row.fields, 'endDateTime') }
    const records: SourceRecord[] = [
      entity({ label: 'Grant', kind, id, properties, document: row.printed, at: row.at }, about),
      edge('HOLDS', ref('Principal', principalId), ref('Grant', id), about.coverage),
      edge('AT', ref('Grant', id), ref('Principal', groupId), about.coverage),
    ]
    if (kind === 'GroupAssignment') records.push((accessId === 'owner' ? owns : memberOf)(principalId, groupId, about.coverage))
    const holder = fieldsOf(row.fields['principal'])
    return {
      records,
      named: [
        named(principalId, about, row.at, { type: textIn(holder, '@odata.type'), name: textIn(holder, 'displayName'), grant: id }),
        named(groupId, about, row.at, { type: 'Group', grant: id }),
      ],
    }
  }

export const groupEligibility = groupAccess('GroupEligibility')

export const groupAssignment = groupAccess('GroupAssignment')
