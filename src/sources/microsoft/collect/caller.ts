import type { AccessToken, TokenCredential } from '@azure/identity'

/** What gives tokens. */
export type Credential = TokenCredential

export interface Caller {
  /** Directory that the token is of. */
  readonly tenant: string | undefined
  /** Object id and, where told, name; for people and to know the same caller again. */
  readonly name: string
}

/** Credentials where Azure's own tools look for them: environment, workload identity, managed identity, Azure CLI, PowerShell, Developer CLI. */
export async function defaultCredential(tenant: string | undefined): Promise<Credential> {
  const { DefaultAzureCredential } = await import('@azure/identity')
  return new DefaultAzureCredential(tenant === undefined ? {} : { tenantId: tenant })
}

const MILLISECONDS_BEFORE_EXPIRY = 5 * 60_000

/** Every client would look for tokens by itself, and start the Azure CLI each time. */
export function kept(credential: Credential): Credential {
  const tokens = new Map<string, { readonly token: Promise<AccessToken | null>; until: number }>()
  return {
    getToken: (scopes, options) => {
      // What Azure wants to have proven anew is no token of before.
      if (options?.claims !== undefined) return credential.getToken(scopes, options)
      const key = [scopes, options?.tenantId ?? ''].flat().join(' ')
      const known = tokens.get(key)
      if (known !== undefined && Date.now() < known.until) return known.token
      const current = { token: credential.getToken(scopes, options), until: Number.POSITIVE_INFINITY }
      tokens.set(key, current)
      current.token.then(
        (token) => (current.until = token === null ? 0 : token.expiresOnTimestamp - MILLISECONDS_BEFORE_EXPIRY),
        () => (current.until = 0),
      )
      return current.token
    },
  }
}

/** @returns whose token it is, as the token itself says @throws what the credential throws */
export async function callerOf(credential: Credential, scope: string, abortSignal: AbortSignal): Promise<Caller> {
  const token = await credential.getToken(scope, { abortSignal })
  const claims = claimsIn(token?.token ?? '')
  const said = (name: string): string | undefined => {
    const value = claims[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const names = [said('oid'), said('upn') ?? said('unique_name') ?? said('appid') ?? said('azp')].filter((name) => name !== undefined)
  return { tenant: said('tid')?.toLowerCase(), name: names.join(' ') || 'unknown' }
}

/** The middle of a token is JSON that anybody may read; its signature is for the provider to check. */
function claimsIn(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? Object.fromEntries(Object.entries(claims)) : {}
  } catch {
    return {}
  }
}
