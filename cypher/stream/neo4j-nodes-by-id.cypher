// The entities of a snapshot that have one of these ids.
// Parameters: snapshot, ids. Columns: labels, properties.
UNWIND $ids AS wanted
MATCH (n:Entity {snapshot: $snapshot, id: wanted})
RETURN labels(n) AS labels, properties(n) AS properties
