// Findings are read by snapshot, in their order.
CREATE INDEX permiscope_finding IF NOT EXISTS FOR (n:Finding) ON (n.snapshot, n.position)
