import * as fc from 'fast-check'
import { ALICE, OURS } from './aws-cases.ts'
import type { JsonObject } from './aws-question.ts'

/** Simulate documents that ask about patterns, over policies whose patterns contain and overlap each other. */

const RESOURCES = ['*', 'b', 'b*', 'b/*', 'b/a', 'b/a*', 'b/*z', 'b/?', 'b/a/*', '*', 'other/*'].map((name, place) =>
  place === 0 ? '*' : `arn:aws:s3:::${name}`,
)
const ACTIONS = ['s3:GetObject', 's3:Get*', 's3:GetObject*', '*', 's3:GetObjectAcl', 's3:*Object*', 's3:PutObject']
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

const statement: fc.Arbitrary<JsonObject> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    resourceElement: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
    actionElement: fc.constantFrom('Action', 'Action', 'Action', 'Action', 'NotAction'),
    condition: fc.constantFrom({}, {}, {}, { Condition: MFA }),
  })
  .map(({ effect, action, resource, resourceElement, actionElement, condition }) => ({
    Effect: effect,
    [actionElement]: action,
    [resourceElement]: resource,
    ...condition,
  }))

const policyOf = (of: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> =>
  fc.array(of, { minLength: 1, maxLength: 3 }).map((statements) => ({ Version: '2012-10-17', Statement: statements }))

const sometimes = (
  name: string,
  policy: fc.Arbitrary<JsonObject>,
  wrap: (policy: JsonObject) => JsonObject | readonly JsonObject[],
): fc.Arbitrary<JsonObject> => fc.option(policy, { nil: null }).map((document) => (document === null ? {} : { [name]: wrap(document) }))

export const patternQuestions: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.constantFrom('s3:GetObject', 's3:GetObject*', 's3:GetObjectA*', 's3:Get*'),
    fc.constantFrom('b/*', 'b/a*', 'b/?', 'b/a', 'b*', '*'),
    fc.boolean(),
    policyOf(statement),
    sometimes('resourcePolicy', policyOf(statement.map((json) => ({ ...json, Principal: '*' }))), (policy) => policy),
    sometimes('permissionsBoundary', policyOf(statement), (policy) => [policy]),
  )
  .map(([action, name, unknownContext, policy, ...layers]) => ({
    principal: ALICE,
    action,
    resource: { arn: `arn:aws:s3:::${name}`, account: OURS },
    context: {},
    unknownContext,
    identityPolicies: [policy],
    ...layers[0],
    ...layers[1],
  }))
