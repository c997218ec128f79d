import { expect, test } from 'vitest'
import { factsOf, folderOf, read } from '../reading.ts'
import { APP, cliAssignment, cliResource, group, place, PROD, reader } from './rows.ts'

const RG = group(PROD, 'rg1')
const VM = `${RG}/providers/Microsoft.Compute/virtualMachines/web1`
const UAMI = `${RG}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy`

test('a whole estate says the same in any order, twice, and as a bundle of pages', async () => {
  const vm = cliResource(VM, { identity: { principalId: APP, type: 'SystemAssigned' } })
  const parts: readonly (readonly [string, readonly object[]])[] = [
    ['role-assignments', [cliAssignment({ scope: RG }), cliAssignment({ scope: '/', number: 2 })]],
    ['role-definitions', [reader]],
    ['resources', [vm, cliResource(UAMI)]],
    ['resource-groups', [{ id: RG, name: 'rg1', location: 'x', type: 'Microsoft.Resources/resourceGroups' }]],
  ]
  const whole = Object.fromEntries(parts.map(([operation, rows]) => [place(operation), rows]))
  const paged = Object.fromEntries(
    parts.flatMap(([operation, rows]) =>
      rows.map((row, index) => [place(operation).replace('.json', `.${String(rows.length - index).padStart(4, '0')}.json`), { value: [row] }]),
    ),
  )
  const expected = factsOf(await read(await folderOf(whole)))
  expect(expected.length).toBeGreaterThan(15)
  expect(factsOf(await read(await folderOf({ ...paged, ...Object.fromEntries(Object.entries(whole).reverse()) })))).toEqual(expected)
  expect(factsOf(await read(await folderOf(paged)))).toEqual(expected)
})
