import type { Command } from 'commander'
import { Option } from 'commander'
import { PermiscopeError } from '../../domain/errors.ts'
import type { Entity } from '../../api/schema.generated.ts'
import { SHOW } from '../documents.ts'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions, withServerOption } from '../options.ts'
import { print } from '../output/print.ts'
import type { Session } from '../session.ts'
import { withSession } from '../with-session.ts'
import { detailsText } from '../views/details.ts'
import { entityColumns } from '../views/entity.ts'

const TYPES = ['principal', 'role', 'resource', 'scope', 'guardrail'] as const satisfies readonly (keyof typeof SHOW)[]
type ShownType = (typeof TYPES)[number]

interface Options extends CommonOptions {
  readonly type?: ShownType
}

export function addShow(program: Command): void {
  const command = program
    .command('show')
    .description('everything known of one entity')
    .argument('<id>', 'an id, or a name that only one entity has')
    .addOption(new Option('--type <type>', 'where several types have that name').choices(TYPES))
  withServerOption(withCommonOptions(command)).action(show)
}

async function show(id: string, options: Options): Promise<void> {
  await withSession(options, 'estate', async (session) => {
    const entity = await theOne(session, id, options.type === undefined ? TYPES : [options.type])
    await print({ value: entity, rows: [entity], columns: entityColumns, text: () => detailsText({ ...entity }) }, options)
  })
}

/** The one entity of that id, else of that name. @throws NOT_FOUND, AMBIGUOUS_NAME */
async function theOne(session: Session, id: string, types: readonly ShownType[]): Promise<Entity> {
  const found: Entity[] = []
  for (const type of types) {
    const entity = (await session.ask(SHOW[type], { id }))[type]
    if (entity?.id === id) return entity
    if (entity !== null && entity !== undefined) found.push(entity)
  }
  const [only, ...others] = found
  if (only === undefined) throw new PermiscopeError('NOT_FOUND', `nothing of the id or name ${id} is in the snapshot`)
  if (others.length === 0) return only
  const candidates = found.map((entity) => entity.id)
  throw new PermiscopeError('AMBIGUOUS_NAME', `${id} fits several entities: give the id, or --type`, { candidates })
}
