import type { SourceRecord } from '../../domain/facts.ts'
import type { Source } from '../source.ts'
import { finish } from './finish.ts'
import { ENTRA_KINDS, kindIdOf } from './kinds.ts'
import { acceptDocument, acceptElement, acceptMissing } from './reading.ts'
import { newState } from './state.ts'

/** Users, groups, applications, directory roles and permissions of a Microsoft Entra directory. docs/exports-entra.md. */
export const entra: Source = {
  kinds: [
    ...ENTRA_KINDS.map(({ operation, command, knownBy }) => ({ id: kindIdOf(operation), command, knownBy })),
    { id: 'entra/azurehound', command: 'azurehound list', knownBy: 'data, meta' },
  ],
  streams: (list) => list === 'data',
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
