import { service } from '../service.ts'

export const sts = service({
  cli: 'sts',
  gains: 'whose account it is',
  reach: 'GLOBAL',
  load: () => import('@aws-sdk/client-sts'),
  client: 'STSClient',
  calls: [{ command: 'GetCallerIdentityCommand' }],
})
