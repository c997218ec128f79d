import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'

const MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:orders`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/service-role/orders`
const machine = {
  stateMachineArn: MACHINE,
  name: 'orders',
  status: 'ACTIVE',
  definition: '{"StartAt":"Call","States":{"Call":{"Parameters":{"token":"hunter2"}}}}',
  roleArn: ROLE,
  type: 'STANDARD',
  creationDate: 1715000000.123,
  encryptionConfiguration: { kmsKeyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`, type: 'CUSTOMER_MANAGED_KMS_KEY' },
}
const outputs = {
  'stepfunctions/list-state-machines': {
    stateMachines: [{ stateMachineArn: MACHINE, name: 'orders', type: 'STANDARD', creationDate: 1715000000.123 }],
  },
  'stepfunctions/describe-state-machine/orders': machine,
}

describe('state machines', () => {
  test('have a role, a state and a key, and no definition is kept', async () => {
    const { entity, arrows, findings, text } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(MACHINE)).toMatchObject({
      kind: 'AWS::StepFunctions::StateMachine',
      name: 'orders',
      properties: { state: 'ACTIVE', createdAt: '2024-05-06T12:53:20.123Z', encryptionKey: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` },
    })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${MACHINE}`, `${MACHINE} CAN_AUTHENTICATE_AS ${ROLE}`])
    expect(text).not.toContain('hunter2')
  })

  test('that are listed are there, whether or not they were described', async () => {
    const { entity, findings } = await bundle({ ...outputs, 'stepfunctions/describe-state-machine/orders': failed('AccessDeniedException') })
    expect(findings).toEqual(['EXPORT_TRUNCATED orders.json'])
    expect(entity(MACHINE)).toMatchObject({ kind: 'AWS::StepFunctions::StateMachine', name: 'orders' })
  })

  test('are the same from loose files', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })

  test('are not what some execution once started with', async () => {
    const { entity } = await loose({ 'a.json': { ...machine, updateDate: 1715000000.123 } })
    expect(entity(MACHINE)).toBeUndefined()
  })

  test('that are broken are named', async () => {
    const { findings } = await bundle({ 'stepfunctions/describe-state-machine/orders': { ...machine, stateMachineArn: 7 } })
    expect(findings).toEqual(['WRONG_SHAPE orders.json StateMachineArn'])
  })
})
