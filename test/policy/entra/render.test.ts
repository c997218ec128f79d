import { describe, expect, it } from 'vitest'
import { renderDirectoryCondition, renderDirectoryReason } from '../../../src/policy/entra/index.ts'
import { ADD_SECRET, ALICE, ask, assigned, BOB, directoryRole, RESET } from './ask.ts'

const helpdesk = directoryRole('729827e3-9c14-49f7-bb1b-9608f156bbb8', RESET)
const appAdmin = directoryRole('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', ADD_SECRET)

describe('in words', () => {
  it('conditions name what is not known', () => {
    const { conditions = { and: [] } } = ask({
      action: RESET,
      notKnown: ['roles', 'isProtected'],
      roles: [helpdesk],
      assignments: [assigned(helpdesk)],
    })
    expect(renderDirectoryCondition(conditions)).toEqual([
      `it is not so that ${BOB} is protected by a role-assignable group or a unit with restricted management`,
      `it is not so that ${BOB} holds a directory role`,
    ])
  })

  it('alternatives are joined', () => {
    const { conditions = { and: [] } } = ask({
      action: ADD_SECRET,
      target: { id: 'app', kind: 'Application' },
      notKnown: ['owners'],
      assignments: [assigned(appAdmin)],
    })
    expect(renderDirectoryCondition(conditions)).toEqual([`role ${appAdmin.id}, whose definition was not loaded, grants it or ${ALICE} owns app`])
  })

  it('reasons say what would have to change', () => {
    expect(ask({ action: RESET }).because.map(renderDirectoryReason)).toEqual([
      'No directory role, ownership or application permission of the principal grants it. Assign a role that does.',
    ])
  })
})
