// How many edges of a kind there are between two labels.
// Filled in: KIND, FROM, TO. Columns: edges.
MATCH (:__FROM__)-[e:__KIND__]->(:__TO__) RETURN count(*) AS edges
