// Who is a member of a group: directly, or through groups up to 30 deep.
// Parameters: snapshot, groupId (its id).
// Columns: principal, kind, name.
MATCH (:Principal {snapshot: $snapshot, id: $groupId})<-[:MEMBER_OF*1..30]-(member:Principal)
RETURN DISTINCT member.id AS principal, member.kind AS kind, member.name AS name
ORDER BY principal
