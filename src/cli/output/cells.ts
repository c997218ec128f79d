/** One column of a table or of CSV. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Left out of tables: too long for a terminal. */
  readonly csvOnly?: true
}
