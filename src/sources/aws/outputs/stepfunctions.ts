import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/** State machines: https://docs.aws.amazon.com/cli/latest/reference/stepfunctions/describe-state-machine.html. Definitions may hold secrets and are not looked at. */

const machineListed = struct({ StateMachineArn: z.string().startsWith('arn:') })
const machineWhole = struct({
  StateMachineArn: z.string().startsWith('arn:'),
  Status: text,
  Description: text,
  RoleArn: text,
  CreationDate: date,
  EncryptionConfiguration: struct({ KmsKeyId: text }).nullish(),
})

function machine(row: z.output<typeof machineWhole>, about: About): Mapped {
  const id = row.StateMachineArn
  const properties = {
    state: row.Status,
    description: row.Description,
    createdAt: toIsoDate(row.CreationDate),
    encryptionKey: row.EncryptionConfiguration?.KmsKeyId,
  }
  return joined([resource({ id, properties }, about), runsAs(id, row.RoleArn, about)])
}

const byArn = knownByArn('states', 'StateMachineArn')

export const stepfunctions: OutputPart = {
  part: 'stepfunctions',
  regional: true,
  kinds: [
    {
      id: 'aws/stepfunctions/list-state-machines',
      ...knownByArn('states', 'StateMachines', 'StateMachineArn'),
      map: (value, about) => mapRows(value, 'StateMachines', about, machineListed, (row) => resource({ id: row.StateMachineArn }, about)),
    },
    {
      id: 'aws/stepfunctions/describe-state-machine',
      ...byArn,
      absent: ['StateMachineDoesNotExist'],
      knownBy: ['StateMachineArn', 'RoleArn'],
      // With an update date it is the machine as it was when some execution started.
      is: (value) => byArn.is(value) && !('UpdateDate' in value),
      map: (value, about) => mapWhole(value, about, machineWhole, (row) => machine(row, about)),
    },
  ],
}
