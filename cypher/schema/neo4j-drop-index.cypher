// Takes away the index that a killed writer left in the place of a constraint.
// Filled in: INDEX.
DROP INDEX __INDEX__ IF EXISTS
