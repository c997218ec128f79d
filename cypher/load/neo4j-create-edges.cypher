// Writes edges of one kind between two labels.
// Filled in: KIND, FROM, TO. Parameters: writer, snapshot, rows (from, to, coverage). Columns: created; fewer than rows where an end is not there.
MATCH (:PermiscopeState {key: 'store', writer: $writer})
UNWIND $rows AS row
MATCH (a:Entity {snapshot: $snapshot, id: row.from})
MATCH (b:Entity {snapshot: $snapshot, id: row.to})
WHERE a:__FROM__ AND b:__TO__
CREATE (a)-[e:__KIND__]->(b)
SET e.coverage = row.coverage
RETURN count(e) AS created
