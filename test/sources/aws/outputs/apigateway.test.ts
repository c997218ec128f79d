import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bundle, loose } from './bundle.ts'

const ORDERS = 'arn:aws:apigateway:eu-west-1::/restapis/a1b2c3'
const HTTP = 'arn:aws:apigateway:eu-west-1::/apis/d4e5f6'
const policy = JSON.stringify(allowing('*', 'execute-api:Invoke', `arn:aws:execute-api:eu-west-1:${ACCOUNT}:a1b2c3/*`))
/** As the CLI prints it: within the JSON text, quotes and slashes have a backslash. */
const escaped = policy.replaceAll('"', '\\"').replaceAll('/', '\\/')

const restApi = (more: object = {}): object => ({
  id: 'a1b2c3',
  name: 'orders',
  description: 'of the shop',
  createdDate: '2025-01-01T00:00:00+00:00',
  apiKeySource: 'HEADER',
  endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
  policy: escaped,
  tags: { team: 'pay' },
  disableExecuteApiEndpoint: false,
  ...more,
})
const httpApi = {
  ApiEndpoint: 'https://d4e5f6.execute-api.eu-west-1.amazonaws.com',
  ApiId: 'd4e5f6',
  CreatedDate: '2025-01-01T00:00:00+00:00',
  DisableExecuteApiEndpoint: false,
  Name: 'web',
  ProtocolType: 'HTTP',
  Tags: {},
}

describe('APIs', () => {
  test('have a policy, tags and an endpoint', async () => {
    const { entity, arrows, findings } = await bundle({
      'apigateway/get-rest-apis': { items: [restApi()] },
      'apigatewayv2/get-apis': { Items: [httpApi] },
    })
    expect(findings).toEqual([])
    expect(entity(ORDERS)).toMatchObject({
      kind: 'AWS::ApiGateway::RestApi',
      name: 'orders',
      scope: ACCOUNT,
      document: policy,
      origin: { place: 'items[0].policy' },
      properties: { description: 'of the shop', createdAt: '2025-01-01T00:00:00.000Z', tags: ['team=pay'], internetExposure: ['https'] },
    })
    expect(entity(HTTP)).toMatchObject({ kind: 'AWS::ApiGatewayV2::Api', name: 'web', properties: { tags: [], internetExposure: ['https'] } })
    expect(arrows).toContain(`* HOLDS ${ORDERS}#policy/0`)
  })

  test.each([policy, escaped])('have their policy escaped or not', async (printed) => {
    expect((await bundle({ 'apigateway/get-rest-api/a1b2c3': restApi({ policy: printed }) })).entity(ORDERS)?.document).toBe(policy)
  })

  test('without policy have none', async () => {
    const { entity } = await bundle({ 'apigateway/get-rest-apis': { items: [restApi({ policy: undefined })] } })
    expect(entity(ORDERS)?.properties.policyState).toBe('ABSENT')
  })

  test.each([
    [{ endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: ['vpce-1'] } }, []],
    [{ endpointConfiguration: { types: ['EDGE'] } }, ['https']],
    [{ disableExecuteApiEndpoint: true }, undefined],
    [{ endpointConfiguration: undefined }, undefined],
  ])('with %j are open by %j', async (more, exposure) => {
    const { entity } = await bundle({ 'apigateway/get-rest-apis': { items: [restApi(more)] } })
    expect(entity(ORDERS)?.properties.internetExposure).toEqual(exposure)
  })

  test('are recognised by what only they have, and not taken for each other', async () => {
    const keys = { Keys: [{ KeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1` }] }
    const { entity, findings, coverage } = await loose({ 'keys.json': keys, 'a.json': { items: [restApi()] }, 'b.json': { Items: [httpApi] } })
    expect(findings).toEqual([])
    expect(entity(HTTP)?.scope).toBe(ACCOUNT)
    expect(entity(ORDERS)?.document).toBe(policy)
    expect(coverage).toEqual(['apigateway', 'apigatewayv2', 'kms'].map((part) => `aws:${part}/eu-west-1:${ACCOUNT} complete`))
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({
      'apigateway/get-rest-apis': { items: [{ name: 'x' }, restApi()] },
      'apigatewayv2/get-apis': { Items: [{ Name: 'x' }, httpApi] },
    })
    expect(findings).toEqual(['WRONG_SHAPE get-apis.json Items[0].ApiId', 'WRONG_SHAPE get-rest-apis.json items[0].Id'])
    expect(entity(ORDERS)).toBeDefined()
    expect(entity(HTTP)).toBeDefined()
  })
})
