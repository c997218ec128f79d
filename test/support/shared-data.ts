import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Real data beside the checkout; it is not part of the project. */
const folder = join(import.meta.dirname, '../../../shared/data')

/** Path of a shared data file, or undefined where it isn't there (a plain clone): tests then skip and say so. */
export function sharedData(path: string): string | undefined {
  const file = join(folder, path)
  if (existsSync(file)) return file
  console.warn(`skipped: shared/data/${path} is not beside this checkout`)
  return undefined
}
