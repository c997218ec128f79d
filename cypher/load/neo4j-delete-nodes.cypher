// Deletes the entities of a snapshot with their edges, by batches, so that no transaction outgrows the server's memory.
// Parameters: snapshot.
MATCH (n:Entity {snapshot: $snapshot}) WHERE n.id IS NOT NULL
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS
