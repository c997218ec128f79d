import { serviceOf } from './catalogue.ts'
import { kindOf } from './kinds.ts'
import type { ResourceType } from './knowledge.ts'
import { services } from './read-snapshot.ts'
import type { SnapshotService, SnapshotType } from './read-snapshot.ts'

/** Resource types by name, with the service that defines them. */

const typesByService = new Map<SnapshotService, ReadonlyMap<string, ResourceType>>()

/** Types that a service defines, by name in the service's own spelling (`s3:object`). */
function typesDefinedBy(service: SnapshotService): ReadonlyMap<string, ResourceType> {
  let types = typesByService.get(service)
  if (types === undefined) {
    types = new Map(service.types().map((type) => [`${service.name}:${type.name}`, describe(service, type)]))
    typesByService.set(service, types)
  }
  return types
}

export const allTypes = (): readonly ResourceType[] => services.flatMap((service) => [...typesDefinedBy(service).values()])

export function typeOf(name: string): ResourceType | undefined {
  const service = serviceOf(name.split(':', 1)[0] ?? '')
  return service === undefined ? undefined : typesDefinedBy(service).get(name)
}

function describe(service: SnapshotService, { name, arnPatterns }: SnapshotType): ResourceType {
  const [arnPattern = '*', ...otherArnPatterns] = arnPatterns
  return { name: `${service.name}:${name}`, arnPattern, otherArnPatterns, kind: kindIn(service, name, arnPattern) }
}

/** `events:key` is a KMS key and `ssm:bucket` an S3 bucket: what lies in another service is of the kind that its own service calls it. */
function kindIn(service: SnapshotService, name: string, arnPattern: string): string {
  const home = arnPattern.split(':')[2] ?? ''
  const own =
    home === service.name
      ? undefined
      : serviceOf(home)
          ?.types()
          .find((type) => type.arnPatterns.includes(arnPattern))
  return own === undefined ? kindOf(service.name, name) : kindOf(home, own.name)
}
