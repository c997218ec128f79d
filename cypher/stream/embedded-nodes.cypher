// The nodes of a label at places from $low up to, but not with, $high: files are written once, so that places are dense and stay.
// Filled in: LABEL, COLUMNS. Parameters: low, high.
MATCH (n:__LABEL__) WHERE offset(id(n)) >= $low AND offset(id(n)) < $high RETURN __COLUMNS__
