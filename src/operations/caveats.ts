import type { Estate } from '../estate/estate.ts'
import { type AwsTarget, canCarryPolicy } from '../estate/aws/target.ts'
import type { Caveat } from './answers.ts'

/** What was not loaded or is assumed, and bears on an answer about these accounts; each once. */
export function caveatsFor(estate: Estate, question: { readonly accounts: readonly (string | null)[]; readonly target?: AwsTarget }): Caveat[] {
  const accounts = [...new Set(question.accounts.filter((account) => account !== null))]
  return [
    ...truncated(estate),
    ...notLoaded(estate, accounts),
    ...(question.target === undefined ? [] : aboutTarget(question.target)),
    ...brokenDocuments(estate),
  ]
}

function truncated(estate: Estate): Caveat[] {
  return estate.coverage
    .filter(({ complete }) => !complete)
    .map(({ id }) => ({
      code: 'EXPORT_TRUNCATED',
      message: `The export behind ${id} is cut short: principals and policies may be missing.`,
      source: id,
    }))
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

function aboutTarget(target: AwsTarget): Caveat[] {
  const caveats: Caveat[] = []
  if (target.accountAssumed && target.arn !== '*') {
    const where = target.account === null ? 'the account of each principal' : `account ${target.account}, the only one loaded`
    caveats.push({
      code: 'ASSUMED_ACCOUNT',
      message: `${target.arn} names no account and is not in the inventory: it is taken to be in ${where}. Name its account to be sure.`,
      source: target.arn,
    })
  }
  if (target.policyUnknown) {
    caveats.push({
      code: 'RESOURCE_POLICY_NOT_LOADED',
      message: `The policy of ${target.arn} was not loaded: whoever it names is missing, and nobody is sure to get in.`,
      source: target.arn,
    })
  } else if (target.policy === undefined && canCarryPolicy(target.arn) && !target.guardInventoried) {
    caveats.push({
      code: 'RESOURCE_POLICY_NOT_LOADED',
      message: `${target.arn} is not in the inventory: a resource policy that it may have is not taken into account.`,
      source: target.arn,
    })
  }
  return caveats
}

function brokenDocuments(estate: Estate): Caveat[] {
  return estate.findings
    .filter(({ code }) => code === 'POLICY_INVALID' || code === 'POLICY_MISSING' || code === 'GROUP_MISSING')
    .slice(0, 20)
    .map(({ code, message, entity, file }) => ({ code, message, source: entity ?? file }))
}
