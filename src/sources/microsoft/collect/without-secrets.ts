/**
 * The answer without what is a secret or the beginning of one: of the credentials of applications, keys and dates stay. Their values, and the
 * hint (a secret's first letters), become null. https://learn.microsoft.com/graph/api/resources/passwordcredential
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, CREDENTIALS.has(key) ? withoutValues(member) : withoutSecrets(member)]),
  )
}

const CREDENTIALS = new Set(['keyCredentials', 'passwordCredentials'])
const VALUES = new Set(['key', 'secretText', 'hint'])

function withoutValues(credentials: unknown): unknown {
  if (!Array.isArray(credentials)) return null
  return credentials.map((credential: unknown) =>
    typeof credential !== 'object' || credential === null
      ? null
      : Object.fromEntries(Object.entries(credential).map(([key, member]) => [key, VALUES.has(key) ? null : (member as unknown)])),
  )
}
