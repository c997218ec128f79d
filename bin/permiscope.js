#!/usr/bin/env node
// Runs the CLI from its sources in a checkout (Node strips the types) and from dist/ in a published package.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = new URL('..', import.meta.url)
const source = new URL('src/cli/main.ts', root)
const fromSource = existsSync(fileURLToPath(source))
const [major, minor] = process.versions.node.split('.').map(Number)

if (fromSource && (major < 22 || (major === 22 && minor < 18))) runWithOwnNode()
else {
  // Stripped and compiled once, not at every start.
  nodeModule.enableCompileCache?.()
  await import(fromSource ? source.href : new URL('dist/cli/main.js', root).href)
}

/** This Node can't run TypeScript; the checkout's own devDependency `node` can. */
function runWithOwnNode() {
  const node = fileURLToPath(new URL('node_modules/node/bin/node', root))
  if (!existsSync(node)) {
    console.error(`permiscope: Node.js ${process.versions.node} can't run the sources, and node_modules/node is not installed: run npm install`)
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A terminal sends Ctrl-C to both processes; passing it on at once would make it two, and the second one means "now".
  const onTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
  process.on('SIGINT', () => setTimeout(() => child.kill('SIGINT'), onTerminal ? 1500 : 0).unref())
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
