// Writes nodes of one label.
// Filled in: LABEL. Parameters: writer, snapshot, rows (properties of the nodes). Columns: created; 0 where the lock is lost.
// Setting the heartbeat locks the state node: whoever takes the lock over waits until this batch is in, and then finds all of it.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
SET state.heartbeat = timestamp()
WITH state
UNWIND $rows AS row
CREATE (n:Entity:__LABEL__ {snapshot: $snapshot})
SET n += row
RETURN count(n) AS created
