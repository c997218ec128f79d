import type { CodegenConfig } from '@graphql-codegen/cli'

const answers = (name: string): string => `../operations/answers.ts#${name}`
const facts = (name: string): string => `../domain/facts.ts#${name}`
const connection = (node: string): string => `./parents.ts#${node}ConnectionParent`
const edge = (node: string): string => `./parents.ts#${node}EdgeParent`

/** What each type's resolvers are given: the shapes that the operations answer with. */
const mappers = {
  PageInfo: './parents.ts#PageInfoParent',
  Entity: `${answers('Entity')} as EntityParent`,
  Principal: `${answers('Entity')} as EntityParent`,
  Role: `${answers('Entity')} as EntityParent`,
  Guardrail: `${answers('Entity')} as EntityParent`,
  Scope: `${answers('Entity')} as EntityParent`,
  Resource: `${answers('Entity')} as EntityParent`,
  Grant: `${answers('Entity')} as EntityParent`,
  Reach: `${answers('Reach')} as ReachParent`,
  EffectivePermission: `${answers('EffectivePermission')} as EffectivePermissionParent`,
  AccessDecision: `${answers('AccessDecision')} as AccessDecisionParent`,
  Reason: answers('SpokenReason'),
  Exposure: `${answers('Exposure')} as ExposureParent`,
  Usage: `${answers('Usage')} as UsageParent`,
  EvidenceStep: `${answers('EvidenceStep')} as EvidenceStepParent`,
  Snapshot: '../graph/store.ts#SnapshotInfo',
  Coverage: facts('CoverageFact'),
  Finding: facts('FindingFact'),
  EntityConnection: connection('Entity'),
  EntityEdge: edge('Entity'),
  ReachConnection: connection('Reach'),
  ReachEdge: edge('Reach'),
  EffectivePermissionConnection: connection('EffectivePermission'),
  EffectivePermissionEdge: edge('EffectivePermission'),
}

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'src/api/schema.generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        avoidOptionals: { resolvers: true, query: true },
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        immutableTypes: true,
        maybeValue: 'T | null | undefined',
        scalars: { JSON: 'unknown', DateTime: 'string' },
        contextType: './context.ts#ApiContext',
        mappers,
      },
    },
  },
}
export default config
