// Lets the next writer in.
// Parameters: writer. Columns: key.
MATCH (state:PermiscopeState {key: 'store', writer: $writer})
REMOVE state.writer, state.heartbeat
RETURN state.key AS key
