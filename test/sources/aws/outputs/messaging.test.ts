import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bothRoads, bundle, failed } from './bundle.ts'

const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`
const URL = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`
const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:alerts`
const BUS = `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/orders`
const subject = encodeURIComponent(URL).replaceAll('.', '%2E')
const topic = encodeURIComponent(TOPIC)

const queuePolicy = JSON.stringify(allowing({ AWS: '999988887777' }, 'sqs:SendMessage', QUEUE))
const attributes = (more: object = {}): object => ({
  Attributes: {
    QueueArn: QUEUE,
    ApproximateNumberOfMessages: '0',
    CreatedTimestamp: '1442426968',
    LastModifiedTimestamp: '1442426968',
    VisibilityTimeout: '30',
    ...more,
  },
})

describe('queues', () => {
  const outputs = {
    'sqs/list-queues': { QueueUrls: [URL] },
    [`sqs/get-queue-attributes/${subject}`]: attributes({ Policy: queuePolicy, KmsMasterKeyId: 'alias/pay' }),
  }

  test('have a policy, a key and tags', async () => {
    const { entity, arrows, findings, coverage } = await bundle({ ...outputs, [`sqs/list-queue-tags/${subject}`]: { Tags: { team: 'pay' } } })
    expect(findings).toEqual([])
    expect(entity(QUEUE)).toMatchObject({
      kind: 'AWS::SQS::Queue',
      name: 'jobs',
      scope: ACCOUNT,
      document: queuePolicy,
      origin: { place: 'Attributes.Policy' },
      properties: { encryptionKey: 'alias/pay', createdAt: '2015-09-16T18:09:28.000Z', tags: ['team=pay'] },
    })
    expect(arrows).toContain(`arn:aws:iam::999988887777:root HOLDS ${QUEUE}#policy/0`)
    expect(coverage).toEqual([`aws:sqs/eu-west-1:${ACCOUNT} complete`])
  })

  test('are recognised by their URLs and ARNs wherever the files lie', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('have no policy where all attributes were printed and none was among them', async () => {
    const { entity } = await bundle({ [`sqs/get-queue-attributes/${subject}`]: attributes() })
    expect(entity(QUEUE)?.properties.policyState).toBe('ABSENT')
  })

  test('may have a policy where only some attributes were printed', async () => {
    const { entity, findings } = await bundle({ [`sqs/get-queue-attributes/${subject}`]: { Attributes: { QueueArn: QUEUE } } })
    expect(findings).toEqual([])
    expect(entity(QUEUE)?.properties).toEqual({})
  })

  test('may have a policy where the attributes were refused', async () => {
    const { entity, findings } = await bundle({ [`sqs/get-queue-attributes/${subject}`]: failed('AccessDenied') })
    expect(findings).toHaveLength(1)
    expect(entity(QUEUE)?.properties.policyState).toBe('NOT_LOADED')
  })

  test.each([
    [`https://queue.amazonaws.com/${ACCOUNT}/jobs`, `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`],
    [`https://eu-west-3.queue.amazonaws.com/${ACCOUNT}/jobs`, `arn:aws:sqs:eu-west-3:${ACCOUNT}:jobs`],
  ])('go by the old URL %s too', async (url, arn) => {
    const { free } = await bothRoads({ 'sqs/list-queues': { QueueUrls: [url] } })
    expect(free.findings).toEqual([])
    expect(free.facts.some((fact) => fact.includes(`"id":"${arn}"`))).toBe(true)
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({ 'sqs/list-queues': { QueueUrls: [7, URL] } })
    expect(findings).toEqual(['WRONG_SHAPE list-queues.json QueueUrls[0]'])
    expect(entity(QUEUE)).toBeDefined()
  })
})

describe('topics', () => {
  const policy = JSON.stringify(allowing('*', 'sns:Publish', TOPIC))
  const outputs = {
    'sns/list-topics': { Topics: [{ TopicArn: TOPIC }] },
    [`sns/get-topic-attributes/${topic}`]: {
      Attributes: { TopicArn: TOPIC, Owner: ACCOUNT, Policy: policy, KmsMasterKeyId: 'alias/aws/sns', SubscriptionsConfirmed: '1' },
    },
  }

  test('have a policy, a key and tags', async () => {
    const { entity, arrows, findings } = await bundle({
      ...outputs,
      [`sns/list-tags-for-resource/${topic}`]: { Tags: [{ Key: 'team', Value: 'pay' }] },
    })
    expect(findings).toEqual([])
    expect(entity(TOPIC)).toMatchObject({
      kind: 'AWS::SNS::Topic',
      name: 'alerts',
      document: policy,
      properties: { encryptionKey: 'alias/aws/sns', tags: ['team=pay'] },
    })
    expect(arrows).toContain(`* HOLDS ${TOPIC}#policy/0`)
  })

  test('are recognised by their ARNs wherever the files lie, and not taken for queues', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
    expect(free.coverage).toEqual([`aws:sns/eu-west-1:${ACCOUNT} complete`])
  })

  test('may have a policy where the attributes were refused', async () => {
    expect((await bundle({ [`sns/get-topic-attributes/${topic}`]: failed('AuthorizationError') })).entity(TOPIC)?.properties).toEqual({
      policyState: 'NOT_LOADED',
    })
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({ 'sns/list-topics': { Topics: [{}, { TopicArn: TOPIC }] } })
    expect(findings).toEqual(['WRONG_SHAPE list-topics.json Topics[0].TopicArn'])
    expect(entity(TOPIC)).toBeDefined()
  })
})

describe('event buses', () => {
  const policy = JSON.stringify(allowing({ AWS: '999988887777' }, 'events:PutEvents', BUS))
  const bus = { Name: 'orders', Arn: BUS, Description: 'of the shop', Policy: policy, CreationTime: '2025-01-01T00:00:00+00:00' }
  const none = { Name: 'default', Arn: `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default` }
  const outputs = {
    'events/list-event-buses': { EventBuses: [bus, none] },
    'events/describe-event-bus/orders': { ...bus, KmsKeyIdentifier: 'alias/pay' },
  }

  test('bring their policies with them; without one they have none', async () => {
    const { entity, findings } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(BUS)).toMatchObject({
      kind: 'AWS::Events::EventBus',
      document: policy,
      properties: { description: 'of the shop', encryptionKey: 'alias/pay' },
    })
    expect(entity(none.Arn)?.properties).toEqual({ policyState: 'ABSENT' })
  })

  test('are recognised by their ARNs wherever the files lie', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({
      'events/list-event-buses': {
        EventBuses: [
          { ...none, Name: null },
          { ...bus, Policy: 7 },
        ],
      },
    })
    expect(findings).toEqual(['WRONG_SHAPE list-event-buses.json EventBuses[0].Name', 'WRONG_SHAPE list-event-buses.json EventBuses[1].Policy'])
    expect(entity(BUS)?.properties.policyState).toBe('NOT_LOADED')
  })
})
