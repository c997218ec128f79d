import type { OutputPart } from './output.ts'
import { s3 } from './s3.ts'

/** Every service whose outputs are known: one file each. */
export const OUTPUT_PARTS: readonly OutputPart[] = [s3]
