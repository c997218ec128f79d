import type { Credentials } from './credentials.ts'
import type { Connection, Service } from './service.ts'

/** Clients of one account, made when they are first needed. */
export interface Connections {
  to(service: Service, region: string): Promise<Connection>
  close(): Promise<void>
}

interface Settings {
  readonly credentials: Credentials
  /** Instead of AWS's own endpoints. */
  readonly endpoint?: string
}

const ATTEMPTS = 8

export function openConnections({ credentials, endpoint }: Settings): Connections {
  const settings = {
    credentials,
    maxAttempts: ATTEMPTS,
    // Slows down by itself where AWS says that it is asked too much.
    retryMode: 'adaptive',
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true, disableHostPrefix: true }),
  }
  const open = new Map<string, Promise<Connection>>()
  return {
    to: (service, region) => {
      const key = `${service.cli} ${region}`
      const connection = open.get(key) ?? service.connect({ ...settings, region })
      open.set(key, connection)
      return connection
    },
    close: async () => {
      for (const connection of await Promise.allSettled(open.values())) if (connection.status === 'fulfilled') connection.value.close()
    },
  }
}
