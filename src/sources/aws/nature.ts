import type { Nature } from '../../domain/vocabulary.ts'
import { statementsOf, stringsOf, isRecord, type Statement } from './document.ts'

/**
 * Who stands behind an AWS principal, by what its own row says and nothing else, so that it doesn't change with what else is loaded.
 * docs/words.md has the rule in words.
 *
 * - A service-linked role, a role that only services can assume: WORKLOAD.
 * - A role of Identity Center, a role that only SAML users can assume: HUMAN.
 * - A role that only OIDC subjects can assume: WORKLOAD; of a consumer identity provider: EXTERNAL.
 * - A role that asks for an external id (AWS's pattern for third parties), or that anybody may assume without a condition: EXTERNAL.
 * - All other roles: UNKNOWN. A user is a person or a program; the export doesn't tell: UNKNOWN.
 */
export function natureOfRole(path: string, name: string, trust: string | null): Nature {
  if (path.startsWith('/aws-service-role/')) return 'WORKLOAD'
  if (path.startsWith('/aws-reserved/sso.amazonaws.com/') || name.startsWith('AWSReservedSSO_')) return 'HUMAN'
  const natures = new Set(
    statementsOf(trust)
      .filter(({ statement }) => statement['Effect'] === 'Allow')
      .flatMap(({ statement }) => naturesOfTrust(statement)),
  )
  const [only] = natures
  return natures.size === 1 && only !== undefined ? only : 'UNKNOWN'
}

function naturesOfTrust(statement: Statement): readonly Nature[] {
  const principal = statement['Principal']
  if (principal === '*') return [natureOfAws('*', statement)]
  if (!isRecord(principal)) return ['UNKNOWN']
  return [
    ...stringsOf(principal['Service']).map((): Nature => 'WORKLOAD'),
    ...stringsOf(principal['Federated']).map(natureOfProvider),
    ...stringsOf(principal['AWS']).map((id) => natureOfAws(id, statement)),
  ]
}

function natureOfAws(id: string, statement: Statement): Nature {
  const conditions = isRecord(statement['Condition']) ? Object.values(statement['Condition']) : []
  if (conditions.some((keys) => isRecord(keys) && Object.keys(keys).some((key) => key.toLowerCase() === 'sts:externalid'))) return 'EXTERNAL'
  return id === '*' && conditions.length === 0 ? 'EXTERNAL' : 'UNKNOWN'
}

/** Where people of the public sign in. */
const CONSUMER_PROVIDERS = ['cognito-identity.amazonaws.com', 'accounts.google.com', 'www.amazon.com', 'graph.facebook.com']

/** Of those who come from an identity provider: its ARN, or its host name. */
export function natureOfProvider(provider: string): Nature {
  if (provider.includes(':saml-provider/')) return 'HUMAN'
  return CONSUMER_PROVIDERS.some((host) => provider === host || provider.endsWith(`:oidc-provider/${host}`)) ? 'EXTERNAL' : 'WORKLOAD'
}
