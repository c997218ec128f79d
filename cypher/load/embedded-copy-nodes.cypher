// Loads one Parquet file of nodes; columns that it lacks are null. Columns: result (a message).
// Filled in: LABEL, COLUMNS (names), FILE.
COPY __LABEL__ (__COLUMNS__) FROM '__FILE__'
