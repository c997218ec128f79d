// Writes findings with their position.
// Parameters: writer, snapshot, rows (properties of the findings). Columns: created; 0 where the lock is lost.
MATCH (:PermiscopeState {key: 'store', writer: $writer})
UNWIND $rows AS row
CREATE (n:Finding {snapshot: $snapshot})
SET n += row
RETURN count(n) AS created
