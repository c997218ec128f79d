import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Which top folders of src each may import, besides itself. design.md §3. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  policy: ['domain'],
  techniques: ['domain'],
  sources: ['domain'],
  graph: ['domain'],
  estate: ['domain', 'policy', 'techniques', 'graph'],
  operations: ['domain', 'policy', 'techniques', 'sources', 'graph', 'estate'],
  api: ['domain', 'operations', 'estate', 'graph'],
  cli: ['domain', 'operations', 'estate', 'graph', 'api'],
  web: [],
}

/** Composition roots put everything together and may import anything. */
const ROOTS = ['api/server.ts', 'cli/main.ts']

const source = join(import.meta.dirname, '../../src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

export function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
}

describe('imports', () => {
  it('go one way: domain ← policy, techniques, sources, graph ← estate ← operations ← api, cli', () => {
    const broken = files
      .filter((file) => !ROOTS.includes(file))
      .flatMap((file) => {
        const [folder = ''] = file.split('/')
        return importsOf(readFileSync(join(source, file), 'utf8'))
          .map((target) => relative(source, join(source, dirname(file), target)))
          .filter((target) => !target.startsWith('..') && !target.startsWith(`${folder}/`))
          .filter((target) => !(MAY_IMPORT[folder] ?? []).includes(target.split('/')[0] ?? ''))
          .map((target) => `${file} imports ${target}`)
      })
    expect(broken).toEqual([])
  })

  it('are found whether static, dynamic or for types only', () => {
    expect(importsOf(`import a from './a.ts'\nimport type { B } from '../b.ts'\nconst c = await import('./c.ts')\nexport * from './d.ts'`)).toEqual([
      './a.ts',
      '../b.ts',
      './c.ts',
      './d.ts',
    ])
  })

  it('of every folder in src have a rule', () => {
    expect(files.map((file) => file.split('/')[0] ?? '').filter((folder) => !(folder in MAY_IMPORT))).toEqual([])
  })

  it('of sources stay within their provider', () => {
    const providers = new Set(files.filter((file) => /^sources\/[^/]+\/collect\.ts$/.test(file)).map((file) => file.split('/')[1] ?? ''))
    const crossing = files
      .filter((file) => providers.has(file.split('/')[1] ?? '') && file.startsWith('sources/'))
      .flatMap((file) =>
        importsOf(readFileSync(join(source, file), 'utf8'))
          .map((target) => relative(source, join(source, dirname(file), target)).split('/'))
          .filter(([top, provider]) => top === 'sources' && providers.has(provider ?? '') && provider !== file.split('/')[1])
          .map((target) => `${file} imports ${target.join('/')}`),
      )
    expect(crossing).toEqual([])
  })

  it('keep the provider SDKs to collectors', () => {
    const using = files.filter((file) => /from '@(aws-sdk|azure)\//.test(readFileSync(join(source, file), 'utf8')))
    expect(using.filter((file) => !/^sources\/[^/]+\/(collect|collect\/.*)\.ts$|^sources\/[^/]+\/collect/.test(file))).toEqual([])
  })
})
