import type { CoverageFact } from '../../../domain/facts.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { Caveat } from '../../answers.ts'

/** Exports that were cut short and bear on the question: those of identities and organisations always, those of a service where it is its. */
export function truncated(estate: Estate, target: AwsTarget | undefined): Caveat[] {
  return estate.coverage
    .filter((coverage) => coverage.provider === 'aws' && !coverage.complete && bearsOn(coverage, target))
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

function bearsOn({ id, scope }: CoverageFact, target: AwsTarget | undefined): boolean {
  const [part = '', region] = (id.split(':')[1] ?? '').split('/')
  if (target === undefined || ALWAYS.has(part)) return true
  const [, , service, targetRegion = ''] = target.arn.split(':')
  if ((SERVICES[part] ?? part) !== service) return false
  if (target.account !== null && scope !== target.account) return false
  return region === undefined || targetRegion === '' || region === targetRegion
}
