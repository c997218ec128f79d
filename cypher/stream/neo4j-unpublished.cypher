// What writers that were killed have left. Only the holder of the lock may ask: what it finds is nobody's. Columns: id.
MATCH (n:PermiscopeSnapshot {published: false}) RETURN n.id AS id
