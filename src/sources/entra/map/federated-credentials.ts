import type { EntityFact, SourceRecord } from '../../../domain/facts.ts'
import { edge, entity, named, ref, stub, type About, type Mapped } from '../facts.ts'
import { fieldsOf, textIn, textsIn, type Fields, type Row } from '../row.ts'
import { wrong } from './wrong.ts'

/**
 * Who may sign in as an application or a managed identity with a token of another issuer.
 * https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
 */

/** @param application its object id */
export function applicationCredential(row: Row, about: About, application: string): Mapped {
  const credential = credentialSaid(row.fields, application)
  if (credential === undefined) return wrong(row, about, ...lacking(row.fields))
  return {
    records: [...holding(credential, row, about), edge('AT', ref('Grant', credential.id), ref('Principal', application), about.coverage)],
    named: [
      { stub: credential.subject, at: row.at, coverage: about.coverage },
      named(application, about, row.at, { type: 'Application', grant: credential.id }),
    ],
  }
}

/** @param principalOf object id of the managed identity of an ARM id */
export function identityCredential(row: Row, about: About, principalOf: (armId: string) => string | undefined): Mapped {
  const fields = { ...row.fields, ...fieldsOf(row.fields['properties']) }
  const armId = /^(.*)\/federatedidentitycredentials\/[^/]+$/.exec((textIn(row.fields, 'id') ?? '').toLowerCase())?.[1]
  const credential = armId === undefined ? undefined : credentialSaid(fields, armId)
  if (armId === undefined || credential === undefined) return wrong(row, about, ...lacking(fields))
  const identity = principalOf(armId)
  // It lies in the subscription of the identity, whatever directory that trusts.
  const subscription = armId.split('/').slice(0, 3).join('/')
  const at = [ref('Resource', armId), ...(identity === undefined ? [] : [ref('Principal', identity)])]
  return {
    records: [
      ...holding(credential, row, { ...about, tenant: subscription }),
      ...at.map((place) => edge('AT', ref('Grant', credential.id), place, about.coverage)),
    ],
    named: [
      { stub: credential.subject, at: row.at, coverage: about.coverage },
      { stub: identityStub(armId), at: row.at, coverage: about.coverage },
    ],
  }
}

const identityStub = (armId: string): EntityFact => ({
  ...stub(
    {
      label: 'Resource',
      kind: 'Microsoft.ManagedIdentity/userAssignedIdentities',
      id: armId,
      name: armId.slice(armId.lastIndexOf('/') + 1),
    },
    null,
  ),
  provider: 'azure',
})

interface Credential {
  readonly id: string
  readonly name: string
  readonly subject: EntityFact
  readonly issuer: string
  readonly audiences: readonly string[]
}

const lacking = (fields: Fields): readonly string[] => ['name', 'issuer', 'subject'].filter((key) => textIn(fields, key) === undefined)

function credentialSaid(fields: Fields, owner: string): Credential | undefined {
  const name = textIn(fields, 'name')
  const issuer = textIn(fields, 'issuer')
  const subject = textIn(fields, 'subject') ?? subjectOfExpression(textIn(fieldsOf(fields['claimsMatchingExpression']), 'value'))
  if (name === undefined || issuer === undefined || subject === undefined) return undefined
  return { id: `${owner}#${name}`, name, issuer, subject: federatedSubject(issuer, subject), audiences: textsIn(fields, 'audiences') }
}

/**
 * `claims['sub'] matches 'repo:acme/infra:*' and claims['job_workflow_ref'] …`: the subjects that it can let in; all of the issuer's where it
 * doesn't look at them.
 */
function subjectOfExpression(expression: string | undefined): string | undefined {
  if (expression === undefined) return undefined
  return /claims\[\s*'sub'\s*\]\s+(?:matches|eq)\s+'(?<subject>[^']*)'/i.exec(expression)?.groups?.['subject'] ?? '*'
}

/** `issuer host:subject`, as a trust policy of AWS names the same subject. */
function federatedSubject(issuer: string, subject: string): EntityFact {
  const host = issuer.replace(/^https?:\/\//i, '').replace(/\/+$/, '')
  const id = `${host}:${subject}`
  const said = { label: 'Principal', kind: 'FederatedSubject', id, name: id, properties: { nature: 'WORKLOAD', external: true } } as const
  return { ...stub(said, null), provider: 'federation' }
}

function holding({ id, name, issuer, audiences, subject }: Credential, row: Row, about: About): readonly SourceRecord[] {
  const properties = { issuer, clientIds: audiences.length === 0 ? undefined : [...audiences].sort() }
  return [
    entity({ label: 'Grant', kind: 'FederatedCredential', id, name, properties, document: row.printed, at: row.at }, about),
    edge('HOLDS', ref('Principal', subject.id), ref('Grant', id), about.coverage),
  ]
}
