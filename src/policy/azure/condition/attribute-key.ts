const CASE_MARK = /(?:<\$key_case_sensitive\$>|&\$key_case_sensitive\$&)/i

/** Sources that Azure documents. */
export const ATTRIBUTE_SOURCES = ['resource', 'request', 'principal', 'environment'] as const

/**
 * The key of an attribute: `@resource[microsoft.storage/storageaccounts:name]` of `@Resource[Microsoft.Storage/storageAccounts:name]`. Letter case
 * matters only in the key of a tag, with or without its `<$key_case_sensitive$>`.
 */
export function attributeKey(text: string): string {
  const plain = text.replace(CASE_MARK, '').replaceAll(/\s+/g, '')
  const tag = /^(@[^[]*\[.*tags:)(.*)\]$/i.exec(plain)
  return tag === null ? plain.toLowerCase() : `${(tag[1] ?? '').toLowerCase()}${tag[2] ?? ''}]`
}
