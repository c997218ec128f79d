// Takes snapshots off the list before their nodes are deleted.
// Parameters: writer, snapshots (ids). Columns: id; no row where the lock is lost.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
MATCH (n:PermiscopeSnapshot) WHERE n.id IN $snapshots AND n.id <> state.current
SET n.published = false
RETURN n.id AS id
