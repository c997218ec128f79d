// Says that the writer is still at work.
// Parameters: writer. Columns: writer; no row where the lock is lost.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
SET state.heartbeat = timestamp()
RETURN state.writer AS writer
