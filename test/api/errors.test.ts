import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { spokenError, statusOf } from '../../src/api/errors.ts'
import { ERRORS, PermiscopeError } from '../../src/domain/errors.ts'

const thrown = (cause: Error) => new GraphQLError(cause.message, { originalError: cause, path: ['whoCanReach'] })

describe('an error of the API', () => {
  it('carries code and details of what went wrong', () => {
    const error = spokenError(thrown(new PermiscopeError('AMBIGUOUS_NAME', 'two fit', { candidates: ['a', 'b'] })))
    expect(error).toMatchObject({
      message: 'two fit',
      path: ['whoCanReach'],
      extensions: { code: 'AMBIGUOUS_NAME', details: { candidates: ['a', 'b'] } },
    })
    expect(statusOf([error])).toBe(ERRORS.AMBIGUOUS_NAME.status)
  })

  it('says nothing of what happened inside when it is a fault of Permiscope', () => {
    for (const cause of [new TypeError('secret s3cr3t'), new PermiscopeError('INTERNAL', 'secret s3cr3t', { document: 's3cr3t' })]) {
      const error = spokenError(thrown(cause))
      expect(error.extensions.code).toBe('INTERNAL')
      expect(JSON.stringify(error)).not.toContain('s3cr3t')
      expect(statusOf([error])).toBe(500)
    }
  })

  it('is wrong usage where the query itself is wrong', () => {
    expect(spokenError(new GraphQLError('Cannot query field "x"')).extensions.code).toBe('BAD_USAGE')
  })
})
