import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, loose, REGION } from './bundle.ts'

const PROJECT = `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/release`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/service-role/release`
const project = {
  name: 'release',
  arn: PROJECT,
  description: 'builds and ships',
  source: { type: 'GITHUB', location: 'https://ghp_secrettoken@github.com/acme/shop.git', auth: { type: 'OAUTH', resource: 'ghp_secrettoken' } },
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: {
    type: 'LINUX_CONTAINER',
    image: 'aws/codebuild/standard:7.0',
    environmentVariables: [
      { name: 'NPM_TOKEN', value: 'hunter2', type: 'PLAINTEXT' },
      { name: 'API_KEY', value: '/shop/api', type: 'PARAMETER_STORE' },
    ],
    privilegedMode: true,
  },
  serviceRole: ROLE,
  encryptionKey: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/s3`,
  vpcConfig: { vpcId: 'vpc-1', subnets: [], securityGroupIds: [] },
  tags: [{ key: 'team', value: 'shop' }],
  created: 1715000000.123,
  lastModified: '2024-06-06T07:08:09.123000+00:00',
}
const outputs = { 'codebuild/batch-get-projects': { projects: [project], projectsNotFound: [] } }

describe('build projects', () => {
  test('have a role, a key, names of variables and tags', async () => {
    const { entity, arrows, findings } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(PROJECT)).toMatchObject({
      kind: 'AWS::CodeBuild::Project',
      name: 'release',
      properties: {
        description: 'builds and ships',
        createdAt: '2024-05-06T12:53:20.123Z',
        updatedAt: '2024-06-06T07:08:09.123Z',
        encryptionKey: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/s3`,
        vpc: 'vpc-1',
        environmentKeys: ['API_KEY', 'NPM_TOKEN'],
        tags: ['team=shop'],
      },
    })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${PROJECT}`, `${PROJECT} CAN_AUTHENTICATE_AS ${ROLE}`])
  })

  test('keep no value of a variable and no token of a source', async () => {
    const { text } = await bundle(outputs)
    expect(text).not.toMatch(/hunter2|secrettoken/)
  })

  test('are the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('of which one is broken are read all the same', async () => {
    const broken = { ...project, environment: { environmentVariables: [{ value: 'hunter2' }] } }
    const { entity, findings } = await bundle({ 'codebuild/batch-get-projects': { projects: [broken, project] } })
    expect(findings).toEqual(['WRONG_SHAPE batch-get-projects.json Projects[0].Environment.EnvironmentVariables[0].Name'])
    expect(entity(PROJECT)).toBeDefined()
  })

  test('that are listed are there, whether or not they were described', async () => {
    const listed = { 'codebuild/list-projects': { projects: ['release'] } }
    expect((await bundle(listed)).entity(PROJECT)).toMatchObject({ kind: 'AWS::CodeBuild::Project', name: 'release' })
    expect((await bundle({ ...listed, ...outputs })).facts).toEqual((await bundle(outputs)).facts)
  })

  test('are not a mere list of names in a loose file, which may be of another service', async () => {
    expect((await loose({ 'a.json': { projects: ['release'] } })).findings).toEqual(['NOT_RECOGNISED a.json'])
  })
})
