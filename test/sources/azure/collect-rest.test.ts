import { describe, expect, test } from 'vitest'
import { openArm, rowsOfGraph } from '../../../src/sources/azure/collect/clients.ts'
import { kept } from '../../../src/sources/microsoft/collect/caller.ts'
import { openRest } from '../../../src/sources/microsoft/collect/rest.ts'
import { credentialOf, serve } from './collecting.ts'

const AUDIENCE = 'https://management.azure.com'
const MILLISECONDS = 100

describe('an answer that begins and does not go on', () => {
  test.each(['a plain call', 'Resource Graph'])('is asked for again (%s)', async (which) => {
    const server = await serve(({ index }) => (index === 0 ? { stall: { rows: [{ id: 'a' }, { id: 'b' }] } } : { rows: [{ id: 'a' }] }))
    const rest = openRest(server.endpoint, AUDIENCE, credentialOf({}), MILLISECONDS)
    const { signal } = new AbortController()
    const answer =
      which === 'a plain call'
        ? await rest.get('/subscriptions?api-version=2022-12-01', signal)
        : await rowsOfGraph(openArm(rest).resourceGraph, { query: 'resources', subscription: 'one', next: undefined, signal })
    expect(Object.values(answer)).toContainEqual([{ id: 'a' }])
    expect(server.asked).toHaveLength(2)
  })
})

describe('tokens', () => {
  const counting = (lifetime: number) => {
    const asked: string[] = []
    const credential = kept({
      getToken: (scopes) => {
        asked.push([scopes].flat().join(' '))
        return Promise.resolve({ token: `${asked.length}`, expiresOnTimestamp: Date.now() + lifetime })
      },
    })
    return { asked, credential }
  }

  test('are looked for once for each API, however many ask at the same time', async () => {
    const { asked, credential } = counting(3_600_000)
    await Promise.all(['arm', 'graph', 'arm', 'arm'].map((scope) => credential.getToken(scope)))
    await credential.getToken(['arm'])
    expect(asked).toEqual(['arm', 'graph'])
  })

  test('are looked for anew shortly before they end, and where Azure wants more to be proven', async () => {
    const short = counting(60_000)
    await short.credential.getToken('arm')
    await short.credential.getToken('arm')
    const long = counting(3_600_000)
    await long.credential.getToken('arm')
    await long.credential.getToken('arm', { claims: 'of a challenge' })
    expect([short.asked.length, long.asked.length]).toEqual([2, 2])
  })

  test('that could not be had are looked for again', async () => {
    let tries = 0
    const credential = kept({
      getToken: () => {
        tries += 1
        return tries === 1 ? Promise.reject(new Error('busy')) : Promise.resolve({ token: 'late', expiresOnTimestamp: Date.now() + 3_600_000 })
      },
    })
    await expect(credential.getToken('arm')).rejects.toThrow('busy')
    expect((await credential.getToken('arm'))?.token).toBe('late')
  })
})
