import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/sqs/, …/sns/, …/events/ */

const NEXT = ['NextToken', 'NextToken'] as const
const queues = [{ of: 'list-queues', list: 'QueueUrls', take: { QueueUrl: '' } }]
const NO_QUEUE = ['AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist']

export const sqs = service({
  cli: 'sqs',
  gains: 'queues with their policies and tags',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-sqs'),
  client: 'SQSClient',
  calls: [
    { command: 'ListQueuesCommand', input: { MaxResults: 1000 }, pages: NEXT },
    { command: 'GetQueueAttributesCommand', input: { AttributeNames: ['All'] }, each: queues, none: NO_QUEUE },
    { command: 'ListQueueTagsCommand', each: queues, none: NO_QUEUE },
  ],
})

export const sns = service({
  cli: 'sns',
  gains: 'topics with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-sns'),
  client: 'SNSClient',
  calls: [
    { command: 'ListTopicsCommand', pages: NEXT },
    {
      command: 'GetTopicAttributesCommand',
      each: [{ of: 'list-topics', list: 'Topics', take: { TopicArn: 'TopicArn' } }],
      none: ['NotFound', 'NotFoundException'],
    },
  ],
})

export const events = service({
  cli: 'events',
  gains: 'event buses with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-eventbridge'),
  client: 'EventBridgeClient',
  calls: [{ command: 'ListEventBusesCommand', input: { Limit: 100 }, pages: NEXT }],
})
