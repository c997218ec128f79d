import { describe, expect, it } from 'vitest'
import { planeOf } from '../../../../src/policy/azure/index.ts'
import { builtInRoles } from '../built-in-roles.ts'

function operations(...kinds: readonly ('actions' | 'notActions' | 'dataActions' | 'notDataActions')[]): readonly string[] {
  const all = builtInRoles.flatMap((role) => role.permissions.flatMap((block) => kinds.flatMap((kind) => block[kind])))
  return [...new Set(all.map((operation) => operation.toLowerCase()))].filter((operation) => !operation.includes('*'))
}

describe('whether an operation is one on data', () => {
  it.each([
    ['microsoft.storage/storageaccounts/blobservices/containers/blobs/read', 'DATA'],
    ['microsoft.storage/storageaccounts/blobservices/containers/read', 'CONTROL'],
    ['microsoft.storage/storageaccounts/listkeys/action', 'CONTROL'],
    ['microsoft.keyvault/vaults/write', 'CONTROL'],
    ['microsoft.keyvault/vaults/secrets/write', 'CONTROL'],
    ['microsoft.keyvault/vaults/secrets/read', 'CONTROL'],
    ['microsoft.keyvault/vaults/secrets/getsecret/action', 'DATA'],
    ['microsoft.keyvault/vaults/accesspolicies/write', 'CONTROL'],
    ['microsoft.servicebus/namespaces/queues/send/action', 'DATA'],
    ['microsoft.servicebus/namespaces/queues/write', 'CONTROL'],
    ['microsoft.compute/virtualmachines/login/action', 'DATA'],
    ['microsoft.compute/virtualmachines/start/action', 'CONTROL'],
    ['microsoft.cognitiveservices/accounts/listkeys/action', 'CONTROL'],
    ['microsoft.experimentation/experimentworkspaces/read', 'UNKNOWN'],
    ['contoso.things/boxes/read', 'UNKNOWN'],
  ])('%s: %s', (operation, plane) => {
    expect(planeOf(operation)).toBe(plane)
  })

  it.skipIf(builtInRoles.length === 0)('is known of all data operations that built-in roles name, but those that the control plane has too', () => {
    const data = operations('dataActions', 'notDataActions')
    expect(data).toHaveLength(848)
    expect(data.filter((operation) => planeOf(operation) === 'CONTROL')).toEqual([])
    expect(data.filter((operation) => planeOf(operation) === 'UNKNOWN')).toHaveLength(12)
  })

  it.skipIf(builtInRoles.length === 0)('is said of no control operation that built-in roles name', () => {
    const control = operations('actions', 'notActions')
    expect(control).toHaveLength(3173)
    expect(control.filter((operation) => planeOf(operation) === 'DATA')).toEqual([])
  })
})
