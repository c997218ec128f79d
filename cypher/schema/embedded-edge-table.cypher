// A table for the edges of one kind.
// Filled in: KIND, ENDS (`FROM A TO B, …`, from the vocabulary).
CREATE REL TABLE __KIND__ (__ENDS__, coverage STRING[])
