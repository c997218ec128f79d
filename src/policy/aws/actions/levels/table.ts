/** Names of actions by service prefix, `*` for any characters. Every entry matches a known action; a test holds the tables to that. */
export type ActionTable = Readonly<Record<string, readonly string[] | undefined>>
