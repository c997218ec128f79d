import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'

/** Resource Access Manager, as `aws ram …` prints it. */

const SHOP = '444455556666'
const OU = 'arn:aws:organizations::999988887777:ou/o-abc1234567/ou-ab12-cdef3456'
const shareOf = (owner: string): string => `arn:aws:ram:${REGION}:${owner}:resource-share/7ab63972-b505-7e2a-420d-6f5d3EXAMPLE`
const SHARE = shareOf(ACCOUNT)
const SUBNET = `arn:aws:ec2:${REGION}:${ACCOUNT}:subnet/subnet-0123456789abcdef0`
const PERMISSION = 'arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet'
const DOCUMENT = '{"Effect": "Allow","Action": ["ec2:RunInstances","ec2:DescribeSubnets"]}'

const share = (status = 'ACTIVE', arn = SHARE): object => ({
  resourceShareArn: arn,
  name: 'network',
  owningAccountId: arn.split(':')[4],
  allowExternalPrincipals: false,
  status,
  creationTime: '2024-01-02T03:04:05.678000+00:00',
  lastUpdatedTime: '2024-02-02T03:04:05.678000+00:00',
  featureSet: 'STANDARD',
})
const subnet = { arn: SUBNET, type: 'ec2:Subnet', resourceShareArn: SHARE, creationTime: 1700000000, resourceRegionScope: 'REGIONAL' }
const principal = (id: string, arn = SHARE): object => ({ id, resourceShareArn: arn, creationTime: 1700000000, external: false })
const permission = {
  arn: PERMISSION,
  version: '2',
  defaultVersion: true,
  name: 'AWSRAMDefaultPermissionSubnet',
  resourceType: 'ec2:Subnet',
  status: 'ASSOCIATED',
}
const printed = (version = '2'): object => ({ permission: { ...permission, version, permission: DOCUMENT, status: 'ATTACHABLE' } })

const at = (operation: string, subject: string): string => `ram/${operation}/${encodeURIComponent(subject)}`
const PERMISSIONS = at('list-resource-share-permissions', SHARE)
const DOCUMENTS = at('get-permission', PERMISSION)
const collected = {
  [at('get-resource-shares', 'SELF')]: { resourceShares: [share()] },
  [at('list-resources', 'SELF')]: { resources: [subnet] },
  [at('list-principals', 'SELF')]: { principals: [principal(SHOP), principal(OU)] },
  [PERMISSIONS]: { permissions: [permission] },
  [DOCUMENTS]: printed(),
}
const GRANT = `${SHARE}->${SUBNET}`
const COVERAGE = `aws:ram/${REGION}:${ACCOUNT}`

const contentOf = (facts: { readonly entity: (id: string) => { readonly document: string | null } | undefined }, id = GRANT): unknown =>
  JSON.parse(facts.entity(id)?.document ?? 'null')

