export interface GraphqlResult {
  readonly status: number
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly details?: unknown } }[]
  }
}

/** Asks a running server over HTTP. */
export async function graphql(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, body: (await response.json()) as GraphqlResult['body'] } satisfies GraphqlResult
}

export const codeOf = ({ body }: GraphqlResult): string | undefined => body.errors?.[0]?.extensions.code
