// The snapshot that is served, and who is writing. Columns: current, writer.
MATCH (state:PermiscopeState {key: 'store'}) RETURN state.current AS current, state.writer AS writer