describe('outputs of ram', () => {
  test('are a grant at each shared resource, to whom the share names, with what its permission allows', async () => {
    const facts = await bundle(collected)
    expect(facts.findings).toEqual([])
    expect(facts.coverage).toEqual([`${COVERAGE} complete`])
    expect(facts.entity(GRANT)).toMatchObject({
      label: 'Grant',
      kind: 'AwsResourceShare',
      name: 'network',
      properties: { createdAt: '2024-01-02T03:04:05.678Z', updatedAt: '2024-02-02T03:04:05.678Z' },
    })
    expect(contentOf(facts)).toEqual({ resourceArn: SUBNET, permissions: [DOCUMENT], principals: [SHOP, OU], allowExternalPrincipals: false })
    expect(facts.entity(SUBNET)).toMatchObject({ label: 'Resource', kind: 'AWS::EC2::Subnet', scope: ACCOUNT })
    expect(facts.arrows).toEqual([`${ACCOUNT} CONTAINS ${SUBNET}`, `${GRANT} AT ${SUBNET}`, `arn:aws:iam::${SHOP}:root HOLDS ${GRANT}`].sort())
  })

  test('say the same as loose files, but for the permissions of a share, which name no share', async () => {
    const { [PERMISSIONS]: _, ...named } = collected
    const { placed, free } = await bothRoads(named)
    expect(free.facts).toEqual(placed.facts)
    expect(free.coverage).toEqual(placed.coverage)
  })

  test('associations tell resources and principals too, as far as they are in force', async () => {
    const association = (type: string, entity: string, status = 'ASSOCIATED'): object => ({
      resourceShareArn: SHARE,
      resourceShareName: 'network',
      associatedEntity: entity,
      associationType: type,
      status,
    })
    const facts = await bundle({
      [at('get-resource-shares', 'SELF')]: { resourceShares: [share()] },
      [at('get-resource-share-associations', 'PRINCIPAL')]: {
        resourceShareAssociations: [
          association('PRINCIPAL', SHOP),
          association('PRINCIPAL', OU),
          association('PRINCIPAL', '777788889999', 'DISASSOCIATED'),
        ],
      },
      [at('get-resource-share-associations', 'RESOURCE')]: { resourceShareAssociations: [association('RESOURCE', SUBNET)] },
      [PERMISSIONS]: { permissions: [permission] },
      [DOCUMENTS]: printed(),
    })
    expect(facts).toMatchObject({ findings: [], facts: (await bundle(collected)).facts })
  })

  test.each(['DELETED', 'DELETING', 'PENDING', 'FAILED'])('a share that is %s shares nothing', async (status) => {
    const facts = await bundle({ ...collected, [at('get-resource-shares', 'SELF')]: { resourceShares: [share(status)] } })
    expect(facts).toMatchObject({ findings: [], arrows: [] })
  })

  test('whoever is shared with sees itself only: the grant is to its account', async () => {
    const other = shareOf('777788889999')
    const shared = `arn:aws:ec2:${REGION}:777788889999:subnet/subnet-0fedcba9876543210`
    const facts = await bundle({
      [at('get-resource-shares', 'OTHER-ACCOUNTS')]: { resourceShares: [share('ACTIVE', other)] },
      [at('list-resources', 'OTHER-ACCOUNTS')]: { resources: [{ ...subnet, arn: shared, resourceShareArn: other }] },
      [at('list-principals', 'OTHER-ACCOUNTS')]: { principals: [principal('777788889999', other)] },
      [at('list-resource-share-permissions', other)]: { permissions: [permission] },
      [DOCUMENTS]: printed(),
    })
    expect(facts.findings).toEqual([])
    expect(contentOf(facts, `${other}->${shared}#${ACCOUNT}`)).toMatchObject({ principals: [ACCOUNT], permissions: [DOCUMENT] })
    expect(facts.entity(shared)).toMatchObject({ scope: '777788889999' })
  })

  test('a permission is for one type of resources', async () => {
    const resolver = `arn:aws:route53resolver:${REGION}:${ACCOUNT}:resolver-rule/rslvr-rr-1`
    const rule = {
      ...permission,
      arn: 'arn:aws:ram::aws:permission/AWSRAMDefaultPermissionResolverRule',
      resourceType: 'route53resolver:ResolverRule',
    }
    const facts = await bundle({
      ...collected,
      [at('list-resources', 'SELF')]: { resources: [subnet, { ...subnet, arn: resolver, type: 'route53resolver:ResolverRule' }] },
      [PERMISSIONS]: { permissions: [permission, rule] },
      [at('get-permission', rule.arn)]: { permission: { ...rule, permission: '{"Effect":"Allow","Action":["route53resolver:GetResolverRule"]}' } },
    })
    expect(facts.findings).toEqual([])
    expect(contentOf(facts)).toMatchObject({ permissions: [DOCUMENT] })
    expect(contentOf(facts, `${SHARE}->${resolver}`)).toMatchObject({
      permissions: ['{"Effect":"Allow","Action":["route53resolver:GetResolverRule"]}'],
    })
  })
})

describe('what outputs of ram lack', () => {
  test.each([
    ['the document of a permission', DOCUMENTS, {}],
    ['its document in the version that the share has', DOCUMENTS, { [DOCUMENTS]: printed('1') }],
    ['the permissions of a share', PERMISSIONS, {}],
  ])('%s: what it allows is not known, and is not nothing', async (_, place, instead) => {
    const { [place]: __, ...rest } = collected
    const facts = await bundle({ ...rest, ...instead })
    expect(facts.findings).toHaveLength(1)
    expect(facts.findings[0]).toMatch(/^POLICY_MISSING /)
    expect(contentOf(facts)).toMatchObject({ permissions: [null] })
    expect(facts.coverage).toEqual([`${COVERAGE} incomplete`])
  })

  test.each([
    ['whom a share names', at('list-principals', 'SELF')],
    ['whether a share is active', at('get-resource-shares', 'SELF')],
  ])('%s', async (_, place) => {
    const { [place]: __, ...rest } = collected
    const facts = await bundle(rest)
    expect(facts.findings).toHaveLength(1)
    expect(facts.findings[0]).toMatch(/^EXPORT_TRUNCATED /)
    expect(facts.coverage).toEqual([`${COVERAGE} incomplete`])
  })

  test('what was refused is a gap', async () => {
    const facts = await bundle({ ...collected, [at('list-resources', 'OTHER-ACCOUNTS')]: failed('AccessDeniedException') })
    expect(facts.findings).toHaveLength(1)
    expect(facts.coverage).toEqual([`${COVERAGE} incomplete`])
  })

  test('broken rows lose no others', async () => {
    const facts = await bundle({ ...collected, [at('list-resources', 'SELF')]: { resources: [{ arn: 'x' }, subnet] } })
    expect(facts.findings).toEqual(['WRONG_SHAPE SELF.json Resources[0].Arn'])
    expect(contentOf(facts)).toMatchObject({ principals: [SHOP, OU] })
  })

  test('the permissions of a share that nothing ties to it are named', async () => {
    const { findings } = await loose({ 'p.json': { permissions: [permission] } })
    expect(findings).toEqual(['NOT_RECOGNISED p.json'])
  })
})
