// The edges of a snapshot.
// Parameters: snapshot. Columns: kind, fromLabels, from, toLabels, to, coverage.
MATCH (a:Entity {snapshot: $snapshot})-[e]->(b:Entity) WHERE a.id IS NOT NULL
RETURN type(e) AS kind, labels(a) AS fromLabels, a.id AS from, labels(b) AS toLabels, b.id AS to, e.coverage AS coverage
