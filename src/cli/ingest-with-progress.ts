import type { FindingFact } from '../domain/facts.ts'
import type { GraphStore } from '../graph/store.ts'
import type { IngestReport } from '../operations/answers.ts'
import type { IngestOptions } from '../operations/ingest.ts'
import { say } from './messages.ts'
import type { CommonOptions } from './options.ts'

/** Ingests with a bar on a terminal, and says every finding: file, place, reason. */
export async function ingestWithProgress(
  store: GraphStore,
  paths: readonly string[],
  options: CommonOptions & Pick<IngestOptions, 'replace' | 'keep'>,
): Promise<IngestReport> {
  const { ingest } = await import('../operations/ingest.ts')
  const bar = await progressBar(options)
  const { replace, keep } = options
  try {
    return sayFindings(
      await ingest(store, paths, {
        ...(replace !== undefined && { replace }),
        ...(keep !== undefined && { keep }),
        ...(bar && { onProgress: bar.show }),
      }),
    )
  } finally {
    bar?.stop()
  }
}

interface Bar {
  readonly show: (progress: { readonly file: string; readonly bytesRead: number; readonly bytesTotal: number }) => void
  readonly stop: () => void
}

async function progressBar(options: CommonOptions): Promise<Bar | undefined> {
  if (options.quiet === true || !process.stderr.isTTY) return undefined
  const { Presets, SingleBar } = await import('cli-progress')
  const bar = new SingleBar(
    { format: 'reading {bar} {percentage}% {file}', clearOnComplete: true, hideCursor: true, stream: process.stderr },
    Presets.legacy,
  )
  bar.start(1, 0, { file: '' })
  return {
    show({ file, bytesRead, bytesTotal }) {
      bar.setTotal(Math.max(1, bytesTotal))
      bar.update(bytesRead, { file })
    },
    stop: () => bar.stop(),
  }
}

function sayFindings(report: IngestReport): IngestReport {
  for (const finding of report.findings) say(findingLine(finding))
  return report
}

function findingLine({ severity, file, place, message, code }: FindingFact): string {
  return `${severity}: ${file}${place === '' ? '' : `: ${place}`}: ${message} (${code})`
}
