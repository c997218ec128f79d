import { describe, expect, it } from 'vitest'
import { checkAccess } from '../../src/operations/check-access.ts'
import { lookUp } from '../../src/operations/look-up.ts'
import { ACCOUNT, accountExport, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

/** Resources whose policy hangs on what holds them. */

const REGION = 'eu-west-1'
const API = `arn:aws:apigateway:${REGION}::/restapis/abc123`
const CALL = `arn:aws:execute-api:${REGION}:${ACCOUNT}:abc123/prod/GET/orders`
const CATALOG = `arn:aws:glue:${REGION}:${ACCOUNT}:catalog`
const TABLE = `arn:aws:glue:${REGION}:${ACCOUNT}:table/sales/orders`
const deny = (Action: string, Resource: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Shut', Effect: 'Deny', Principal: '*', Action, Resource }],
})

const estate = await estateOf({
  'iam.json': accountExport({ users: { dev: { policies: { all: [{ actions: '*' }] } } } }),
  'policies.json': [
    { Resource: API, Account: ACCOUNT, Policy: deny('execute-api:Invoke', `arn:aws:execute-api:${REGION}:${ACCOUNT}:abc123/*`) },
    { Resource: CATALOG, Account: ACCOUNT, Policy: deny('glue:GetTable', TABLE) },
    { Resource: `arn:aws:glue:${REGION}:${ACCOUNT}:database/sales`, Account: ACCOUNT, Policy: null },
  ],
})

describe('the policy of what holds a thing', () => {
  it.each([
    ['a call of an API', 'execute-api:Invoke', CALL],
    ['a table of the Glue catalog', 'glue:GetTable', TABLE],
  ])('decides about %s', (_, action, target) => {
    const { effect, because } = checkAccess(estate, { principal: userArn('dev'), action, target })
    expect({ effect, because }).toMatchObject({ effect: 'DENY', because: [{ layer: 'RESOURCE', kind: 'EXPLICIT_DENY', statement: 'Shut' }] })
  })

  it('says nothing about what it does not name', () => {
    const database = `arn:aws:glue:${REGION}:${ACCOUNT}:database/sales`
    expect(checkAccess(estate, { principal: userArn('dev'), action: 'glue:GetDatabase', target: database }).effect).toBe('ALLOW')
  })
})

it('finds a thing by what its ARN ends in', () => {
  expect(lookUp(estate, 'abc123', 'Resource')?.id).toBe(API)
})
