import { iamCredentials } from './iam-credentials.ts'
import { kms } from './kms.ts'
import { organizations } from './organizations.ts'
import { ec2 } from './ec2.ts'
import type { OutputPart } from './output.ts'
import { s3 } from './s3.ts'
import { s3control } from './s3control.ts'

/** Every service whose outputs are known: one file each. */
export const OUTPUT_PARTS: readonly OutputPart[] = [iamCredentials, s3, s3control, kms, organizations, ec2]
