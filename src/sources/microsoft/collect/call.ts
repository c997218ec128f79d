/**
 * Calls as data: what is asked of Azure Resource Manager and Microsoft Graph, of what, how it is paged. One engine makes them all
 * (collection.ts), and docs/collect-azure.md is held to these tables.
 */

/** What a call is asked about; neither: the tenant. */
export interface About {
  readonly subscription?: string
  /** Id of the one thing that is asked about. */
  readonly subject?: string
}

export type Row = Readonly<Record<string, unknown>>

/** The call is asked about each thing that another call lists. */
export interface EachOf {
  /** The other call. */
  readonly of: string
  /** @param listed what the other call was asked about @returns undefined where there is nothing to ask */
  readonly about: (row: Row, listed: About) => About | undefined
}

export interface Call {
  /** `azure/arm/role-assignments`: what a bundle names the answer. */
  readonly kind: string
  /** Where two calls give answers of one kind; left out: the kind. */
  readonly id?: string
  /** Left out: it is asked once, about the tenant. */
  readonly each?: readonly EachOf[]
  /** For the docs and their tests: `GET`, or the one kind of question that is sent as a POST and changes nothing. */
  readonly method?: 'POST'
  /** With `{scope}` for the subscription or management group, `{subscription}`, `{subject}`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Member that holds the rows; left out: the answer is one object. */
  readonly list?: string
  /** Member that leads to the next page; left out: there is one page. */
  readonly next?: string
  /** Error codes by which the provider says that there is none. */
  readonly none?: readonly string[]
  /** Permissions that let it be answered, any one of them. */
  readonly needs: readonly string[]
  /** For the docs: what is known by it. */
  readonly gains: string
  /** Calls of a lane share what the provider lets them ask. */
  readonly lane: 'arm' | 'resource-graph' | 'graph'
}

export const idOf = ({ id, kind }: Pick<Call, 'id' | 'kind'>): string => id ?? kind

/** A call that can be made. */
export interface Askable extends Call {
  /** @param next of the page before @returns one page as it is printed @throws what the provider or the network says */
  readonly ask: (about: About, next: string | undefined, signal: AbortSignal) => Promise<object>
}

/** Where a call's path leads for what it is asked about. */
export function pathAbout({ path, query = {} }: Pick<Call, 'path' | 'query'>, { subscription = '', subject = '' }: About): string {
  const scope = subject === '' ? `/subscriptions/${subscription}` : subject
  const filled = (text: string, encode: (value: string) => string): string =>
    text.replaceAll('{scope}', encode(scope)).replaceAll('{subscription}', encode(subscription)).replaceAll('{subject}', encode(subject))
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(filled(value, (same) => same))}`)
  return `${filled(path, segments)}${pairs.length === 0 ? '' : '?'}${pairs.join('&')}`
}

const segments = (id: string): string => id.split('/').map(encodeURIComponent).join('/')
