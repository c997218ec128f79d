// What was wrong with, or missing from, the input of the snapshot, in the order in which it was found.
// Filled in: COLUMNS, SNAPSHOT.
CREATE NODE TABLE Finding (snapshot STRING DEFAULT '__SNAPSHOT__', position INT64, __COLUMNS__, PRIMARY KEY (position))
