import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { cli, startServerProcess } from './support/cli.ts'
import { exportFile, temporaryFolder } from './support/company.ts'

const BROWSER = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

describe.skipIf(!existsSync(BROWSER))(`GraphiQL in a browser (needs Chromium: apt-get install chromium, or CHROMIUM=PATH)`, () => {
  it('runs a query, and asks nothing of any other host', async () => {
    const data = await temporaryFolder()
    await cli(['ingest', await exportFile(), '--data', data])
    const server = await startServerProcess(['serve', '--data', data])
    const browser = await chromium.launch({ executablePath: BROWSER, headless: true, args: FLAGS })
    try {
      const page = await browser.newPage()
      const hosts = new Set<string>()
      const faults: string[] = []
      page.on('request', (request) => hosts.add(new URL(request.url()).host))
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      await page.goto(`${server.url}/graphiql`, { waitUntil: 'networkidle' })
      await page.click('.graphiql-execute-button')
      await page.locator('.result-window', { hasText: 'totalCount' }).waitFor()
      expect([...hosts].filter((host) => host !== '' && host !== new URL(server.url).host)).toEqual([])
      expect(faults).toEqual([])
    } finally {
      await browser.close()
      await server.stop()
    }
  })
})
