// The one step by which a snapshot comes to be served.
// Parameters: writer, snapshot, coverage (JSON), entities, edges, findings. Columns: current; no row where the lock is lost.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
MATCH (n:PermiscopeSnapshot {id: $snapshot})
SET n.published = true, n.coverage = $coverage, n.entities = toInteger($entities), n.edges = toInteger($edges), n.findings = toInteger($findings)
SET state.current = n.id
RETURN state.current AS current
