import { sts } from './calls/sts.ts'
import { openConnections, type Connections } from './connections.ts'
import { kept } from './credentials.ts'

/** How AWS is reached: with the caller's own credentials, or as a role of another account. */
export interface Access {
  /** The region that is asked about what has none. */
  readonly home: string
  readonly own: Connections
  /** Credentials stay in memory. */
  as(account: string, role: string): Promise<Connections>
}

interface AccessOptions {
  readonly profile?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
}

export async function openAccess({ profile, region, endpoint }: AccessOptions): Promise<Access> {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
  const named = profile === undefined ? {} : { profile }
  const elsewhere = endpoint === undefined ? {} : { endpoint }
  const credentials = kept(fromNodeProviderChain(named))
  const home = region ?? (await configuredRegion(named)) ?? 'us-east-1'
  return {
    home,
    own: openConnections({ credentials, ...elsewhere }),
    as: async (account, role) => {
      const params = { RoleArn: `arn:${partitionOf(home)}:iam::${account}:role/${role}`, RoleSessionName: 'permiscope' }
      const assumed = kept(fromTemporaryCredentials({ masterCredentials: credentials, params, clientConfig: { region: home, ...elsewhere } }))
      // Now, so that a role that can't be assumed is said once and not with every call.
      await assumed()
      return openConnections({ credentials: assumed, ...elsewhere })
    },
  }
}

const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws')

/** The SDK wants a region named even where there is none; that of the environment or the profile tells the partition. */
async function configuredRegion(named: object): Promise<string | undefined> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  const probe = new STSClient(named)
  try {
    return await probe.config.region()
  } catch {
    return undefined
  } finally {
    probe.destroy()
  }
}

export interface Caller {
  readonly account: string
  readonly arn: string
  /** As it is printed. */
  readonly answer: object
}

/** @throws what the SDK throws */
export async function identify({ own, home }: Access, signal: AbortSignal): Promise<Caller> {
  const answer = await (await own.to(sts, home)).ask('GetCallerIdentityCommand', {}, signal)
  return { account: String(answer['Account']), arn: String(answer['Arn']), answer }
}

/** The same role or user, whatever the session is called. */
export const withoutSession = (arn: string): string => arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1')
