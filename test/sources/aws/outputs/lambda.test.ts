import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bothRoads, bundle, failed, loose } from './bundle.ts'

const HELLO = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:hello`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/service-role/hello-role`
const SECRET = 'hunter2-never-keep-this'

const configuration = (more: object = {}): object => ({
  FunctionName: 'hello',
  FunctionArn: HELLO,
  Runtime: 'python3.13',
  Role: ROLE,
  Handler: 'app.handler',
  Description: 'says hello',
  LastModified: '2025-06-01T10:00:00.000+0000',
  CodeSha256: 'AAAA',
  Version: '$LATEST',
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: '' },
  Environment: { Variables: { TABLE: 'orders', DB_PASSWORD: SECRET } },
  KMSKeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
  State: 'Active',
  ...more,
})
const policy = (arn = HELLO): object => ({
  Policy: JSON.stringify(allowing({ Service: 's3.amazonaws.com' }, 'lambda:InvokeFunction', arn)),
  RevisionId: '1',
})
const url = (AuthType: string, arn = HELLO): object => ({
  FunctionUrl: 'https://x.lambda-url.eu-west-1.on.aws/',
  FunctionArn: arn,
  AuthType,
  CreationTime: '2025-06-01T10:00:00.000+0000',
})
const outputs = {
  'lambda/list-functions': { Functions: [configuration()] },
  'lambda/get-policy/hello': policy(),
  'lambda/list-function-url-configs/hello': { FunctionUrlConfigs: [url('NONE')] },
}

describe('functions', () => {
  test('run as their role, have a policy, and say what environment they have and what of them is open', async () => {
    const { entity, arrows, findings, coverage } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(HELLO)).toMatchObject({
      kind: 'AWS::Lambda::Function',
      name: 'hello',
      scope: ACCOUNT,
      origin: { place: 'Policy' },
      properties: {
        description: 'says hello',
        updatedAt: '2025-06-01T10:00:00.000Z',
        state: 'Active',
        encryptionKey: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`,
        environmentKeys: ['DB_PASSWORD', 'TABLE'],
        internetExposure: ['https (auth NONE)'],
      },
    })
    expect(arrows).toContain(`${HELLO} CAN_AUTHENTICATE_AS ${ROLE}`)
    expect(arrows).toContain(`s3.amazonaws.com HOLDS ${HELLO}#policy/0`)
    expect(coverage).toEqual([`aws:lambda/eu-west-1:${ACCOUNT} complete`])
  })

  test('are recognised by their ARNs wherever the files lie', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('never keep the value of a variable, nor where their code can be fetched', async () => {
    const code = { RepositoryType: 'S3', Location: `https://bucket.s3.amazonaws.com/x?X-Amz-Signature=${SECRET}` }
    const { entity, text } = await bundle({
      ...outputs,
      'lambda/get-function/hello': { Configuration: configuration(), Code: code, Tags: { team: 'pay' } },
      'lambda/get-function-configuration/hello': configuration(),
    })
    expect(entity(HELLO)?.properties.tags).toEqual(['team=pay'])
    expect(text).not.toContain(SECRET)
  })

  test.each([
    [{ Environment: undefined }, { environmentKeys: [] }],
    [{ Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'no key' } } }, {}],
  ])('with %j have the variables %j', async (more, expected) => {
    const { environmentKeys } = (await bundle({ 'lambda/list-functions': { Functions: [configuration(more)] } })).entity(HELLO)?.properties ?? {}
    expect({ environmentKeys }).toEqual({ environmentKeys: undefined, ...expected })
  })

  test.each([
    [{ Tags: { a: 'b' } }, ['a=b']],
    [{}, []],
    [{ TagsError: { ErrorCode: 'AccessDeniedException' } }, undefined],
  ])('with %j have the tags %j', async (more, tags) => {
    const { entity } = await bundle({ 'lambda/get-function/hello': { Configuration: configuration(), ...more } })
    expect(entity(HELLO)?.properties.tags).toEqual(tags)
  })

  test.each([
    ['ResourceNotFoundException', 'ABSENT', 'complete'],
    ['AccessDeniedException', 'NOT_LOADED', 'incomplete'],
  ])('whose policy is answered with %s: %s', async (code, policyState, completeness) => {
    const { entity, coverage } = await bundle({ ...outputs, 'lambda/get-policy/hello': failed(code) })
    expect(entity(HELLO)?.properties.policyState).toBe(policyState)
    expect(coverage).toEqual([`aws:lambda/eu-west-1:${ACCOUNT} ${completeness}`])
  })

  test('have versions and aliases within them, with policies of their own', async () => {
    const { entity, arrows, findings } = await bundle({
      'lambda/list-functions': {
        Functions: [configuration({ FunctionArn: `${HELLO}:$LATEST` }), configuration({ FunctionArn: `${HELLO}:3`, Version: '3' })],
      },
      [`lambda/get-policy/${encodeURIComponent('hello:prod')}`]: policy(`${HELLO}:prod`),
    })
    expect(findings).toEqual([])
    expect(entity(`${HELLO}:3`)).toMatchObject({ name: 'hello:3' })
    expect(entity(`${HELLO}:prod`)).toMatchObject({ name: 'hello:prod', document: expect.stringContaining('InvokeFunction') })
    expect(entity(`${HELLO}:$LATEST`)).toBeUndefined()
    expect(entity(HELLO)?.document).toBeNull()
    expect(arrows).toContain(`${HELLO} CONTAINS ${HELLO}:3`)
  })

  test.each([
    [[url('AWS_IAM')], []],
    [[], []],
    [[url('AWS_IAM'), url('NONE', `${HELLO}:prod`)], ['https (auth NONE)']],
  ])('with the URLs %j are open by %j', async (FunctionUrlConfigs, exposure) => {
    const { entity } = await bundle({ 'lambda/list-function-url-configs/hello': { FunctionUrlConfigs } })
    expect(entity(HELLO)?.properties.internetExposure).toEqual(exposure)
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({
      'lambda/list-functions': { Functions: [{ FunctionName: 'x' }, configuration()] },
      'lambda/list-function-url-configs/hello': { FunctionUrlConfigs: [{ FunctionArn: HELLO }] },
    })
    expect(findings).toEqual(['WRONG_SHAPE hello.json FunctionUrlConfigs[0].AuthType', 'WRONG_SHAPE list-functions.json Functions[0].FunctionArn'])
    expect(entity(HELLO)?.properties.internetExposure).toBeUndefined()
  })

  test('are not guessed from a policy that names several', async () => {
    const other = {
      Version: '2012-10-17',
      Statement: [HELLO, `${HELLO}2`].map((Resource) => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource })),
    }
    const { findings } = await loose({ 'p.json': { Policy: JSON.stringify(other), RevisionId: '1' } })
    expect(findings).toEqual(['NOT_RECOGNISED p.json'])
  })
})
