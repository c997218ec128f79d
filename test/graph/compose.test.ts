import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { bindAddress, DEFAULT_PORT } from '../../src/api/bind-address.ts'

/** No container engine runs where the tests do, so what must hold of the files is read from them. */

interface Service {
  readonly image?: string
  readonly build?: string
  readonly ports: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

const compose: { readonly services: Readonly<Record<string, Service>>; readonly volumes: object } = parse(readFileSync('docker-compose.yml', 'utf8'))
const dockerfile = readFileSync('Dockerfile', 'utf8')
const { neo4j, permiscope } = compose.services

test('nothing is published beyond loopback of the host', () => {
  const published = Object.values(compose.services).flatMap(({ ports }) => ports)
  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  expect(permiscope?.ports).toEqual([`127.0.0.1:${DEFAULT_PORT}:${DEFAULT_PORT}`])
})

test('the password comes from the environment alone, and there is no default', () => {
  const passwords = [neo4j?.environment['NEO4J_AUTH'], permiscope?.environment['NEO4J_PASSWORD']]
  for (const password of passwords) expect(password).toMatch(/^(?:neo4j\/)?\$\{NEO4J_PASSWORD:\?[^}]+\}$/)
})

test('Neo4j is the version that the tests run, pinned, with a volume and a health check that Permiscope waits for', () => {
  const version = /<neo4j.version>([\d.]+)</.exec(readFileSync('test/neo4j/pom.xml', 'utf8'))?.[1]
  expect(neo4j?.image).toBe(`neo4j:${version}-community`)
  expect(neo4j?.healthcheck?.test.at(-1)).toContain('7474')
  expect(neo4j?.volumes).toEqual(['neo4j-data:/data'])
  expect(Object.keys(compose.volumes)).toEqual(['neo4j-data'])
  expect(permiscope?.depends_on?.['neo4j']?.condition).toBe('service_healthy')
})

test('the server may listen where the image tells it to', () => {
  const environment = Object.fromEntries([...dockerfile.matchAll(/(PERMISCOPE_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]))
  expect(bindAddress(environment['PERMISCOPE_HOST'] ?? '', environment)).toBe('0.0.0.0')
})

test('the image takes in what runs, and no exports or stores that lie about', () => {
  const kept = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  expect(kept.filter((path) => !existsSync(path))).toEqual([])
  expect(kept.toSorted()).toEqual(['.npmrc', 'bin', 'cypher', 'demo', 'package-lock.json', 'package.json', 'schema.graphql', 'src'])
})

test('the image runs the Node that the project is developed on', () => {
  const { devDependencies }: { readonly devDependencies: { readonly node: string } } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(dockerfile).toContain(`FROM node:${devDependencies.node}-`)
})
