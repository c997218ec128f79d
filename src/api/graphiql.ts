import type { FastifyInstance } from 'fastify'
import { getStaticFile } from 'ruru/static'
import { EXAMPLE_QUERY } from './graphiql-example.ts'

const FILES = '/graphiql/files/'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Permiscope: GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${FILES}ruru.css">
<style>body { margin: 0 } #ruru-root { height: 100vh }</style>
</head>
<body>
<div id="ruru-root"></div>
<script type="module" src="/graphiql/start.js"></script>
</body>
</html>
`

const START = `const files = ${JSON.stringify(FILES)}
const workers = { json: 'jsonWorker.js', graphql: 'graphqlWorker.js' }
globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(files + (workers[label] ?? 'editorWorker.js'), location.origin), { type: 'module' }),
}
const { React, createRoot, Ruru } = await import(files + 'ruru.js')
createRoot(document.getElementById('ruru-root')).render(
  React.createElement(Ruru, { endpoint: '/graphql', staticPath: files, initialQuery: ${JSON.stringify(EXAMPLE_QUERY)} }),
)
`

/** GraphiQL from the package ruru, without a byte from anywhere else. */
export function serveGraphiql(app: FastifyInstance): void {
  app.get('/graphiql', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
  app.get('/graphiql/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START))
  app.get(`${FILES}*`, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: FILES,
      urlPath: request.url,
      acceptEncoding: request.headers['accept-encoding'],
      disallowDevAssets: true,
    })
    return file === null ? reply.callNotFound() : reply.headers(file.headers).send(file.content)
  })
}
