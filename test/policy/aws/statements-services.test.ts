import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, OURS, ROOT, admin, allow, ask, aws, everyone, hold, policy } from '../../reference/aws-cases.ts'
import type { JsonObject } from '../../reference/aws-question.ts'

/** S39, S41 to S43, as far as a simulate document can say it. */

const MANAGED = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const SSO = `arn:aws:iam::${OURS}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`
const LINKED = `arn:aws:iam::${OURS}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`
const change = (action: string, arn: string): JsonObject => ask({ action, resource: { arn, account: OURS }, identityPolicies: admin })

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html, .../id_roles_create-service-linked-role.html */
const kept: readonly Case[] = [
  ...['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:DeletePolicyVersion', 'iam:DeletePolicy'].map((action): Case => ({
    name: `S39 nobody does ${action} on a policy of AWS`,
    ask: change(action, MANAGED),
    effect: 'DENY',
    because: [{ layer: 'SERVICE', kind: 'EXPLICIT_DENY' }],
  })),
  { name: 'S39 a policy of AWS can be read', ask: change('iam:GetPolicy', MANAGED), effect: 'ALLOW' },
  { name: 'S39 a policy of one’s own can be changed', ask: change('iam:CreatePolicyVersion', `arn:aws:iam::${OURS}:policy/mine`), effect: 'ALLOW' },
  ...['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole'].flatMap((action): readonly Case[] => [
    {
      name: `S39 nobody does ${action} on a role of Identity Center`,
      ask: change(action, SSO),
      effect: 'DENY',
      because: [{ layer: 'SERVICE', kind: 'EXPLICIT_DENY' }],
    },
    { name: `S39 nobody does ${action} on a service-linked role`, ask: change(action, LINKED), effect: 'DENY' },
  ]),
  { name: 'S39 a role of Identity Center can be read', ask: change('iam:GetRole', SSO), effect: 'ALLOW' },
  { name: 'S39 an ordinary role can be changed', ask: change('iam:AttachRolePolicy', `arn:aws:iam::${OURS}:role/app`), effect: 'ALLOW' },
]

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
const pass = (context: JsonObject, more: JsonObject = {}): JsonObject =>
  ask({
    action: 'iam:PassRole',
    resource: { arn: `arn:aws:iam::${OURS}:role/lambda` },
    context,
    identityPolicies: [
      policy(
        allow({
          Action: 'iam:PassRole',
          Resource: `arn:aws:iam::${OURS}:role/*`,
          Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
        }),
      ),
    ],
    ...more,
  })
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
const passing: readonly Case[] = [
  {
    name: 'S42 a role is passed to the service that iam:PassedToService names',
    ask: pass({ 'iam:PassedToService': 'lambda.amazonaws.com' }),
    effect: 'ALLOW',
  },
  { name: 'S42 a role is not passed to another service', ask: pass({ 'iam:PassedToService': 'ec2.amazonaws.com' }), effect: 'DENY' },
  { name: 'S42 to which service a role is passed may not be known', ask: pass({}, { unknownContext: true }), effect: 'CONDITIONAL' },
  {
    name: 'S42 passing needs the identity policy',
    ask: pass({ 'iam:PassedToService': 'lambda.amazonaws.com' }, { identityPolicies: [] }),
    effect: 'DENY',
  },
  {
    name: 'S42 whether the role trusts the service is another question',
    ask: pass({ 'iam:PassedToService': 'lambda.amazonaws.com' }, { resourcePolicy: trust }),
    effect: 'ALLOW',
  },
  {
    name: 'S42 a role of another account cannot be passed by identity alone',
    ask: pass(
      { 'iam:PassedToService': 'lambda.amazonaws.com' },
      { resource: { arn: 'arn:aws:iam::444455556666:role/lambda' }, identityPolicies: admin },
    ),
    effect: 'DENY',
  },
]

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
const PROVIDER = `arn:aws:iam::${OURS}:oidc-provider/token.actions.githubusercontent.com`
const SAML = `arn:aws:iam::${OURS}:saml-provider/idp`
const SUB = 'token.actions.githubusercontent.com:sub'
const federate = (changes: JsonObject, parts: JsonObject = {}): JsonObject =>
  ask({
    principal: PROVIDER,
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: { arn: `arn:aws:iam::${OURS}:role/deploy` },
    resourcePolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: PROVIDER },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { [SUB]: 'repo:acme/infra:*' } },
          ...parts,
        },
      ],
    },
    ...changes,
  })
