import type { EffectivePermission, Reach } from '../../api/schema.generated.ts'
import type { OutputFormat } from '../options.ts'
import type { Column } from '../output/cells.ts'
import { spoken } from './entity.ts'

type Access = Pick<Reach, 'actions' | 'levels' | 'certainty' | 'via' | 'conditions' | 'evidence'>

/** More actions than this are counted in tables; CSV names them all. */
const ACTIONS_SHOWN = 4

function accessColumns(format: OutputFormat): readonly Column<Access>[] {
  return [
    { title: 'Certainty', cell: ({ certainty }) => certainty },
    { title: 'Via', cell: ({ via }) => via },
    { title: 'Levels', cell: ({ levels }) => levels.join(' '), ...(format === 'table' && { csvOnly: true }) },
    { title: 'Actions', cell: ({ actions }) => (format === 'table' ? fewActions(actions) : actions.join(' ')) },
    { title: 'Conditions', cell: ({ conditions }) => conditions.join('; ') },
    { title: 'Evidence', cell: ({ evidence }) => evidence.map(({ text }) => text).join(' → '), csvOnly: true },
  ]
}

function fewActions(actions: readonly string[]): string {
  if (actions.length <= ACTIONS_SHOWN) return actions.join(' ')
  return `${actions.slice(0, ACTIONS_SHOWN).join(' ')} … ${actions.length} in all`
}

export const reachColumns = (format: OutputFormat): readonly Column<Reach>[] => [
  { title: 'Principal', cell: ({ principal }) => spoken(principal) },
  { title: 'Kind', cell: ({ principal }) => principal.kind },
  { title: 'Target', cell: ({ target }) => target.id, csvOnly: true },
  ...accessColumns(format),
  { title: 'Last used', cell: ({ lastUsed }) => lastUsed ?? '', csvOnly: true },
]

export const permissionColumns = (format: OutputFormat): readonly Column<EffectivePermission>[] => [
  { title: 'Target', cell: ({ target }) => spoken(target) },
  { title: 'Kind', cell: ({ target }) => target.kind, csvOnly: true },
  ...accessColumns(format),
]
