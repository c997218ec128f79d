import type { EdgeFact, EntityFact } from '../../src/domain/facts.ts'
import { openStore } from '../../src/graph/index.ts'

/**
 * Run as a process of its own, to be killed at any moment: publishes one generation after another, each whole and different, and prints the
 * id of each once it is published. Arguments: `data` or `url`, and which.
 */

const ENTITIES = 400
const [, , where, place = ''] = process.argv

function entity(generation: string, index: number): EntityFact {
  const id = `arn:aws:iam::111122223333:user/u${index}`
  const own = { record: 'entity', label: 'Principal', kind: 'AwsUser', id, name: generation, provider: 'aws', scope: null } as const
  return { ...own, properties: {}, document: 'x'.repeat(500), coverage: [] }
}

function* entities(generation: string): Generator<EntityFact> {
  for (let index = 0; index < ENTITIES; index++) yield entity(generation, index)
}

function* edges(generation: string): Generator<EdgeFact> {
  for (let index = 1; index < ENTITIES; index++) {
    const [from, to] = [entity(generation, index), entity(generation, index - 1)]
    yield {
      record: 'edge',
      kind: 'MEMBER_OF',
      from: { label: 'Principal', id: from.id },
      to: { label: 'Principal', id: to.id },
      coverage: [generation],
    }
  }
}

const store = await openStore(where === 'url' ? { url: place } : { data: place })
console.log('ready')
for (let count = 0; ; count++) {
  const generation = `${process.pid}-${count}`
  const { id } = await store.publish({ coverage: [], entities: entities(generation), edges: edges(generation), findings: [] })
  console.log(id)
  if (count % 3 === 2) await store.prune(2)
}
