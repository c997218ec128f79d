import type { Actor } from '../../estate/aws/actors.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import type { Caveat } from '../answers.ts'
import { assignmentsNotLoaded } from './caveats/identity-center.ts'
import { aboutTarget } from './caveats/target.ts'
import { truncated } from './caveats/truncated.ts'

export interface CaveatQuestion {
  readonly accounts: readonly (string | null)[]
  /** Who is asked about; left out: everybody. */
  readonly actor?: Actor
  readonly target?: AwsTarget
  /** Left out: all that the target's type takes. */
  readonly actions?: readonly string[]
}

/** What was not loaded or is assumed, and bears on an answer about these accounts; each once. */
export function caveatsFor(estate: Estate, question: CaveatQuestion): Caveat[] {
  const accounts = [...new Set(question.accounts.filter((account) => account !== null))]
  return [
    ...truncated(estate, question),
    ...notLoaded(estate, accounts),
    ...suspended(estate, accounts),
    ...assignmentsNotLoaded(estate, question),
    ...(question.target === undefined ? [] : aboutTarget(estate, question.target, question.actions)),
    ...brokenDocuments(estate),
  ]
}

function notLoaded(estate: Estate, accounts: readonly string[]): Caveat[] {
  const outside = accounts.filter((account) => estate.aws.ceilingOf(account).organization === undefined)
  const iam = accounts.filter((account) => !estate.coverage.some(({ id }) => id === `aws:iam:${account}`))
  const organizations = estate.coverage.some(({ id }) => id.startsWith('aws:organizations:'))
  const whose = organizations ? `The organisation of account ${outside.join(', ')} was not loaded` : 'No organisation was loaded'
  return [
    ...((organizations && outside.length === 0) || estate.coverage.length === 0
      ? []
      : [
          {
            code: 'SCP_NOT_LOADED',
            message: `${whose}: service and resource control policies are not taken into account.`,
            source: 'aws:organizations',
          },
        ]),
    ...iam.map((account) => ({
      code: 'IAM_NOT_LOADED',
      message: `IAM of account ${account} was not loaded: its identities are missing from this answer.`,
      source: `aws:iam:${account}`,
    })),
  ]
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html: until it is reopened, or for good. */
export function suspended(estate: Estate, accounts: readonly string[]): Caveat[] {
  return accounts
    .filter((account) => OUT_OF_SERVICE.has(estate.entity(account)?.properties.state ?? ''))
    .map((account) => ({
      code: 'ACCOUNT_SUSPENDED',
      message: `Account ${account} is suspended: what its identities may do, and who may use its resources, holds only if it is reopened.`,
      source: account,
    }))
}

const OUT_OF_SERVICE: ReadonlySet<string> = new Set(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])

function brokenDocuments(estate: Estate): Caveat[] {
  return estate.findings
    .filter(({ code }) => code === 'POLICY_INVALID' || code === 'POLICY_MISSING' || code === 'GROUP_MISSING')
    .filter(({ coverage }) => coverage === null || coverage.startsWith('aws:'))
    .slice(0, 20)
    .map(({ code, message, entity, file }) => ({ code, message, source: entity ?? file }))
}
