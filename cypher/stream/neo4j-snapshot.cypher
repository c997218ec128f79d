// One published snapshot. Parameters: snapshot. Columns: id, createdAt, coverage (JSON), entities, edges, findings.
MATCH (n:PermiscopeSnapshot {id: $snapshot, published: true})
RETURN n.id AS id, n.createdAt AS createdAt, n.coverage AS coverage, n.entities AS entities, n.edges AS edges, n.findings AS findings
