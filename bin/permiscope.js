#!/usr/bin/env node
// Runs the CLI from its sources in a checkout (Node strips the types) and from dist/ in a published package.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { spawn } from 'node:child_process'

const root = new URL('..', import.meta.url)
const source = new URL('src/cli/main.ts', root)
const fromSource = existsSync(fileURLToPath(source))
const [major, minor] = process.versions.node.split('.').map(Number)

if (fromSource && (major < 22 || (major === 22 && minor < 18))) {
  // This Node can't run TypeScript; the checkout's own devDependency `node` can.
  const node = fileURLToPath(new URL('node_modules/node/bin/node', root))
  if (!existsSync(node)) {
    console.error(`permiscope: Node.js ${process.versions.node} can't run the sources, and node_modules/node is not installed: run npm install`)
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))
} else {
  await import(fromSource ? source.href : new URL('dist/cli/main.js', root).href)
}
