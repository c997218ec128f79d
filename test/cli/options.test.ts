import { describe, expect, it } from 'vitest'
import type { ContextEntry } from '../../src/cli/options.ts'
import { contextEntry } from '../../src/cli/options.ts'

const given = (...texts: readonly string[]): readonly ContextEntry[] =>
  texts.reduce<readonly ContextEntry[] | undefined>((before, text) => contextEntry(text, before), undefined) ?? []

describe('--context', () => {
  it('splits at the first equals sign', () => {
    expect(given('aws:PrincipalTag/a=b=c')).toEqual([{ key: 'aws:PrincipalTag/a', values: ['b=c'] }])
  })

  it('gathers the values of a key that is given again', () => {
    expect(given('k=1', 'l=x', 'k=2')).toEqual([
      { key: 'l', values: ['x'] },
      { key: 'k', values: ['1', '2'] },
    ])
  })

  it('without a value says that the key is absent', () => {
    expect(given('aws:SourceIp=')).toEqual([{ key: 'aws:SourceIp', values: [] }])
  })

  it('refuses what is no key=value', () => {
    expect(() => given('novalue')).toThrow(/key=value/)
    expect(() => given('=value')).toThrow(/key=value/)
  })
})
