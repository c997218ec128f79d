// Deletes the findings of a snapshot, by batches.
// Parameters: snapshot.
MATCH (n:Finding {snapshot: $snapshot}) WHERE n.position IS NOT NULL
CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS
