// How many nodes of a label there are, how many have each column, and how many characters their documents hold.
// Filled in: LABEL, COUNTS (`count(n.path) AS path, …`). Columns: nodes, characters, and one for each column.
MATCH (n:__LABEL__) RETURN count(*) AS nodes, sum(size(n.document)) AS characters, __COUNTS__
