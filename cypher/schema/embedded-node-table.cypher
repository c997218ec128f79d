// A table for the nodes of one label. A file holds one snapshot, so its id is the default of a column that no row needs to bring.
// Filled in: LABEL, COLUMNS (names and types, from the vocabulary), SNAPSHOT.
CREATE NODE TABLE __LABEL__ (snapshot STRING DEFAULT '__SNAPSHOT__', __COLUMNS__, PRIMARY KEY (id))
