// Notes a snapshot before anything of it is written, so that what a killed writer leaves can be found.
// Parameters: writer, snapshot, createdAt. Columns: id; no row where the lock is lost.
MATCH (:PermiscopeState {key: 'store', writer: $writer})
CREATE (n:PermiscopeSnapshot {id: $snapshot, createdAt: $createdAt, published: false})
RETURN n.id AS id
