// How many entities of each kind there are.
// Parameters: snapshot.
// Columns: label, kind, entities.
MATCH (n:Principal {snapshot: $snapshot}) RETURN 'Principal' AS label, n.kind AS kind, count(*) AS entities
UNION ALL
MATCH (n:Role {snapshot: $snapshot}) RETURN 'Role' AS label, n.kind AS kind, count(*) AS entities
UNION ALL
MATCH (n:Guardrail {snapshot: $snapshot}) RETURN 'Guardrail' AS label, n.kind AS kind, count(*) AS entities
UNION ALL
MATCH (n:Scope {snapshot: $snapshot}) RETURN 'Scope' AS label, n.kind AS kind, count(*) AS entities
UNION ALL
MATCH (n:Resource {snapshot: $snapshot}) RETURN 'Resource' AS label, n.kind AS kind, count(*) AS entities
UNION ALL
MATCH (n:Grant {snapshot: $snapshot}) RETURN 'Grant' AS label, n.kind AS kind, count(*) AS entities
