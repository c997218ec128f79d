// The nodes of a label that have one of these ids.
// Filled in: LABEL, COLUMNS. Parameters: ids.
UNWIND $ids AS wanted MATCH (n:__LABEL__ {id: wanted}) RETURN __COLUMNS__
