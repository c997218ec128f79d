import { expect, test } from 'vitest'
import { ENTRA_KINDS, type EntraKind } from '../../../src/sources/entra/kinds.ts'
import { collect, newFolder, serve } from '../azure/collecting.ts'
import { read } from '../reading.ts'

test('what is collected from Microsoft Graph is read whole: every listing, without a finding', async () => {
  const out = await newFolder()
  await collect(await serve(), out)
  const { findings, coverages, entities, arrows } = await read(out)
  const ofEntra = coverages.filter(({ provider }) => provider === 'entra')
  expect(findings.filter(({ file, coverage }) => file.includes('/graph/') || coverage?.startsWith('entra:') === true)).toEqual([])
  expect(ofEntra.filter(({ complete }) => !complete)).toEqual([])
  const kinds: readonly EntraKind[] = ENTRA_KINDS
  expect(ofEntra.map(({ id }) => id.split(':')[1]).sort()).toEqual(
    kinds
      .filter(({ ofSubscription }) => ofSubscription !== true)
      .map(({ part }) => part)
      .sort(),
  )
  const groups = new Set(entities.filter(({ kind }) => kind === 'EntraGroup').map(({ id }) => id))
  const listed = new Set(entities.filter(({ properties }) => properties.membersListed === true).map(({ id }) => id))
  expect(groups.size).toBeGreaterThan(0)
  expect(listed).toEqual(groups)
  expect(arrows.some((arrow) => arrow.includes(' MEMBER_OF '))).toBe(true)
})