const federation: readonly Case[] = [
  { name: 'S43 a subject that the trust names', ask: federate({ context: { [SUB]: 'repo:acme/infra:ref:refs/heads/main' } }), effect: 'ALLOW' },
  { name: 'S43 another subject', ask: federate({ context: { [SUB]: 'repo:acme/other:ref:refs/heads/main' } }), effect: 'DENY' },
  {
    name: 'S43 no identity policy is needed, nor do SCPs bind',
    ask: federate({ context: { [SUB]: 'repo:acme/infra:x' }, serviceControlPolicies: [[]] }),
    effect: 'ALLOW',
  },
  { name: 'S43 the subject is not known', ask: federate({ unknownContext: true }), effect: 'CONDITIONAL' },
  {
    name: 'S43 another provider',
    ask: federate({ principal: PROVIDER.replace('token.actions.githubusercontent.com', 'gitlab.com'), context: { [SUB]: 'repo:acme/infra:x' } }),
    effect: 'DENY',
  },
  { name: 'S43 another action', ask: federate({ action: 'sts:AssumeRoleWithSAML', context: { [SUB]: 'repo:acme/infra:x' } }), effect: 'DENY' },
  {
    name: 'S43 a SAML provider',
    ask: federate(
      { principal: SAML, action: 'sts:AssumeRoleWithSAML', context: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      {
        Principal: { Federated: SAML },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ),
    effect: 'ALLOW',
  },
  {
    name: 'S43 a user is no federated subject',
    ask: federate({ principal: ALICE, identityPolicies: admin, context: { [SUB]: 'repo:acme/infra:x' } }),
    effect: 'DENY',
  },
]

const further: readonly Case[] = [
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
    name: 'aws:PrincipalAccount of a service is sent, but not known',
    ask: ask({
      principal: 'lambda.amazonaws.com',
      unknownContext: true,
      resourcePolicy: policy(allow({ ...everyone, Condition: { StringEquals: { 'aws:PrincipalAccount': OURS } } })),
    }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'aws:PrincipalAccount of a service is not absent',
    ask: ask({
      principal: 'lambda.amazonaws.com',
      unknownContext: true,
      resourcePolicy: policy(allow({ ...everyone, Condition: { Null: { 'aws:PrincipalAccount': 'true' } } })),
    }),
    effect: 'DENY',
  },
  {
    name: 'S41 a tag that is given counts',
    ask: ask({
      action: 's3:ListBucket',
      resource: { arn: 'arn:aws:s3:::logs', account: OURS },
      context: { 'aws:ResourceTag/team': 'red' },
      identityPolicies: [policy(allow({ Action: 's3:ListBucket', Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } }))],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'a queue policy that names the account delegates to its identities',
    ask: ask({
      action: 'sqs:SendMessage',
      resource: { arn: `arn:aws:sqs:eu-west-1:${OURS}:q` },
      resourcePolicy: policy(allow({ Action: 'sqs:*', ...aws(ROOT) })),
    }),
    effect: 'DENY',
  },
  {
    name: 'aws:SourceArn of a service',
    ask: ask({
      principal: 'sns.amazonaws.com',
      action: 'sqs:SendMessage',
      resource: { arn: `arn:aws:sqs:eu-west-1:${OURS}:q` },
      context: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OURS}:t` },
      resourcePolicy: policy(
        allow({
          Action: 'sqs:SendMessage',
          Principal: { Service: 'sns.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OURS}:t` } },
        }),
      ),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'aws:SourceArn is never sent for a user, so that its condition fails even where keys are not known',
    ask: ask({
      unknownContext: true,
      resourcePolicy: policy(allow({ ...everyone, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } } })),
    }),
    effect: 'DENY',
  },
  {
    name: 'aws:SourceAccount of a service is not known',
    ask: ask({
      principal: 'sns.amazonaws.com',
      unknownContext: true,
      resourcePolicy: policy(allow({ Principal: { Service: 'sns.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': OURS } } })),
    }),
    effect: 'CONDITIONAL',
  },
]

hold('what AWS keeps for itself', kept)
hold('passing roles', passing)
hold('federation', federation)
hold('keys of services', further)
