import { describe, expect, it } from 'vitest'
import { ACCESS_LEVELS } from '../../../../src/domain/vocabulary.ts'
import { levelOf, levelsOf, secretOperation } from '../../../../src/policy/azure/index.ts'
import { builtInRoles } from '../built-in-roles.ts'

describe('the access level of an operation', () => {
  it.each([
    ['Microsoft.Compute/virtualMachines/read', 'READ_METADATA'],
    ['Microsoft.Compute/virtualMachines/write', 'MANAGE'],
    ['Microsoft.Compute/virtualMachines/runCommand/action', 'MANAGE'],
    ['Microsoft.Compute/virtualMachines/delete', 'DELETE'],
    ['Microsoft.Compute/virtualMachines/login/action', 'MANAGE'],
    ['Microsoft.Authorization/roleAssignments/write', 'GRANT'],
    ['Microsoft.Authorization/roleAssignments/read', 'READ_METADATA'],
    ['Microsoft.Authorization/locks/delete', 'DELETE'],
    ['Microsoft.KeyVault/vaults/accessPolicies/write', 'GRANT'],
    ['Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write', 'GRANT'],
    ['Microsoft.Storage/storageAccounts/listKeys/action', 'READ_SECRET'],
    ['Microsoft.OperationalInsights/workspaces/sharedKeys/read', 'READ_SECRET'],
    ['Microsoft.BotService/botServices/connections/listwithsecrets/write', 'READ_SECRET'],
    ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', 'READ_DATA'],
    ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write', 'WRITE_DATA'],
    ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete', 'DELETE'],
    ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/deleteBlobVersion/action', 'DELETE'],
    ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/modifyPermissions/action', 'GRANT'],
    ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/filter/action', 'READ_DATA'],
    ['Microsoft.KeyVault/vaults/secrets/getSecret/action', 'READ_SECRET'],
    ['Microsoft.KeyVault/vaults/secrets/setSecret/action', 'WRITE_DATA'],
    ['Microsoft.KeyVault/vaults/secrets/readMetadata/action', 'READ_METADATA'],
    ['Microsoft.KeyVault/vaults/secrets/purge/action', 'DELETE'],
    ['Microsoft.KeyVault/vaults/keys/decrypt/action', 'READ_DATA'],
    ['Microsoft.KeyVault/vaults/keys/sign/action', 'WRITE_DATA'],
    ['Microsoft.KeyVault/vaults/secrets/write', 'MANAGE'],
    ['Microsoft.ServiceBus/namespaces/queues/receive/action', 'READ_DATA'],
    ['Microsoft.ServiceBus/namespaces/queues/send/action', 'WRITE_DATA'],
    ['Microsoft.ContainerService/managedClusters/secrets/read', 'READ_SECRET'],
    ['Microsoft.ContainerService/managedClusters/rbac.authorization.k8s.io/roles/write', 'GRANT'],
  ])('%s: %s', (operation, level) => {
    expect(levelOf(operation)).toBe(level)
    expect(levelOf(operation.toUpperCase())).toBe(level)
  })

  it.skipIf(builtInRoles.length === 0)('is given for every operation of every built-in role, and reads are never writes', () => {
    for (const { permissions } of builtInRoles) {
      for (const { actions, dataActions } of permissions) {
        for (const action of actions) {
          expect(ACCESS_LEVELS).toContain(levelOf(action, false))
          if (/\/read$/i.test(action)) expect(['READ_METADATA', 'READ_SECRET'], action).toContain(levelOf(action, false))
        }
        for (const action of dataActions) {
          if (/\/read$/i.test(action)) expect(['READ_DATA', 'READ_SECRET', 'READ_METADATA'], action).toContain(levelOf(action, true))
          if (/\/delete$/i.test(action)) expect(['DELETE', 'GRANT'], action).toContain(levelOf(action, true))
        }
      }
    }
  })
})

