import type { SnapshotInfo } from '../../graph/store.ts'
import type { SnapshotResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Snapshot: SnapshotResolvers = {
  ...fields<SnapshotInfo>()('id', 'createdAt', 'entities', 'edges', 'coverage'),
  current: async (snapshot, _, context) => (await context.store().current()) === snapshot.id,
  findings: (snapshot, _, context) => context.store().findings(snapshot.id),
}
