import type { ActionTable } from './table.ts'

/** DELETE: destroys, under a name that does not begin with Delete, Terminate or Purge. */
export const DELETIONS: ActionTable = {
  account: ['CloseAccount'],
  amplifybackend: ['RemoveAllBackends'],
  cassandra: ['Drop', 'DropMultiRegionResource'],
  'cognito-idp': ['AdminDelete*'],
  ec2: ['DeregisterImage', 'ReleaseAddress', 'ReleaseHosts'],
  es: ['ESHttpDelete'],
  healthlake: ['StartFHIRBulkDeleteJob'],
  kms: ['ScheduleKeyDeletion'],
  lightsail: ['ReleaseStaticIp'],
  organizations: ['CloseAccount'],
  personalize: ['CreateDataDeletionJob'],
  qldb: ['PartiQLDropIndex', 'PartiQLDropTable', 'PartiQLRedact'],
  s3: ['ReplicateDelete'],
  's3-outposts': ['ReplicateDelete'],
  transfer: ['StartRemoteDelete'],
  waf: ['DeleteWebACL'],
  'waf-regional': ['DeleteWebACL'],
  workmail: ['WipeMobileDevice'],
}
