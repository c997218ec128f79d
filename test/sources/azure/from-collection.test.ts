import { expect, test } from 'vitest'
import { IDENTITY, PLATFORM, SUBSCRIPTION } from '../../azure/tenant-ids.ts'
import { collect, newFolder, serve } from './collecting.ts'
import { read } from '../reading.ts'

test('what is collected from Azure is read whole: every listing, where it says that it lies, without a finding', async () => {
  const out = await newFolder()
  await collect(await serve(), out)
  const { findings, coverages, arrows, entities } = await read(out)
  const ofAzure = coverages.filter(({ provider }) => provider === 'azure')
  expect(findings.filter(({ file, coverage }) => file.includes('/arm/') || coverage?.startsWith('azure:') === true)).toEqual([])
  expect(ofAzure.filter(({ complete }) => !complete)).toEqual([])
  const parts = new Set(ofAzure.map(({ id }) => id.split(/[:/]/)[1]))
  expect([...parts].sort()).toEqual([
    'classic-administrators',
    'deny-assignments',
    'identities',
    'identity-federated-credentials',
    'locks',
    'management-groups',
    'pim',
    'pim-assignments',
    'registrations',
    'resource-groups',
    'resources',
    'role-assignments',
    'role-definitions',
    'subscriptions',
    'vaults',
  ])
  const kinds = new Set(entities.filter(({ label }) => label === 'Grant').map(({ kind }) => kind))
  expect([...kinds]).toEqual(
    expect.arrayContaining(['AzureRoleAssignment', 'AzureRoleEligibility', 'KeyVaultAccessPolicy', 'LighthouseAuthorization']),
  )
  expect(arrows).toContain(`${PLATFORM.toLowerCase()} CONTAINS /subscriptions/${SUBSCRIPTION}`)
  expect(arrows.some((arrow) => arrow.endsWith(`/virtualmachines/worker CAN_AUTHENTICATE_AS ${IDENTITY}`))).toBe(true)
})
