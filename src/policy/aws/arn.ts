/** Amazon Resource Names: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */

export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** All after the fifth colon. */
  readonly resource: string
}

/** The parts of an ARN or ARN pattern with all six fields; undefined for any other text. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined
  const partition = text.indexOf(':', 4)
  const service = partition < 0 ? -1 : text.indexOf(':', partition + 1)
  const region = service < 0 ? -1 : text.indexOf(':', service + 1)
  const account = region < 0 ? -1 : text.indexOf(':', region + 1)
  if (account < 0) return undefined
  return {
    partition: text.slice(4, partition),
    service: text.slice(partition + 1, service),
    region: text.slice(service + 1, region),
    account: text.slice(region + 1, account),
    resource: text.slice(account + 1),
  }
}

export function isAccountId(text: string): boolean {
  if (text.length !== 12) return false
  for (let i = 0; i < 12; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** The 12-digit account that an ARN names; undefined where it names none. */
export function accountOfArn(text: string): string | undefined {
  const account = parseArn(text)?.account
  return account !== undefined && isAccountId(account) ? account : undefined
}
