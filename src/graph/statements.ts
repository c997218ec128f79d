export type StatementName = string
