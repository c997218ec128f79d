/** Values that have a form of their own: numbers, dates, addresses. Undefined where a text isn't one. */

const NUMBER = /^[+-]?\d+(\.\d+)?$/

export function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined
}

/** Epoch seconds, for dates written as such and in ISO 8601 alike. */
export function dateOf(text: string): number | undefined {
  const seconds = NUMBER.test(text) ? Number(text) : Date.parse(text) / 1000
  return Number.isNaN(seconds) ? undefined : seconds
}

const bitsOf = (value: number, width: number): string => value.toString(2).padStart(width, '0')

function bits4(text: string): string | undefined {
  const bytes = text.split('.').map((byte) => (/^\d{1,3}$/.test(byte) ? Number(byte) : 256))
  return bytes.length === 4 && bytes.every((byte) => byte < 256) ? bytes.map((byte) => bitsOf(byte, 8)).join('') : undefined
}

const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'))

function bits6(text: string): string | undefined {
  const [head = '', tail, more] = text.split('::')
  const missing = 8 - groups(head).length - groups(tail ?? '').length
  const all = [...groups(head), ...Array<string>(tail === undefined ? 0 : Math.max(missing, 0)).fill('0'), ...groups(tail ?? '')]
  const sound = more === undefined && all.length === 8 && all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
  return sound ? all.map((group) => bitsOf(Number.parseInt(group, 16), 16)).join('') : undefined
}

/** 32 or 128 binary digits. */
export function addressOf(text: string): string | undefined {
  return text.includes(':') ? bits6(text) : bits4(text)
}

/** An address without prefix is one address. */
export function inNetwork(network: string, address: string): boolean {
  const [base = '', prefix] = network.split('/')
  const wanted = addressOf(base)
  const present = addressOf(address)
  if (wanted === undefined || present === undefined || wanted.length !== present.length) return false
  const length = prefix === undefined ? wanted.length : Number(prefix)
  return wanted.slice(0, length) === present.slice(0, length)
}
