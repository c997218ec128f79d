import { describe, expect, it } from 'vitest'
import { bindAddress, serverUrl } from '../../src/api/bind-address.ts'

describe('the address to listen on', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('may be loopback: %s', (host) => {
    expect(bindAddress(host, {})).toBe(host)
  })

  it.each(['0.0.0.0', '::', '10.0.0.1', '192.168.1.5', '127.0.0.1.example.com', '127.evil.example', '', '::ffff:10.0.0.1', '1270.0.0.1'])(
    'may be nothing that others reach: %j',
    (host) => {
      expect(() => bindAddress(host, {})).toThrow(/no authentication/)
      expect(() => bindAddress(host, { PERMISCOPE_CONTAINER: '0' })).toThrow(/no authentication/)
      expect(bindAddress(host, { PERMISCOPE_CONTAINER: '1' })).toBe(host)
    },
  )

  it('is shown as something that can be opened', () => {
    expect(serverUrl('0.0.0.0', 80)).toBe('http://127.0.0.1:80')
    expect(serverUrl('::1', 4400)).toBe('http://[::1]:4400')
  })
})
