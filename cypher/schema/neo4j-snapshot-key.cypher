// A snapshot is known by its id.
CREATE CONSTRAINT permiscope_snapshot IF NOT EXISTS FOR (n:PermiscopeSnapshot) REQUIRE n.id IS UNIQUE
