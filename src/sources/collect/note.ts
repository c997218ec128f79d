import type { FileNote } from '../source.ts'

/** What a call is about, as a bundle says it. */
export interface Note extends FileNote {
  readonly kind: string
}

export const keyOf = ({ kind, account, region, tenant, subscription, subject }: Note): string =>
  [kind, account ?? tenant ?? '', region ?? subscription ?? '', subject ?? ''].join(' ')
