import { describe, expect, it } from 'vitest'
import { createAzureCompiler, decide } from '../../../src/policy/azure/index.ts'

const compiler = createAzureCompiler()
const role = (actions: readonly string[], condition?: string) =>
  compiler.role({ id: 'r', permissions: [{ actions, ...(condition === undefined ? {} : { condition }) }] })

function ask(granted: ReturnType<typeof role>, action: string, locks: readonly object[] = []) {
  const assignment = compiler.assignment({ id: 'a', principalId: 'alice', roleDefinitionId: 'r', scope: '/subscriptions/s' }, () => granted)
  return decide({
    principal: { id: 'alice', groups: [] },
    action,
    isDataAction: false,
    resource: { id: '/subscriptions/s', ancestors: [] },
    context: { entries: new Map(), unknown: true },
    policies: { assignments: [assignment], locks: locks.flatMap((lock) => compiler.lock(lock) ?? []) },
  })
}

describe('a pattern of operations', () => {
  it('is not denied where two patterns of a condition together let some of it pass', () => {
    const granted = role(['*'], "ActionMatches{'*/delete'} AND ActionMatches{'Microsoft.Storage/*'}")
    const { effect, parts } = ask(granted, '*')
    expect(effect).toBe('CONDITIONAL')
    expect(parts).toContainEqual({ resource: '/subscriptions/s', action: 'microsoft.storage/*/delete', effect: 'ALLOW' })
  })

  it('holds the operation whose type the one pattern and whose verb the other names', () => {
    const { parts } = ask(role(['*'], "!(ActionMatches{'*/read'} AND ActionMatches{'Microsoft.Storage/storageAccounts/*'})"), '*')
    expect(parts).toContainEqual({ resource: '/subscriptions/s', action: 'microsoft.storage/storageaccounts/read', effect: 'DENY' })
  })

  it('of deletions is not wholly denied by a lock, which may be taken off', () => {
    const { effect, parts } = ask(role(['*']), '*/delete', [{ id: 'l', scope: '/subscriptions/s', level: 'CanNotDelete' }])
    expect(effect).toBe('CONDITIONAL')
    expect(parts).toContainEqual({ resource: '/subscriptions/s', action: 'microsoft.authorization/locks/delete', effect: 'ALLOW' })
  })
})
