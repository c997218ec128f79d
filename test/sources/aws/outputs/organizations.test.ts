import { describe, expect, test } from 'vitest'
import { factsOf, findingsOf, folderOf, read } from '../../reading.ts'

/** Organizations, as `aws organizations …` prints it. */

const MANAGEMENT = '111122223333'
const SHOP = '444455556666'
const ROOT = 'r-ab12'
const WORKLOADS = 'ou-ab12-cdef3456'
const PRODUCTION = 'ou-ab12-prod0001'
const arnOf = (rest: string): string => `arn:aws:organizations::${MANAGEMENT}:${rest}`

const FULL = { Id: 'p-FullAWSAccess', Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess', Name: 'FullAWSAccess' }
const FULL_RCP = {
  Id: 'p-RCPFullAWSAccess',
  Arn: 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess',
  Name: 'RCPFullAWSAccess',
}
const REGIONS = { Id: 'p-regions01', Arn: arnOf('policy/o-abc1234567/service_control_policy/p-regions01'), Name: 'OnlyEurope' }
const scp = (policy: typeof FULL): object => ({ ...policy, Description: '', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: policy !== REGIONS })
const rcp = (policy: typeof FULL): object => ({ ...policy, Description: '', Type: 'RESOURCE_CONTROL_POLICY', AwsManaged: true })
const ALLOW = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
const DENY = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lambda:*","Resource":"*"}]}'
const ALLOW_RCP = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'

const root = (...types: readonly string[]): object => ({
  Id: ROOT,
  Arn: arnOf(`root/o-abc1234567/${ROOT}`),
  Name: 'Root',
  PolicyTypes: types.map((Type) => ({ Type, Status: 'ENABLED' })),
})
const unit = (id: string, name: string): object => ({ Id: id, Arn: arnOf(`ou/o-abc1234567/${id}`), Name: name })
const account = (id: string, name: string): object => ({
  Id: id,
  Arn: arnOf(`account/o-abc1234567/${id}`),
  Email: `${name}@example.com`,
  Name: name,
  Status: 'ACTIVE',
  JoinedMethod: 'CREATED',
  JoinedTimestamp: '2024-05-06T07:08:09.123000+00:00',
})
const targets = (...ids: readonly string[]): object => ({
  Targets: ids.map((id) => ({ TargetId: id, Arn: arnOf(`some/o-abc1234567/${id}`), Name: id, Type: id.startsWith('r') ? 'ROOT' : 'ACCOUNT' })),
})
const EVERYTHING = [ROOT, WORKLOADS, PRODUCTION, MANAGEMENT, SHOP]

const at = (place: string): string => `${MANAGEMENT}/global/organizations/${place}.json`
/** As the live collection writes it. */
const collected = {
  [at('describe-organization')]: {
    Organization: {
      Id: 'o-abc1234567',
      Arn: arnOf('organization/o-abc1234567'),
      FeatureSet: 'ALL',
      MasterAccountArn: arnOf(`account/o-abc1234567/${MANAGEMENT}`),
      MasterAccountId: MANAGEMENT,
      MasterAccountEmail: 'root@example.com',
      AvailablePolicyTypes: [],
    },
  },
  [at('list-roots')]: { Roots: [root('SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY')] },
  [at(`list-organizational-units-for-parent/${ROOT}`)]: { OrganizationalUnits: [unit(WORKLOADS, 'Workloads')] },
  [at(`list-organizational-units-for-parent/${WORKLOADS}`)]: { OrganizationalUnits: [unit(PRODUCTION, 'Production')] },
  [at(`list-organizational-units-for-parent/${PRODUCTION}`)]: { OrganizationalUnits: [] },
  [at('list-accounts')]: { Accounts: [account(MANAGEMENT, 'main'), account(SHOP, 'shop')] },
  [at(`list-accounts-for-parent/${ROOT}`)]: { Accounts: [account(MANAGEMENT, 'main')] },
  [at(`list-accounts-for-parent/${WORKLOADS}`)]: { Accounts: [] },
  [at(`list-accounts-for-parent/${PRODUCTION}`)]: { Accounts: [account(SHOP, 'shop')] },
  [at('list-policies/SERVICE_CONTROL_POLICY')]: { Policies: [scp(FULL), scp(REGIONS)] },
  [at('list-policies/RESOURCE_CONTROL_POLICY')]: { Policies: [rcp(FULL_RCP)] },
  [at('describe-policy/p-FullAWSAccess')]: { Policy: { PolicySummary: scp(FULL), Content: ALLOW } },
  [at('describe-policy/p-regions01')]: { Policy: { PolicySummary: scp(REGIONS), Content: DENY } },
  [at('describe-policy/p-RCPFullAWSAccess')]: { Policy: { PolicySummary: rcp(FULL_RCP), Content: ALLOW_RCP } },
  [at('list-targets-for-policy/p-FullAWSAccess')]: targets(...EVERYTHING),
  [at('list-targets-for-policy/p-regions01')]: targets(PRODUCTION),
  [at('list-targets-for-policy/p-RCPFullAWSAccess')]: targets(...EVERYTHING),
  [at('list-delegated-administrators')]: { DelegatedAdministrators: [{ ...account(SHOP, 'shop'), DelegationEnabledDate: 1700000000.5 }] },
  [at(`list-delegated-services-for-account/${SHOP}`)]: {
    DelegatedServices: [
      { ServicePrincipal: 'sso.amazonaws.com', DelegationEnabledDate: 1700000000.5 },
      { ServicePrincipal: 'access-analyzer.amazonaws.com' },
    ],
  },
}

const without = (...places: readonly string[]): Record<string, object> =>
  Object.fromEntries(Object.entries(collected).filter(([name]) => !places.some((place) => name.includes(place))))

const COMPLETE = { id: 'aws:organizations:o-abc1234567', asOf: '2024-05-06T07:08:09.123Z', complete: true }

describe('outputs of Organizations', () => {
  test('are together the organisation: units in units, accounts where they lie, policies on what they limit', async () => {
    const facts = await read(await folderOf(collected))
    expect(facts.findings).toEqual([])
    const within = [`o-abc1234567 ${ROOT}`, `${ROOT} ${MANAGEMENT}`, `${ROOT} ${WORKLOADS}`, `${WORKLOADS} ${PRODUCTION}`, `${PRODUCTION} ${SHOP}`]
    const guardrails = [FULL.Arn, REGIONS.Arn, FULL_RCP.Arn]
    expect([...new Set(facts.arrows)].sort()).toEqual(
      [
        ...[...within, ...guardrails.map((arn) => `o-abc1234567 ${arn}`)].map((pair) => pair.replace(' ', ' CONTAINS ')),
        ...EVERYTHING.flatMap((target) => [`${FULL.Arn} LIMITS ${target}`, `${FULL_RCP.Arn} LIMITS ${target}`]),
        `${REGIONS.Arn} LIMITS ${PRODUCTION}`,
      ].sort(),
    )
    expect(facts.entity(REGIONS.Arn)).toMatchObject({
      label: 'Guardrail',
      kind: 'ServiceControlPolicy',
      name: 'OnlyEurope',
      scope: 'o-abc1234567',
      document: DENY,
      properties: { uniqueId: 'p-regions01' },
      origin: { place: 'Policy.Content' },
    })
    expect(facts.entity(FULL_RCP.Arn)).toMatchObject({ kind: 'ResourceControlPolicy', properties: { providerManaged: true } })
    expect(facts.entity(PRODUCTION)).toMatchObject({ kind: 'AwsOrganizationalUnit', name: 'Production', scope: WORKLOADS })
    expect(facts.entity(MANAGEMENT)).toMatchObject({
      kind: 'AwsAccount',
      name: 'main',
      scope: ROOT,
      properties: { managementAccount: true, email: 'main@example.com', state: 'ACTIVE' },
    })
    expect(facts.entity(SHOP)).toMatchObject({
      scope: PRODUCTION,
      properties: { managementAccount: false, delegatedAdministratorFor: ['access-analyzer.amazonaws.com', 'sso.amazonaws.com'] },
    })
    expect(facts.coverages.find(({ scope }) => scope === 'o-abc1234567')).toMatchObject(COMPLETE)
  })

  test('say what a tree says', async () => {
    const attached = (...documents: readonly (readonly [object, string])[]): object[] =>
      documents.map(([policy, Content]) => ({ ...policy, Content }))
    const always = [
      [scp(FULL), ALLOW],
      [rcp(FULL_RCP), ALLOW_RCP],
    ] as const
    const tree = {
      ...root(),
      Policies: attached(...always),
      Children: [
        { ...account(MANAGEMENT, 'main'), Policies: attached(...always) },
        {
          ...unit(WORKLOADS, 'Workloads'),
          Policies: attached(...always),
          Children: [
            {
              ...unit(PRODUCTION, 'Production'),
              Policies: attached(...always, [scp(REGIONS), DENY]),
              Children: [{ ...account(SHOP, 'shop'), Policies: attached(...always) }],
            },
          ],
        },
      ],
    }
    const comparable = (facts: readonly string[]): string[] =>
      facts.filter((fact) => !fact.includes('"kind":"AwsAccount"') && !fact.includes(`"id":"aws:organizations:${MANAGEMENT}"`))
    const outputs = await read(await folderOf(without('list-delegated')))
    expect(comparable(factsOf(outputs))).toEqual(comparable(factsOf(await read(await folderOf({ 'tree.json': tree })))))
  })

  test('say the same in any order, twice, in envelopes, with keys in lower case', async () => {
    const kindOf = (name: string): string => `aws/organizations/${name.split('/')[3]?.replace('.json', '') ?? ''}`
    const subjectOf = (name: string): string | undefined => name.split('/')[4]?.replace('.json', '')
    const lower = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(lower)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), lower(member)]))
          : value
    const lines = Object.entries(collected).map(([name, output]) =>
      JSON.stringify({ Kind: kindOf(name), Account: MANAGEMENT, Subject: subjectOf(name), Output: lower(output) }),
    )
    const expected = factsOf(await read(await folderOf(collected)))
    expect(factsOf(await read(await folderOf({ 'all.ndjson': [...lines, ...lines].reverse().join('\n') })))).toEqual(expected)
  })

  test('are recognised by their ARNs where nothing says what they are; paths then tell the parents', async () => {
    const path = (...ids: readonly string[]): string => `${['o-abc1234567', ...ids].join('/')}/`
    const facts = await read(
      await folderOf({
        'roots.json': { Roots: [root()] },
        'units.json': { OrganizationalUnits: [{ ...unit(WORKLOADS, 'Workloads'), Path: path(ROOT, WORKLOADS) }] },
        'accounts.json': {
          Accounts: [{ ...account(SHOP, 'shop'), Status: 'SUSPENDED', State: 'CLOSED', Paths: [path(ROOT, WORKLOADS, SHOP)] }],
        },
      }),
    )
    expect(facts.findings).toEqual([])
    expect(facts.arrows).toEqual(expect.arrayContaining([`${ROOT} CONTAINS ${WORKLOADS}`, `${WORKLOADS} CONTAINS ${SHOP}`]))
    expect(facts.entity(SHOP)?.properties).toMatchObject({ state: 'CLOSED', managementAccount: false })
  })

  test('list-parents and list-children place what was listed without its place', async () => {
    const files = {
      ...without('list-accounts-for-parent', `units-for-parent/${WORKLOADS}`),
      [at(`list-parents/${MANAGEMENT}`)]: { Parents: [{ Id: ROOT, Type: 'ROOT' }] },
      [at(`list-parents/${SHOP}`)]: { Parents: [{ Id: PRODUCTION, Type: 'ORGANIZATIONAL_UNIT' }] },
      [at(`list-children/${WORKLOADS}`)]: { Children: [{ Id: PRODUCTION, Type: 'ORGANIZATIONAL_UNIT' }] },
    }
    const facts = await read(await folderOf(files))
    expect(facts.findings).toEqual([])
    expect(facts.arrows).toEqual(
      expect.arrayContaining([`${ROOT} CONTAINS ${MANAGEMENT}`, `${PRODUCTION} CONTAINS ${SHOP}`, `${WORKLOADS} CONTAINS ${PRODUCTION}`]),
    )
  })

  test('policies may be listed by what they are attached to', async () => {
    const byTarget = Object.fromEntries(
      EVERYTHING.flatMap((target) => [
        [
          at(`list-policies-for-target/${target}%2FSERVICE_CONTROL_POLICY`),
          { Policies: target === PRODUCTION ? [scp(FULL), scp(REGIONS)] : [scp(FULL)] },
        ],
        [at(`list-policies-for-target/${target}%2FRESOURCE_CONTROL_POLICY`), { Policies: [rcp(FULL_RCP)] }],
      ]),
    )
    const other = factsOf(await read(await folderOf({ ...without('list-targets', 'list-policies'), ...byTarget })))
    expect(other).toEqual(factsOf(await read(await folderOf(collected))))
  })

  test('a type of policy that is not enabled takes nothing away, whatever policies of it there are', async () => {
    const facts = await read(await folderOf({ ...without('RESOURCE_CONTROL', 'RCPFull'), [at('list-roots')]: { Roots: [root('TAG_POLICY')] } }))
    expect(facts.findings).toEqual([])
    expect(facts.entities.filter(({ label }) => label === 'Guardrail')).toEqual([])
    expect(facts.coverages.find(({ scope }) => scope === 'o-abc1234567')).toMatchObject({ complete: true })
  })
})

