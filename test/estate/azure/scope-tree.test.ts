import { describe, expect, it } from 'vitest'
import type { GraphFact } from '../../../src/domain/facts.ts'
import { createScopeTree } from '../../../src/estate/azure/scope-tree.ts'
import { isArmId } from '../../../src/estate/azure/target.ts'
import { buildGraph } from '../../../src/estate/graph.ts'
import { entity, TENANT } from '../../operations/azure-facts.ts'

const group = (name: string): string => `/providers/microsoft.management/managementgroups/${name}`
const SUB = '/subscriptions/s'

async function treeOf(parents: Readonly<Record<string, string>>) {
  const ids = [...new Set(Object.entries(parents).flat())]
  const places = ids.map((id) => entity(id === TENANT ? 'EntraTenant' : id === SUB ? 'Subscription' : 'ManagementGroup', id, id))
  const edges = Object.entries(parents).map(([child, parent]): GraphFact => ({
    record: 'edge',
    kind: 'CONTAINS',
    from: { label: 'Scope', id: parent },
    to: { label: 'Scope', id: child },
    coverage: ['x'],
  }))
  return createScopeTree(await buildGraph([...places, ...edges]))
}

describe('the tree of management groups', () => {
  it('is whole where it leads to the tenant', async () => {
    const tree = await treeOf({ [SUB]: group('a'), [group('a')]: group('root'), [group('root')]: TENANT })
    expect(tree.above(`${SUB}/resourceGroups/x`)).toEqual({ known: [group('root'), group('a')], isWhole: true })
    expect(tree.above(group('a'))).toEqual({ known: [group('root')], isWhole: true })
    expect(tree.above(group('root'))).toEqual({ known: [], isWhole: true })
  })

  it('is whole where its outermost group has the name of a tenant', async () => {
    const tree = await treeOf({ [SUB]: group(TENANT), x: TENANT })
    expect(tree.above(SUB)).toEqual({ known: [group(TENANT)], isWhole: true })
  })

  it('that breaks off, or turns in a circle, is not', async () => {
    expect((await treeOf({ [SUB]: group('a') })).above(SUB)).toEqual({ known: [group('a')], isWhole: false })
    expect((await treeOf({ [SUB]: group('a'), [group('a')]: group('b'), [group('b')]: group('a') })).above(SUB).isWhole).toBe(false)
  })

  it('has nothing above the root and what lies in no subscription', async () => {
    const tree = await treeOf({ [SUB]: group('a') })
    expect(tree.above('/')).toEqual({ known: [], isWhole: true })
    expect(tree.above('/providers/Microsoft.Billing/billingAccounts/x')).toEqual({ known: [], isWhole: true })
  })
})

describe('an id of Azure Resource Manager', () => {
  it.each([
    '/',
    '/subscriptions/22222222-0000-4000-8000-000000000001',
    '/SUBSCRIPTIONS/s/',
    '/subscriptions/s/resourceGroups/rg',
    '/subscriptions/s/providers/Microsoft.Authorization/policyDefinitions/p',
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c/blobs/a/b c.txt',
    '/providers/Microsoft.Management/managementGroups/mg',
  ])('is %s', (id) => expect(isArmId(id)).toBe(true))

  it.each([
    '',
    'subscriptions/s',
    '/subscriptions',
    '/subscriptions/s/resourceGroups',
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage',
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts',
    '/subscriptions/s/other/x',
    '/etc/passwd',
    '/subscriptions//resourceGroups/x',
  ])('is not %s', (id) => expect(isArmId(id)).toBe(false))
})
