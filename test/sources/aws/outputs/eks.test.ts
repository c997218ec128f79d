import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'

const arn = (id: string): string => `arn:aws:eks:${REGION}:${ACCOUNT}:${id}`
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`
const CLUSTER = arn('cluster/shop')
const ENTRY = arn(`access-entry/shop/role/${ACCOUNT}/deployer/54c6b3b7-f4a1-4f2c-8d2e-1c6d5f0e2d11`)
const ASSOCIATION = arn('podidentityassociation/shop/a-9njjin9gfghecgocd')
const ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy'
const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy'

const cluster = (network: object = {}): object => ({
  cluster: {
    name: 'shop',
    arn: CLUSTER,
    createdAt: 1715000000.123,
    version: '1.33',
    endpoint: 'https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
    roleArn: role('cluster'),
    resourcesVpcConfig: { vpcId: 'vpc-1', endpointPublicAccess: true, endpointPrivateAccess: false, publicAccessCidrs: ['0.0.0.0/0'], ...network },
    accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
    status: 'ACTIVE',
    certificateAuthority: { data: 'LS0tLS1CRUdJTi' },
    encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` } }],
    tags: { team: 'shop' },
  },
})
const entry = (more: object = {}): object => ({
  accessEntry: {
    clusterName: 'shop',
    principalArn: role('deployer'),
    kubernetesGroups: ['deployers'],
    accessEntryArn: ENTRY,
    createdAt: '2024-05-06T07:08:09.123000+00:00',
    modifiedAt: '2024-05-06T07:08:09.123000+00:00',
    tags: {},
    username: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/{{SessionName}}`,
    type: 'STANDARD',
    ...more,
  },
})
const policies = {
  associatedAccessPolicies: [
    { policyArn: VIEW, accessScope: { type: 'cluster', namespaces: [] }, associatedAt: 1715000000.1, modifiedAt: 1715000000.1 },
    { policyArn: ADMIN, accessScope: { type: 'namespace', namespaces: ['web', 'jobs'] }, associatedAt: 1715000000.1, modifiedAt: 1715000000.1 },
  ],
  clusterName: 'shop',
  principalArn: role('deployer'),
}
const nodegroup = {
  nodegroup: {
    nodegroupName: 'small',
    nodegroupArn: arn('nodegroup/shop/small/b0ee21cc-d92c-5bba-aa95-7c1b0d4d4ad1'),
    clusterName: 'shop',
    createdAt: 1715000000.123,
    status: 'ACTIVE',
    nodeRole: role('node'),
    launchTemplate: { name: 'nodes', version: '2', id: 'lt-1' },
    tags: {},
  },
}
const summary = { clusterName: 'shop', namespace: 'web', serviceAccount: 'cart', associationArn: ASSOCIATION, associationId: 'a-9njjin9gfghecgocd' }
const association = (more: object = {}): object => ({
  association: { ...summary, roleArn: role('cart'), tags: {}, createdAt: 1715000000.1, modifiedAt: 1715000000.1, ...more },
})
const PRINCIPAL = encodeURIComponent(`shop ${role('deployer')}`)
const outputs = {
  'eks/list-clusters': { clusters: ['shop'] },
  'eks/describe-cluster/shop': cluster(),
  [`eks/describe-access-entry/${PRINCIPAL}`]: entry(),
  [`eks/list-associated-access-policies/${PRINCIPAL}`]: policies,
  'eks/describe-nodegroup/shop%20small': nodegroup,
  'eks/list-pod-identity-associations/shop': { associations: [summary] },
  'eks/describe-pod-identity-association/a': association(),
}
const credentials = (arrows: readonly string[]): readonly string[] => arrows.filter((arrow) => arrow.includes(' CAN_AUTHENTICATE_AS '))

describe('EKS', () => {
  test('clusters have a role, an endpoint, a key and a way to let people in', async () => {
    const { entity, findings, coverage } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(coverage).toEqual([`aws:eks/${REGION}:${ACCOUNT} complete`])
    expect(entity(CLUSTER)).toMatchObject({
      kind: 'AWS::EKS::Cluster',
      name: 'shop',
      properties: {
        createdAt: '2024-05-06T12:53:20.123Z',
        state: 'ACTIVE',
        vpc: 'vpc-1',
        internetExposure: ['tcp/443 from 0.0.0.0/0'],
        authenticationMode: 'API_AND_CONFIG_MAP',
        encryptionKey: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`,
        tags: ['team=shop'],
      },
    })
  })

  test('endpoints are exposed to the public blocks that they allow', async () => {
    const exposure = async (network: object) =>
      (await bundle({ 'eks/describe-cluster/shop': cluster(network) })).entity(CLUSTER)?.properties.internetExposure
    expect(await exposure({ publicAccessCidrs: ['203.0.113.0/24', '10.0.0.0/8'] })).toEqual(['tcp/443 from 203.0.113.0/24'])
    expect(await exposure({ endpointPublicAccess: false })).toEqual([])
    expect(await exposure({ endpointPublicAccess: undefined })).toBeUndefined()
  })

  test('an access entry is held by its principal, at the cluster, and gives access policies', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(arrows).toEqual(
      expect.arrayContaining([`${role('deployer')} HOLDS ${ENTRY}`, `${ENTRY} AT ${CLUSTER}`, `${ENTRY} GIVES ${ADMIN}`, `${ENTRY} GIVES ${VIEW}`]),
    )
    expect(entity(ADMIN)).toMatchObject({
      label: 'Role',
      kind: 'EksAccessPolicy',
      name: 'AmazonEKSClusterAdminPolicy',
      scope: null,
      properties: { providerManaged: true },
    })
    expect(entity(ENTRY)).toMatchObject({
      label: 'Grant',
      kind: 'EksAccessEntry',
      scope: ACCOUNT,
      properties: { createdAt: '2024-05-06T07:08:09.123Z' },
    })
    expect(JSON.parse(entity(ENTRY)?.document ?? 'null')).toEqual({
      type: 'STANDARD',
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/{{SessionName}}`,
      kubernetesGroups: ['deployers'],
      associatedAccessPolicies: expect.arrayContaining([
        { policyArn: ADMIN, accessScope: { type: 'namespace', namespaces: ['web', 'jobs'] } },
        { policyArn: VIEW, accessScope: { type: 'cluster', namespaces: [] } },
      ]),
    })
  })

  test('entries whose policies were not collected are a gap, except those of nodes', async () => {
    expect((await bundle({ [`eks/describe-access-entry/${PRINCIPAL}`]: entry() })).findings).toEqual([
      expect.stringMatching(/^EXPORT_TRUNCATED .*AccessEntry$/),
    ])
    expect((await bundle({ [`eks/describe-access-entry/${PRINCIPAL}`]: entry({ type: 'EC2_LINUX' }) })).findings).toEqual([])
    expect(
      (
        await bundle({
          [`eks/describe-access-entry/${PRINCIPAL}`]: entry(),
          [`eks/list-associated-access-policies/${PRINCIPAL}`]: { ...policies, associatedAccessPolicies: [] },
        })
      ).findings,
    ).toEqual([])
  })

  test('entries that are listed and not described are held and a gap', async () => {
    const { arrows, findings } = await bundle({ 'eks/list-access-entries/shop': { accessEntries: [role('deployer')] } })
    expect(findings).toEqual(['EXPORT_TRUNCATED shop.json AccessEntries[0]'])
    expect(arrows).toContain(`${role('deployer')} HOLDS ${CLUSTER}#access-entry/${role('deployer')}`)
  })

  test('entries that are listed and described are one', async () => {
    const { arrows, findings } = await bundle({ ...outputs, 'eks/list-access-entries/shop': { accessEntries: [role('deployer')] } })
    expect(findings).toEqual([])
    expect(arrows.filter((arrow) => arrow.includes(' HOLDS '))).toEqual([`${role('deployer')} HOLDS ${ENTRY}`])
  })

  test('pods of a service account have its associated role', async () => {
    const { entity, arrows } = await bundle(outputs)
    expect(entity(ASSOCIATION)).toMatchObject({ kind: 'AWS::EKS::PodIdentityAssociation', name: 'web/cart' })
    expect(arrows).toContain(`${CLUSTER} CONTAINS ${ASSOCIATION}`)
    expect(credentials(arrows)).toEqual([
      `${CLUSTER} CAN_AUTHENTICATE_AS ${role('cluster')}`,
      `${arn('nodegroup/shop/small/b0ee21cc-d92c-5bba-aa95-7c1b0d4d4ad1')} CAN_AUTHENTICATE_AS ${role('node')}`,
      `${ASSOCIATION} CAN_AUTHENTICATE_AS ${role('cart')}`,
    ])
  })

  test('pods with a target role have that one only', async () => {
    const target = 'arn:aws:iam::444455556666:role/ledger'
    const { entity, arrows } = await bundle({ 'eks/describe-pod-identity-association/a': association({ targetRoleArn: target }) })
    expect(credentials(arrows)).toEqual([`${ASSOCIATION} CAN_AUTHENTICATE_AS ${target}`])
    expect(entity(ASSOCIATION)?.properties.executionRole).toBe(role('cart'))
  })

  test('node groups lie in their cluster', async () => {
    const { entity, arrows } = await bundle(outputs)
    const id = arn('nodegroup/shop/small/b0ee21cc-d92c-5bba-aa95-7c1b0d4d4ad1')
    expect(entity(id)).toMatchObject({ kind: 'AWS::EKS::Nodegroup', name: 'small', properties: { state: 'ACTIVE', startedFrom: 'lt-1:2' } })
    expect(arrows).toContain(`${CLUSTER} CONTAINS ${id}`)
  })

  test('is the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('a list of entries that nobody placed is a finding', async () => {
    const { findings } = await loose({
      'envelope.json': { Kind: 'aws/eks/list-access-entries', Account: ACCOUNT, Region: REGION, Output: { accessEntries: [] } },
    })
    expect(findings).toEqual(['WRONG_SHAPE envelope.json Output'])
  })

  test('what went away since it was listed is no gap; what was refused is one', async () => {
    const at = `eks/describe-access-entry/${PRINCIPAL}`
    expect(await bundle({ [at]: failed('ResourceNotFoundException') })).toMatchObject({
      findings: [],
      coverage: [`aws:eks/${REGION}:${ACCOUNT} complete`],
    })
    expect((await bundle({ 'eks/list-access-entries/shop': failed('InvalidRequestException') })).findings).toEqual([])
    expect((await bundle({ 'eks/list-nodegroups/shop': { nodegroups: ['small'] } })).findings).toEqual([])
    expect((await bundle({ [at]: failed('AccessDeniedException') })).coverage).toEqual([`aws:eks/${REGION}:${ACCOUNT} incomplete`])
  })

  test('a broken association stops no other', async () => {
    const { entity, findings } = await bundle({
      'eks/list-pod-identity-associations/shop': { associations: [{ ...summary, associationArn: 7 }, summary] },
    })
    expect(findings).toEqual(['WRONG_SHAPE shop.json Associations[0].AssociationArn'])
    expect(entity(ASSOCIATION)?.name).toBe('web/cart')
  })
})
