import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FindingFact } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'

export interface FoundFile {
  /** As the user named it, with `/` between folders below that. */
  readonly path: string
  readonly size: number
}

/**
 * Files named, and those within folders named: sorted, so that what is read doesn't depend on the file system. Within folders hidden files
 * and notes (.md) are passed over; a file that is named itself is always read. Links are followed, each folder is read once.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<FoundFile | FindingFact> {
  const seen = new Set<string>()
  for (const path of paths) yield* visit(path, seen, true)
}

async function* visit(path: string, seen: Set<string>, named: boolean): AsyncGenerator<FoundFile | FindingFact> {
  let names: readonly string[]
  try {
    const info = await stat(path, { bigint: true })
    if (!info.isDirectory()) {
      // Pipes and devices are read only where they are meant: `<(…)` is a pipe.
      if (named || info.isFile()) yield { path, size: Number(info.size) }
      return
    }
    const identity = `${info.dev}:${info.ino}`
    if (seen.has(identity)) return
    seen.add(identity)
    names = await readdir(path)
  } catch (error) {
    yield fileFinding('FILE_UNREADABLE', path, '', reasonOf(error))
    return
  }
  for (const name of [...names].sort()) if (!isPassedOver(name)) yield* visit(join(path, name), seen, false)
}

/** @param name path within a folder or archive */
export const isPassedOver = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX') || name.endsWith('.md')

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder.',
  EACCES: 'There is no permission to read it.',
  EPERM: 'There is no permission to read it.',
  ELOOP: 'It is a link that leads in a circle.',
}

/** Why the system could not read a file, for people. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'an unknown error'
  return REASONS[code] ?? `The system could not read it (${code}).`
}
