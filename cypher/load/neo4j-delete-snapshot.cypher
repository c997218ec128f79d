// Forgets a snapshot of which nothing is left.
// Parameters: snapshot.
MATCH (n:PermiscopeSnapshot {id: $snapshot, published: false}) DELETE n
