import { KINDS_BY_TYPE, NAMESPACES } from './kind-names.ts'

/** A resource type's kind, `AWS::S3::Bucket`: CloudFormation's name where the tables know it, else made from the names of service and type. */
export const kindOf = (service: string, type: string): string =>
  KINDS_BY_TYPE[`${service}:${type}`] ?? `AWS::${NAMESPACES[service] ?? inCamelCase(service)}::${inCamelCase(type)}`

/** `dhcp-options`, `function alias`, `loadbalancer/app/` → DhcpOptions, FunctionAlias, LoadbalancerApp */
const inCamelCase = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
