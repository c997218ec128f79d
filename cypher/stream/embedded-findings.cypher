// The findings of the snapshot, in the order in which they were found. Columns: those of a finding.
MATCH (f:Finding)
RETURN f.code AS code, f.severity AS severity, f.file AS file, f.place AS place, f.message AS message, f.entity AS entity, f.coverage AS coverage
ORDER BY f.position
