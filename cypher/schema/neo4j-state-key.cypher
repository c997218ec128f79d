// There is one state node: the pointer to the snapshot that is served, and the lock of writers.
CREATE CONSTRAINT permiscope_state IF NOT EXISTS FOR (n:PermiscopeState) REQUIRE n.key IS UNIQUE
