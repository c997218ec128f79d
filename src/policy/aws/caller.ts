import { isAccountId, parseArn } from './arn.ts'

/** Who asks. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export type CallerKind = 'USER' | 'ROLE' | 'SESSION' | 'FEDERATED_USER' | 'ROOT' | 'SERVICE' | 'FEDERATED' | 'ANONYMOUS'

export interface Caller {
  readonly kind: CallerKind
  /** As given; of a bare account id, the ARN of its root. */
  readonly id: string
  readonly partition: string
  /** Undefined for services, subjects of identity providers and anonymous callers. */
  readonly account?: string
  /** Last segment of a user's or role's name; the name of a service; the host or ARN of an identity provider. */
  readonly name: string
  /** Of a role session: the session's name; of a subject of an identity provider: the subject. */
  readonly session?: string
}

/** Undefined where the text is no principal of AWS. */
export function principalOf(text: string): Caller | undefined {
  if (text === '*') return { kind: 'ANONYMOUS', id: text, partition: 'aws', name: text }
  if (isAccountId(text)) return { kind: 'ROOT', id: `arn:aws:iam::${text}:root`, partition: 'aws', account: text, name: 'root' }
  if (text.startsWith('arn:')) return ofArn(text)
  if (text === '' || text.includes(' ')) return undefined
  return ofHost(text)
}

function ofArn(text: string): Caller | undefined {
  const arn = parseArn(text)
  if (arn === undefined) return undefined
  const { partition, account } = arn
  const [type = '', ...path] = arn.resource.split('/')
  const name = path[path.length - 1] ?? ''
  const base = { id: text, partition, account, name }
  if (arn.service === 'iam' && arn.resource === 'root') return { ...base, kind: 'ROOT', name: 'root' }
  if (name === '') return undefined
  if (arn.service === 'iam') return ofIamType(type, base)
  if (arn.service !== 'sts') return undefined
  if (type === 'assumed-role' && path.length === 2) return { ...base, kind: 'SESSION', name: path[0] ?? '', session: name }
  return type === 'federated-user' ? { ...base, kind: 'FEDERATED_USER' } : undefined
}

function ofIamType(type: string, base: Omit<Caller, 'kind'>): Caller | undefined {
  if (type === 'user') return { ...base, kind: 'USER' }
  if (type === 'role') return { ...base, kind: 'ROLE' }
  if (type === 'saml-provider' || type === 'oidc-provider') {
    return { kind: 'FEDERATED', id: base.id, partition: base.partition, name: base.id }
  }
  return undefined
}

/** `lambda.amazonaws.com` is a service, `host:subject` somebody whom an identity provider vouches for. */
function ofHost(text: string): Caller | undefined {
  const colon = text.indexOf(':')
  const host = colon < 0 ? text : text.slice(0, colon)
  if (!host.includes('.')) return undefined
  if (colon >= 0) return { kind: 'FEDERATED', id: text, partition: 'aws', name: host, session: text.slice(colon + 1) }
  return { kind: isServiceHost(host) ? 'SERVICE' : 'FEDERATED', id: text, partition: 'aws', name: text }
}

function isServiceHost(host: string): boolean {
  return host.endsWith('.amazonaws.com') || host.endsWith('.amazonaws.com.cn') || host.endsWith('.aws.internal')
}

/** Principals of an account: they have identity policies. */
export function isIamCaller(caller: Caller): boolean {
  return caller.kind !== 'SERVICE' && caller.kind !== 'FEDERATED' && caller.kind !== 'ANONYMOUS'
}

/** A role acts, in a named session or an unnamed one. */
export function isRoleCaller(caller: Caller): boolean {
  return caller.kind === 'ROLE' || caller.kind === 'SESSION'
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
export function isServiceLinkedRole(caller: Caller): boolean {
  return isRoleCaller(caller) && caller.name.startsWith('AWSServiceRoleFor')
}