describe('the levels that a pattern spans', () => {
  it.each([
    ['*', false, ['READ_METADATA', 'READ_SECRET', 'MANAGE', 'DELETE', 'GRANT']],
    ['*/read', false, ['READ_METADATA', 'READ_SECRET']],
    ['Microsoft.Network/*', false, ['READ_METADATA', 'MANAGE', 'DELETE']],
    ['Microsoft.Authorization/*', false, ['READ_METADATA', 'MANAGE', 'DELETE', 'GRANT']],
    ['Microsoft.Compute/virtualMachines/*/action', false, ['MANAGE']],
    ['Microsoft.Compute/virtualMachines/start/action', false, ['MANAGE']],
    ['Microsoft.ServiceBus/*/receive/action', true, ['WRITE_DATA']],
    ['Microsoft.KeyVault/vaults/secrets/*', true, ['READ_METADATA', 'READ_DATA', 'READ_SECRET', 'WRITE_DATA', 'DELETE']],
  ])('%s (data: %s)', (pattern, isData, expected) => {
    expect(levelsOf(pattern, isData)).toEqual(expected)
  })

  it.skipIf(builtInRoles.length === 0)('hold those of every operation that built-in roles name within it', () => {
    const named = [...new Set(builtInRoles.flatMap((role) => role.permissions.flatMap((block) => block.actions)))].filter(
      (action) => !action.includes('*'),
    )
    for (const pattern of [
      '*',
      '*/read',
      '*/action',
      'Microsoft.Storage/*',
      'Microsoft.Web/*',
      'Microsoft.*/delete',
      'Microsoft.DocumentDB/*',
      'Microsoft.Authorization/*/write',
    ]) {
      const [start = '', end = ''] = pattern.toLowerCase().split('*')
      const within = named.filter((action) => action.toLowerCase().startsWith(start) && action.toLowerCase().endsWith(end))
      const levels = levelsOf(pattern, false)
      expect(
        within.filter((action) => !levels.includes(levelOf(action, false))),
        pattern,
      ).toEqual([])
    }
  })
})

describe('control operations that hand out secrets', () => {
  it('say what they hand out, and which setting makes it useless', () => {
    expect(secretOperation('Microsoft.Storage/storageAccounts/LISTKEYS/action')).toMatchObject({
      unless: { property: 'allowSharedKeyAccess', value: false },
    })
    expect(secretOperation('Microsoft.DocumentDB/databaseAccounts/readonlykeys/action')).toMatchObject({
      unless: { property: 'disableLocalAuth', value: true },
    })
    expect(secretOperation('Microsoft.Storage/storageAccounts/read')).toBeUndefined()
  })

  it.each([
    'Microsoft.EventHub/namespaces/authorizationRules/listKeys/action',
    'Microsoft.ServiceBus/namespaces/queues/authorizationRules/listKeys/action',
    'Microsoft.Cache/redis/listKeys/action',
    'Microsoft.Search/searchServices/listAdminKeys/action',
    'Microsoft.CognitiveServices/accounts/listKeys/action',
    'Microsoft.ContainerRegistry/registries/listCredentials/action',
    'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
    'Microsoft.Web/sites/publishxml/action',
    'Microsoft.Web/sites/slots/publishxml/action',
    'Microsoft.Web/sites/config/list/action',
    'Microsoft.Web/sites/slots/config/list/action',
    'Microsoft.Web/sites/host/listkeys/action',
    'Microsoft.AppConfiguration/configurationStores/ListKeys/action',
    'Microsoft.Devices/IotHubs/listkeys/action',
    'Microsoft.Compute/disks/beginGetAccess/action',
    'Microsoft.Compute/snapshots/beginGetAccess/action',
  ])('%s', (operation) => {
    expect(secretOperation(operation)).toBeDefined()
  })

  it.skipIf(builtInRoles.length === 0)('are found in the built-in roles by more than their ending', () => {
    const named = new Set(builtInRoles.flatMap((role) => role.permissions.flatMap((block) => block.actions)).map((action) => action.toLowerCase()))
    const suspicious = [...named].filter((action) =>
      /list\w*(?:keys?|secrets?|credentials?|connectionstrings|sas)\/action$|sharedkeys\/|begingetaccess/.test(action),
    )
    const missed = suspicious.filter((action) => !action.includes('*') && secretOperation(action) === undefined)
    expect(suspicious).toHaveLength(46)
    expect(missed).toEqual([])
  })
})
