import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'src/api/schema.generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: { avoidOptionals: { resolvers: true }, useTypeImports: true, enumsAsTypes: true, strictScalars: true },
    },
  },
}
export default config
