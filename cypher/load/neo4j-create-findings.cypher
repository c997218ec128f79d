// Writes findings with their position.
// Parameters: writer, snapshot, rows (properties of the findings). Columns: created; 0 where the lock is lost.
// Setting the heartbeat locks the state node: whoever takes the lock over waits until this batch is in, and then finds all of it.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
SET state.heartbeat = timestamp()
WITH state
UNWIND $rows AS row
CREATE (n:Finding {snapshot: $snapshot})
SET n += row
RETURN count(n) AS created
