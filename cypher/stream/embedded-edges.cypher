// The edges of a kind between two labels at places from $low up to, but not with, $high.
// Filled in: KIND, FROM, TO. Parameters: low, high. Columns: from, to, coverage.
MATCH (a:__FROM__)-[e:__KIND__]->(b:__TO__) WHERE offset(id(e)) >= $low AND offset(id(e)) < $high
RETURN a.id AS `from`, b.id AS `to`, e.coverage AS coverage
