// Lets cypher/read and people's own queries start from a label and an id.
// Filled in: LABEL.
CREATE INDEX permiscope___LABEL__ IF NOT EXISTS FOR (n:__LABEL__) ON (n.snapshot, n.id)
