import { actionOf, idOf, nameOf, serviceOf } from './catalogue.ts'
import { emptyBitmap, expand, setBit } from './expand.ts'
import { typesOfArn } from './arn-types.ts'
import { keptById } from './kept-by-id.ts'
import type { ActionKnowledge } from './knowledge.ts'
import { accessLevel } from './levels/access-levels.ts'
import { actionCount, rcpServices, snapshotDate } from './read-snapshot.ts'
import { typeOf } from './resource-types.ts'

const onType = new Map<string, Uint32Array>()

/** A type is taken by actions of the service that defines it alone: `kms:key` by actions of KMS, `events:key` by those of EventBridge. */
function actionsOn(typeName: string): Uint32Array {
  const known = onType.get(typeName)
  if (known !== undefined) return known
  const bitmap = emptyBitmap()
  const [prefix = ''] = typeName.split(':', 1)
  const name = typeName.slice(prefix.length + 1)
  const service = serviceOf(prefix)
  service?.actions().forEach(({ types }, place) => {
    if (types.some((type) => type.name === name)) setBit(bitmap, service.firstId + place)
  })
  if (service !== undefined) onType.set(typeName, bitmap)
  return bitmap
}

const conditionKeysOf = keptById((id): readonly string[] => {
  const { action } = actionOf(id)
  return [...new Set([...action.conditionKeys, ...action.types.flatMap(({ conditionKeys }) => conditionKeys)])]
})

const resourceTypesOf = keptById((id): readonly string[] => {
  const { service, action } = actionOf(id)
  return action.types.map(({ name }) => `${service.name}:${name}`)
})

const levelOf = keptById((id) => {
  const { service, action } = actionOf(id)
  return accessLevel(service.name, action.name, action.awsLevel)
})

/** What is known about AWS's actions and resource types, as of `date`. Read on demand from the committed snapshot. */
export const actionKnowledge: ActionKnowledge = {
  date: snapshotDate,
  size: actionCount,
  idOf,
  nameOf,
  levelOf,
  resourceTypesOf,
  conditionKeysOf,
  expand,
  typesOfArn,
  typeOf,
  actionsOn,
  rcpServices,
}
