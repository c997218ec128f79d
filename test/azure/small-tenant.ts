import type { Asked, Reply } from './loopback-server.ts'
import { armReply } from './tenant-arm.ts'
import { graphReply } from './tenant-directory.ts'

export const smallTenant = (asked: Asked): Reply =>
  asked.path.startsWith('/v1.0/') ? graphReply(asked.path.slice('/v1.0/'.length), asked.query) : armReply(asked)
