// Loads Parquet files of edges (from, to, coverage) between two labels; an end that is not there is an error. Columns: result (a message).
// Filled in: KIND, FROM, TO, FILES (quoted, comma-separated).
COPY __KIND__ FROM [__FILES__] (from = '__FROM__', to = '__TO__', file_format = 'parquet')
