interface Identity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}
export type Credentials = () => Promise<Identity>

const MILLISECONDS_BEFORE_EXPIRY = 5 * 60_000

/** Every client would look for credentials by itself, and ask single sign-on or the machine's metadata each time. */
export function kept(credentials: Credentials): Credentials {
  let current: Promise<Identity> | undefined
  let until = 0
  return async () => {
    if (current === undefined || Date.now() > until) {
      current = credentials()
      until = Number.POSITIVE_INFINITY
      current.then(
        ({ expiration }) => (until = expiration === undefined ? until : expiration.getTime() - MILLISECONDS_BEFORE_EXPIRY),
        () => (until = 0),
      )
    }
    return current
  }
}
