// Loads one Parquet file of findings. Columns: result (a message).
// Filled in: COLUMNS (names), FILE.
COPY Finding (__COLUMNS__) FROM '__FILE__'
