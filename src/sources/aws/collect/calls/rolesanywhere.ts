import type { Connection, ClientSettings, Service } from '../service.ts'

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/ */

const NEXT = ['nextToken', 'nextToken'] as const
const PATHS: Readonly<Record<string, string>> = { ListTrustAnchorsCommand: '/trustanchors', ListProfilesCommand: '/profiles' }

export const rolesanywhere: Service = {
  cli: 'rolesanywhere',
  prefix: 'rolesanywhere',
  gains: 'whose certificates are trusted, and which roles they give',
  reach: 'REGIONAL',
  organization: false,
  calls: [
    { command: 'ListTrustAnchorsCommand', pages: NEXT },
    { command: 'ListProfilesCommand', pages: NEXT },
  ],
  connect: (settings) => Promise.resolve(connection(settings)),
}

function connection({ region, endpoint, credentials }: ClientSettings): Connection {
  const own = `https://rolesanywhere.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  return {
    ask: async (command, input, signal) => {
      const { signedGet } = await import('../signed-get.ts')
      const url = new URL(PATHS[command] ?? '', endpoint ?? own)
      for (const [name, value] of Object.entries(input)) url.searchParams.set(name, String(value))
      return signedGet({ service: 'rolesanywhere', region, credentials, url, signal })
    },
    close: () => undefined,
  }
}
