// What a principal was granted: itself, or through groups up to 30 deep. What guardrails and denies take away again is not looked at.
// Parameters: snapshot, principalId (its id).
// Columns: holder (the principal or group that was granted it), grant, role, roleName.
MATCH (:Principal {snapshot: $snapshot, id: $principalId})-[:MEMBER_OF*0..30]->(holder:Principal)-[:HOLDS]->(grant:Grant)-[:GIVES]->(role:Role)
RETURN DISTINCT holder.id AS holder, grant.id AS grant, role.id AS role, role.name AS roleName
ORDER BY holder, grant, role
