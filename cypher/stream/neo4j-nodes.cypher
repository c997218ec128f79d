// The entities of a snapshot. `n.id IS NOT NULL` holds for all, and lets the index be used.
// Parameters: snapshot. Columns: labels, properties.
MATCH (n:Entity {snapshot: $snapshot}) WHERE n.id IS NOT NULL RETURN labels(n) AS labels, properties(n) AS properties
