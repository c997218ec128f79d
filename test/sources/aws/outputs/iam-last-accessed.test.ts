import { describe, expect, test } from 'vitest'
import { ACCOUNT, bundle, loose } from './bundle.ts'

const iam = (operation: string, subject?: string): string =>
  `global/iam/${operation}${subject === undefined ? '' : `/${encodeURIComponent(subject)}`}`
const arn = (text: string): string => `arn:aws:iam::${ACCOUNT}:${text}`

describe('service last accessed details', () => {
  const ROLE = arn('role/deploy')
  const completed = { JobStatus: 'COMPLETED', JobCreationDate: '2026-11-20T10:00:00+00:00', JobCompletionDate: '2026-11-20T10:00:05+00:00' }
  const byService = {
    ...completed,
    JobType: 'SERVICE_LEVEL',
    ServicesLastAccessed: [
      {
        ServiceName: 'Amazon S3',
        ServiceNamespace: 's3',
        LastAuthenticated: '2026-10-01T00:00:00+00:00',
        LastAuthenticatedEntity: ROLE,
        TotalAuthenticatedEntities: 1,
      },
      { ServiceName: 'AWS KMS', ServiceNamespace: 'kms', TotalAuthenticatedEntities: 0 },
    ],
    IsTruncated: false,
  }
  const byAction = {
    ...completed,
    JobType: 'ACTION_LEVEL',
    ServicesLastAccessed: [
      {
        ServiceName: 'Amazon S3',
        ServiceNamespace: 's3',
        LastAuthenticated: '2026-09-01T00:00:00+00:00',
        TotalAuthenticatedEntities: 1,
        TrackedActionsLastAccessed: [
          { ActionName: 'ListAllMyBuckets', LastAccessedTime: '2026-09-01T00:00:00+00:00', LastAccessedRegion: 'eu-west-1' },
          { ActionName: 's3:CreateBucket' },
        ],
      },
    ],
    IsTruncated: false,
  }
  const path = iam('get-service-last-accessed-details', ROLE)
  const USAGE = ['kms never', 's3 2026-10-01T00:00:00.000Z', 's3:CreateBucket never', 's3:ListAllMyBuckets 2026-09-01T00:00:00.000Z']

  test('of both grains are one list of last uses, the later of two counts', async () => {
    const { entity, findings, coverage } = await bundle({ [path]: byService, [`${path}.0002`]: byAction })
    expect(findings).toEqual([])
    expect(entity(ROLE)).toMatchObject({ kind: 'AwsRole', properties: { usage: USAGE } })
    expect(coverage).toEqual([`aws:iam-last-accessed:${ACCOUNT} complete`])
  })

  test('name whom they are about by a wrapper too', async () => {
    const { entity, findings } = await loose({
      'x.json': [
        { Arn: ROLE, Details: byService },
        { arn: ROLE, details: byAction },
      ],
    })
    expect(findings).toEqual([])
    expect(entity(ROLE)?.properties.usage).toEqual(USAGE)
  })

  test.each<[string, object, string]>([
    ['is running', { JobStatus: 'IN_PROGRESS', JobType: 'SERVICE_LEVEL', JobCreationDate: '2026-11-20T10:00:00+00:00' }, 'JobStatus'],
    ['failed', { ...byService, JobStatus: 'FAILED' }, 'JobStatus'],
    ['goes on on a page that is not there', { ...byService, IsTruncated: true, Marker: 'x' }, 'IsTruncated'],
  ])('of a job that %s are refused, with the reason', async (_what, details, place) => {
    const { entity, findings, coverage } = await loose({ 'x.json': { Arn: ROLE, Details: details } })
    expect(findings).toEqual([`WRONG_SHAPE x.json Details.${place}`])
    expect(entity(ROLE)).toBeUndefined()
    expect(coverage).toEqual([`aws:iam-last-accessed:${ACCOUNT} incomplete`])
  })

  test('on several pages are whole with the last one', async () => {
    const first = { ...byService, IsTruncated: true, Marker: 'x' }
    const { entity, findings } = await bundle({ [`${path}.0001`]: first, [`${path}.0002`]: byAction })
    expect(findings).toEqual([])
    expect(entity(ROLE)?.properties.usage).toEqual(USAGE)
  })

  test('about nobody are refused', async () => {
    const { findings } = await bundle({ [iam('get-service-last-accessed-details')]: byService })
    expect(findings).toEqual(['WRONG_SHAPE get-service-last-accessed-details.json'])
  })

  test('a broken service or action stops no other', async () => {
    const services = [
      { ServiceName: 'x' },
      ...byAction.ServicesLastAccessed.map((service) => ({
        ...service,
        TrackedActionsLastAccessed: [{ LastAccessedTime: 1 }, { ActionName: 'PutObject' }],
      })),
    ]
    const { entity, findings } = await loose({ 'x.json': { Arn: ROLE, Details: { ...byAction, ServicesLastAccessed: services } } })
    expect(findings).toEqual([
      'WRONG_SHAPE x.json Details.ServicesLastAccessed[0].ServiceNamespace',
      'WRONG_SHAPE x.json Details.ServicesLastAccessed[1].TrackedActionsLastAccessed[0].ActionName',
    ])
    expect(entity(ROLE)?.properties.usage).toEqual(['s3 2026-09-01T00:00:00.000Z', 's3:PutObject never'])
  })
})
