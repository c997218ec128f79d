import type { CoverageFact } from '../../../domain/facts.ts'
import { isOfIdentityCenter } from '../../../estate/aws/identity-center.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { Caveat } from '../../answers.ts'
import type { CaveatQuestion } from '../caveats.ts'

/**
 * Exports that were cut short and bear on the question: those of identities and organisations always, those of a service where it is its. Who is
 * assigned what in Identity Center changes nothing for anybody else who is asked about.
 */
export function truncated(estate: Estate, { target, actor }: Pick<CaveatQuestion, 'target' | 'actor'>): Caveat[] {
  const isAboutOthers = actor !== undefined && !isOfIdentityCenter(actor.entity)
  return estate.coverage
    .filter((coverage) => coverage.provider === 'aws' && !coverage.complete && bearsOn(coverage, target))
    .filter(({ id }) => !isAboutOthers || !OF_IDENTITY_CENTER.has(partOf(id)))
    .map(({ id }) => ({
      code: 'EXPORT_TRUNCATED',
      message: `The export behind ${id} is cut short: principals and policies may be missing.`,
      source: id,
    }))
}

/** Parts whose facts bear on every question. */
const ALWAYS: ReadonlySet<string> = new Set(['iam', 'organizations', 'sso', 'sso-admin', 'identitystore', 'resource-policies', 'ram', 'account'])

/** Parts that are not named like the service in ARNs. */
const SERVICES: Readonly<Record<string, string>> = { s3control: 's3', 'glue-catalog': 'glue', apigatewayv2: 'apigateway' }

const OF_IDENTITY_CENTER: ReadonlySet<string> = new Set(['sso', 'sso-admin', 'identitystore'])

const partOf = (id: string): string => id.split(':')[1]?.split('/')[0] ?? ''

function bearsOn({ id, scope }: CoverageFact, target: AwsTarget | undefined): boolean {
  const part = partOf(id)
  const region = id.split(':')[1]?.split('/')[1]
  if (target === undefined || ALWAYS.has(part)) return true
  const [, , service, targetRegion = ''] = target.arn.split(':')
  if ((SERVICES[part] ?? part) !== service) return false
  if (target.account !== null && scope !== target.account) return false
  return region === undefined || targetRegion === '' || region === targetRegion
}
