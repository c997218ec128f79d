// Published snapshots, newest first. Columns: id, createdAt, coverage (JSON), entities, edges, findings.
MATCH (n:PermiscopeSnapshot {published: true})
RETURN n.id AS id, n.createdAt AS createdAt, n.coverage AS coverage, n.entities AS entities, n.edges AS edges, n.findings AS findings
ORDER BY n.id DESC
