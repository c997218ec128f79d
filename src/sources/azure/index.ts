import type { SourceRecord } from '../../domain/facts.ts'
import type { Source } from '../source.ts'
import { finish } from './finish.ts'
import { AZURE_KINDS, kindIdOf } from './kinds.ts'
import { acceptDocument, acceptElement, acceptMissing, isRowList } from './reading.ts'
import { newState } from './state.ts'

/** Azure Resource Manager: scopes, resources, roles, who holds them where, and what takes away. The directory is another source's. */
export const azure: Source = {
  kinds: [
    ...AZURE_KINDS.map(({ operation, command, knownBy }) => ({ id: kindIdOf(operation), command, knownBy })),
    { id: 'azure/resource-graph', command: 'az graph query', knownBy: 'count, data, total_records' },
    { id: 'azure/azurehound', command: 'azurehound list', knownBy: 'data, meta' },
  ],
  streams: isRowList,
  open: () => {
    const state = newState()
    return {
      element: (element) => acceptElement(state, element),
      document: (document) => acceptDocument(state, document),
      missing: (answer) => acceptMissing(state, answer),
      brokeOff: (file) => {
        state.broken.add(file)
      },
      finish: (): Iterable<SourceRecord> => finish(state),
    }
  },
}
