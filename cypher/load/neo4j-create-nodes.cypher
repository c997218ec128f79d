// Writes nodes of one label.
// Filled in: LABEL. Parameters: writer, snapshot, rows (properties of the nodes). Columns: created; 0 where the lock is lost.
MATCH (:PermiscopeState {key: 'store', writer: $writer})
UNWIND $rows AS row
CREATE (n:Entity:__LABEL__ {snapshot: $snapshot})
SET n += row
RETURN count(n) AS created
