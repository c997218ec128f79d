import type { z } from 'zod'
import type { Origin } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { upperFirst, wrongShape } from '../schema.ts'
import { joined, NOTHING_MAPPED, saying, type About } from './output.ts'

/** Checks each row of a list by itself, so that a broken one stops no other. A list that is left out or null is empty. */
export function mapRows<Row>(
  value: unknown,
  list: string,
  about: About,
  schema: z.ZodType<Row>,
  map: (row: Row, at: Origin, index: number) => Mapped,
): Mapped {
  const rows = memberOf(value, list)
  const place = under(about.place, list)
  if (rows === undefined || rows === null) return NOTHING_MAPPED
  if (!Array.isArray(rows)) return wrong(about, place, 'not a list')
  return joined(
    rows.map((row: unknown, index) =>
      mapOne(row, { file: about.file, place: `${place}[${index + about.firstIndex}]` }, about, schema, (known, at) => map(known, at, index)),
    ),
  )
}

/** Checks an output (or a part of it) as a whole. */
export function mapWhole<Row>(value: unknown, about: About, schema: z.ZodType<Row>, map: (row: Row, at: Origin) => Mapped, member?: string): Mapped {
  const row = member === undefined ? value : memberOf(value, member)
  const place = member === undefined ? about.place : under(about.place, member)
  return mapOne(row, { file: about.file, place }, about, schema, map)
}

function mapOne<Row>(row: unknown, at: Origin, about: About, schema: z.ZodType<Row>, map: (row: Row, at: Origin) => Mapped): Mapped {
  const checked = schema.safeParse(row)
  if (checked.success) return map(checked.data, at)
  const { place, message } = wrongShape(checked.error, at.place)
  return wrong(about, place, message)
}

export const wrong = (about: About, place: string, message: string): Mapped =>
  saying(fileFinding('WRONG_SHAPE', about.file, place, message, { coverage: about.coverage }))

/** Where no rows mean that there is none, a list that isn't there must not be taken for an empty one: a command that failed leaves an empty file. */
export const noList = (about: About, list: string): Mapped => wrong(about, under(about.place, list), 'The list is not there.')

/** A member whatever the case of its first letter. Asked of every row of inventories, so that no copy is made. */
export const memberOf = (value: unknown, name: string): unknown =>
  isRecord(value) ? (value[name] ?? value[upperFirst(name)] ?? value[name.charAt(0).toLowerCase() + name.slice(1)]) : undefined

/** The place of a member. */
export const inside = ({ file, place }: Origin, member: string): Origin => ({ file, place: under(place, member) })

export const under = (place: string, member: string): string => (place === '' ? member : `${place}.${member}`)