const UNTOLD = 'o-abc1234567#service_control_policy/not-loaded'

describe('what outputs of Organizations lack', () => {
  test('targets of one policy: anything might carry it, so that something unknown limits everything', async () => {
    const facts = await read(await folderOf(without('list-targets-for-policy/p-regions01')))
    expect(facts.entity(UNTOLD)).toMatchObject({ kind: 'ServiceControlPolicy', document: null })
    expect(facts.arrows).toEqual(expect.arrayContaining(EVERYTHING.map((target) => `${UNTOLD} LIMITS ${target}`)))
    expect(facts.findings.map(({ code, entity }) => `${code} ${entity ?? ''}`).sort()).toEqual(
      EVERYTHING.map((id) => `EXPORT_TRUNCATED ${id}`).sort(),
    )
    expect(facts.coverages.find(({ scope }) => scope === 'o-abc1234567')).toMatchObject({ complete: false })
  })

  test('a page of targets that goes on tells no end of them', async () => {
    const cut = { ...collected, [at('list-targets-for-policy/p-FullAWSAccess')]: { ...targets(ROOT), NextToken: 'more' } }
    expect((await read(await folderOf(cut))).arrows).toContain(`${UNTOLD} LIMITS ${SHOP}`)
    const pages = { ...cut, [at('list-targets-for-policy/p-FullAWSAccess.0002')]: targets(WORKLOADS, PRODUCTION, MANAGEMENT, SHOP) }
    expect(factsOf(await read(await folderOf(pages)))).toEqual(factsOf(await read(await folderOf(collected))))
  })

  test('policies of one type: nothing stands for them, and the organisation is not complete', async () => {
    const facts = await read(await folderOf(without('list-policies', 'describe-policy', 'list-targets')))
    expect(facts.entities.filter(({ label }) => label === 'Guardrail')).toEqual([])
    expect(facts.findings).toHaveLength(EVERYTHING.length)
    expect(facts.findings[0]?.message).toContain('service control policy, resource control policy')
    expect(facts.coverages.find(({ scope }) => scope === 'o-abc1234567')).toMatchObject({ complete: false })
  })

  test('the content of a policy', async () => {
    const facts = await read(await folderOf(without('describe-policy/p-regions01')))
    expect(facts.findings).toMatchObject([{ code: 'POLICY_MISSING', entity: PRODUCTION }])
    expect(facts.entity(REGIONS.Arn)).toMatchObject({ document: null })
    expect(facts.arrows).toContain(`${REGIONS.Arn} LIMITS ${PRODUCTION}`)
  })

  test('the place of a unit: what is attached above it may take everything away', async () => {
    const facts = await read(
      await folderOf({
        ...without(`units-for-parent/${WORKLOADS}`, `units-for-parent/${PRODUCTION}`),
        [at(`list-children/${PRODUCTION}`)]: { Children: [{ Id: SHOP, Type: 'ACCOUNT' }] },
      }),
    )
    expect(facts.findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: PRODUCTION }])
    expect(facts.arrows).toContain(`${UNTOLD} LIMITS ${PRODUCTION}`)
    expect(facts.arrows).not.toContain(`${UNTOLD} LIMITS ${ROOT}`)
  })

  test('the place of an account: it is in no organisation rather than in the wrong place', async () => {
    const facts = await read(await folderOf(without(`accounts-for-parent/${PRODUCTION}`)))
    expect(facts.findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: SHOP }])
    expect(facts.entity(SHOP)).toMatchObject({ scope: null })
    expect(facts.arrows.filter((arrow) => arrow.endsWith(`CONTAINS ${SHOP}`))).toEqual([])
  })

  test('many places of many accounts are one finding', async () => {
    const many = Array.from({ length: 30 }, (_, index) => account(String(200000000000 + index), `account${index}`))
    const facts = await read(await folderOf({ 'accounts.json': { Accounts: many }, 'roots.json': { Roots: [root()] } }))
    expect(facts.findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: 'o-abc1234567' }])
    expect(facts.findings[0]?.message).toContain('30')
  })

  test('refused answers are gaps; that there is no organisation is none', async () => {
    const refused = { Error: { Code: 'AccessDeniedException', Message: 'You are not allowed' } }
    const facts = await read(await folderOf({ ...collected, [at('list-policies/RESOURCE_CONTROL_POLICY')]: refused }))
    expect(findingsOf(facts)).toContain('EXPORT_TRUNCATED RESOURCE_CONTROL_POLICY.json')
    expect(facts.coverages.map(({ complete }) => complete)).toEqual([false, false])
    const none = await read(await folderOf({ [at('describe-organization')]: { Error: { Code: 'AWSOrganizationsNotInUseException', Message: '' } } }))
    expect(none.findings).toEqual([])
    expect(none.coverages).toMatchObject([{ id: `aws:organizations:${MANAGEMENT}`, complete: true }])
  })

  test('a broken row loses no other', async () => {
    const facts = await read(await folderOf({ ...collected, [at('list-accounts')]: { Accounts: [{ Id: 'x' }, account(SHOP, 'shop')] } }))
    expect(findingsOf(facts)).toEqual(['WRONG_SHAPE list-accounts.json Accounts[0].Id'])
    expect(facts.entity(SHOP)).toMatchObject({ name: 'shop' })
    expect(facts.coverages.every(({ complete }) => !complete)).toBe(true)
  })

  test('an account that only knows which organisation it is in replaces nothing that others said of it', async () => {
    const [[, described] = ['', {}]] = Object.entries(collected)
    const facts = await read(await folderOf({ [`${SHOP}/global/organizations/describe-organization.json`]: described }))
    expect(facts.findings).toEqual([])
    expect(facts.entity('o-abc1234567')).toMatchObject({ coverage: [`aws:organizations:${SHOP}`] })
    expect(facts.coverages.map(({ id }) => id)).toEqual([`aws:organizations:${SHOP}`])
  })

  test('outputs that nothing ties to an organisation are named', async () => {
    const facts = await read(await folderOf({ [at(`list-parents/${SHOP}`)]: { Parents: [{ Id: ROOT, Type: 'ROOT' }] } }))
    expect(facts.findings).toMatchObject([{ code: 'WRONG_SHAPE', place: 'Parents[0]' }])
  })
})
