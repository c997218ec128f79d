import { CALLS, SERVICES } from '../../../../src/sources/aws/collect/calls/index.ts'
import { callsOf } from '../../../../src/sources/aws/collect/service.ts'

/** What docs/collect-aws.md says of the calls, as the tables have it. */

const NO_PERMISSION = 'sts:GetCallerIdentity'

const neededActions = (): readonly string[] => [...new Set(CALLS.flatMap(({ needs }) => needs))].filter((action) => action !== NO_PERMISSION).sort()

/** As few characters as can be: AWS allows 6,144 of them in a managed policy, white space not counted. */
export function policy(): string {
  const statement = { Sid: 'PermiscopeCollect', Effect: 'Allow', Action: neededActions(), Resource: '*' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
}

export function callTable(): string {
  const rows = SERVICES.map((service) => {
    const calls = callsOf(service).map(({ kind, call }) => `\`${kind.split('/')[2]}\`${call.optIn === undefined ? '' : ` (\`--${call.optIn}\`)`}`)
    return `| ${service.cli} | ${calls.join(', ')} | ${service.gains} |`
  })
  return ['| service | calls | what is known by them |', '|---|---|---|', ...rows].join('\n')
}
