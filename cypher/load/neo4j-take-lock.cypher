// Makes $writer the one that may write, if nobody is, or who is has been silent for $silence ms or is the one that is known to be $dead.
// The first SET takes the node's lock, so that of two that ask at once the second sees what the first did.
// Parameters: writer, silence, dead. Columns: writer; no row where somebody else is writing.
MERGE (state:PermiscopeState {key: 'store'})
SET state.asked = timestamp()
WITH state
WHERE state.writer IS NULL OR state.heartbeat < timestamp() - $silence OR state.writer = $dead
SET state.writer = $writer, state.heartbeat = timestamp()
RETURN state.writer AS writer
