/**
 * Refuses licences that Permiscope must not ship. Looks at every package that `npm install --omit=dev` brings, by what its package.json says.
 * Run by `npm run check`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'ISC',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
  'Zlib',
])

interface Locked {
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly license?: string
  readonly link?: boolean
}

const root = join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> }

function licenceOf(path: string, locked: Locked): string {
  const file = join(root, path, 'package.json')
  if (!existsSync(file)) return locked.license ?? 'unknown'
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as { license?: string | { type?: string }; licenses?: { type?: string }[] }
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? locked.license ?? 'unknown'
}

/** `(MIT OR GPL-2.0)` may be taken as MIT; `MIT AND GPL-2.0` may not. */
function isAllowed(licence: string): boolean {
  const alternatives = licence.replaceAll(/[()]/g, '').split(/\s+OR\s+/)
  return alternatives.some((one) => one.split(/\s+AND\s+/).every((part) => ALLOWED.has(part.trim())))
}

const shipped = Object.entries(lock.packages).filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
const refused = shipped.map(([path, locked]) => [path, licenceOf(path, locked)] as const).filter(([, licence]) => !isAllowed(licence))
for (const [path, licence] of refused) console.error(`licence not allowed: ${path}: ${licence}`)
if (refused.length > 0) process.exit(1)
console.error(`licences of ${shipped.length} shipped packages: allowed`)
