// Writes edges of one kind between two labels.
// Filled in: KIND, FROM, TO. Parameters: writer, snapshot, rows (from, to, coverage). Columns: created; fewer than rows where an end is not there.
// Setting the heartbeat locks the state node: whoever takes the lock over waits until this batch is in, and then finds all of it.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
SET state.heartbeat = timestamp()
WITH state
UNWIND $rows AS row
MATCH (a:Entity {snapshot: $snapshot, id: row.from})
MATCH (b:Entity {snapshot: $snapshot, id: row.to})
WHERE a:__FROM__ AND b:__TO__
CREATE (a)-[e:__KIND__]->(b)
SET e.coverage = row.coverage
RETURN count(e) AS created
