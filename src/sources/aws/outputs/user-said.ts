import { properties, type Mapped } from '../map/facts.ts'
import type { SaidRank } from '../users-said.ts'
import type { About } from './output.ts'
import type { Said } from './records.ts'

interface Somebody {
  readonly name: string
  /** Left out where the output doesn't name it. */
  readonly arn?: string
}

/** What an output says of a user; its ARN is looked up when all was read. */
export const userSaid = ({ name: user, arn }: Somebody, said: Said, rank: SaidRank, about: About): Mapped => {
  const { account, coverage, file, place } = about
  const open = { account, name: user, properties: properties(said), rank, coverage, at: { file, place }, ...(arn === undefined ? {} : { arn }) }
  return { records: [], open: [{ open: 'user', said: open }] }
}
