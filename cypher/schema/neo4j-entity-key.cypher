// An id is unique within its snapshot, whatever the label. Also the index by which edges find their ends.
CREATE CONSTRAINT permiscope_entity IF NOT EXISTS FOR (n:Entity) REQUIRE (n.snapshot, n.id) IS UNIQUE
