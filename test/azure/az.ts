/**
 * Stands in for the Azure CLI where a test runs the recipe of docs/collect-azure.md: `az rest`, `az graph query` and `az account`, towards the server
 * that AZ_ENDPOINT names instead of Azure.
 */

const [, , ...words] = process.argv
const endpoint = process.env['AZ_ENDPOINT'] ?? ''

const option = (name: string): string => words[words.indexOf(`--${name}`) + 1] ?? ''

async function answer(url: string, body?: object): Promise<unknown> {
  const address = url.replace(/^https:\/\/(?:management\.azure\.com|graph\.microsoft\.com)/, endpoint)
  const headers = { authorization: 'Bearer of-az', 'content-type': 'application/json' }
  const response = await fetch(address, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  if (response.ok) return JSON.parse(text) as unknown
  process.stderr.write(`ERROR: ${response.statusText}(${text})\n`)
  process.exit(1)
}

async function graphQuery(): Promise<object> {
  const token = words.includes('--skip-token') ? { $skipToken: option('skip-token') } : {}
  const options = { $top: Number(option('first')), ...token }
  const page = await answer(`${endpoint}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`, {
    query: option('graph-query'),
    subscriptions: [option('subscriptions')],
    options,
  })
  const { count, data, totalRecords, $skipToken } = page as { count: number; data: unknown; totalRecords: number; $skipToken?: string }
  return { count, data, skip_token: $skipToken ?? null, total_records: totalRecords }
}

/** As the CLI prints it. */
async function printed(): Promise<string> {
  const command = words.filter((word) => !word.startsWith('-')).slice(0, 2)
  if (command[0] === 'rest' && option('method') === 'get') return JSON.stringify(await answer(option('url')), null, 2)
  if (command.join(' ') === 'graph query') return JSON.stringify(await graphQuery(), null, 2)
  if (command.join(' ') === 'account show' && option('output') === 'tsv') return process.env['AZ_TENANT'] ?? ''
  if (command.join(' ') === 'account get-access-token' && process.env['AZ_TOKEN'] === '') {
    process.stderr.write("ERROR: Please run 'az login' to setup account.\n")
    process.exit(1)
  }
  if (command.join(' ') === 'account get-access-token')
    return JSON.stringify({ accessToken: process.env['AZ_TOKEN'] ?? '', expires_on: Math.floor(Date.now() / 1000) + 3600, tokenType: 'Bearer' })
  throw new Error(`not known here: az ${words.join(' ')}`)
}

process.stdout.write(`${await printed()}\n`)
