// Who holds a role: directly, or through groups up to 30 deep. What guardrails and denies take away again is not looked at.
// Parameters: snapshot, roleId (id of the role, as a policy's ARN).
// Columns: principal, kind, holder (the principal or group that was granted it).
MATCH (role:Role {snapshot: $snapshot, id: $roleId})<-[:GIVES]-(:Grant)<-[:HOLDS]-(holder:Principal)<-[:MEMBER_OF*0..30]-(principal:Principal)
RETURN DISTINCT principal.id AS principal, principal.kind AS kind, holder.id AS holder
ORDER BY principal, holder
