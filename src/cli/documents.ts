/**
 * The GraphQL that the verbs ask, in process or of a server. `--output json` prints the value of the one field, so these documents are what
 * scripts see: fields may be added, not removed.
 */

const BRIEF = 'fragment Brief on Entity { id kind name provider scope { id kind name } }'
const CAVEATS = 'caveats { code message source }'
const EVIDENCE = 'evidence { relation entity { id kind name } policy statement document effect text }'
const PAGE = 'totalCount pageInfo { hasNextPage endCursor }'

function connection(row: string): string {
  return `${PAGE} ${CAVEATS} nodes { ...${row} } edges { cursor node { ...${row} } }`
}

export const WHO_CAN_REACH = `
query WhoCanReach($target: ID!, $actions: [String!], $levels: [AccessLevel!], $certainty: [Certainty!], $via: [ReachVia!], $account: ID, $first: Int, $after: String) {
  whoCanReach(target: $target, actions: $actions, levels: $levels, certainty: $certainty, via: $via, account: $account, first: $first, after: $after) { ${connection('Row')} }
}
fragment Row on Reach {
  principal { ...Brief nature external }
  target { ...Brief }
  actions levels certainty via conditions lastUsed ${EVIDENCE}
}
${BRIEF}`

export const EFFECTIVE_PERMISSIONS = `
query EffectivePermissions($principal: ID!, $target: ID, $levels: [AccessLevel!], $first: Int, $after: String) {
  effectivePermissions(principal: $principal, target: $target, levels: $levels, first: $first, after: $after) { ${connection('Row')} }
}
fragment Row on EffectivePermission {
  target { ...Brief }
  actions plane levels certainty via conditions ${EVIDENCE}
}
${BRIEF}`

export const SEARCH = `
query Search($text: String!, $kinds: [String!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) { ${connection('Row')} }
}
fragment Row on Entity { ...Brief tags }
${BRIEF}`

const DECISION = `
effect
because { layer kind policy statement level code message }
conditions expression
parts { resource action effect }
findings { policy place message }
${CAVEATS}
${EVIDENCE}`

export const CHECK_ACCESS = `
query CheckAccess($principal: ID!, $action: String!, $target: ID!, $context: [ContextEntry!], $account: ID) {
  checkAccess(principal: $principal, action: $action, target: $target, context: $context, account: $account) { ${DECISION} }
}`

export const SIMULATE = `
query Simulate($document: JSON!) {
  simulate(document: $document) { ${DECISION} }
}`

export const SNAPSHOTS = `
query Snapshots {
  snapshots {
    id createdAt current entities edges
    coverage { id provider scope asOf complete }
    findings { code severity file place message entity }
  }
}`

const ENTITY = 'id kind name provider scope { id kind name } tags properties'

/** One document for each type that can be looked up. */
export const SHOW = {
  principal: `query Principal($id: ID!) { principal(id: $id) {
    ${ENTITY} nature document external lastUsed isPrivileged privilegedBecause
    memberOf { id kind name } members { id kind name } grants { id kind name role { id kind name } at { id kind name } } limitedBy { id kind name }
    usage { action lastUsed }
  } }`,
  role: `query Role($id: ID!) { role(id: $id) { ${ENTITY} document heldBy { id kind name } } }`,
  guardrail: `query Guardrail($id: ID!) { guardrail(id: $id) { ${ENTITY} document } }`,
  resource: `query Resource($id: ID!) { resource(id: $id) { ${ENTITY} document canAuthenticateAs { id kind name } limitedBy { id kind name }
    sensitivity exposure { public accounts publicActions internet }
  } }`,
  scope: `query Scope($id: ID!) { scope(id: $id) { ${ENTITY} children { id kind name } limitedBy { id kind name } } }`,
} as const
