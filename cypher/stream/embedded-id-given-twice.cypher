// An id that entities of different labels share; within a label the primary key refuses it. Columns: id.
MATCH (n) WITH n.id AS id, count(*) AS times WHERE times > 1 AND id IS NOT NULL RETURN id LIMIT 1
