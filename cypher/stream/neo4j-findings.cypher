// The findings of a snapshot, in the order in which they were found.
// Parameters: snapshot. Columns: those of a finding.
MATCH (f:Finding {snapshot: $snapshot}) WHERE f.position IS NOT NULL
RETURN f.code AS code, f.severity AS severity, f.file AS file, f.place AS place, f.message AS message, f.entity AS entity, f.coverage AS coverage
ORDER BY f.position
