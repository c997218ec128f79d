// Waits until the server that run.sh started answers, and sets its first password. Plain JavaScript: run.sh may find an older Node than the tests run on.
import neo4j from 'neo4j-driver'

const PATIENCE_MS = 120_000
const { PERMISCOPE_TEST_NEO4J: url, NEO4J_PASSWORD: password } = process.env
const server = Number(process.argv[2])
const end = Date.now() + PATIENCE_MS

async function setPassword() {
  const driver = neo4j.driver(url, neo4j.auth.basic('neo4j', 'neo4j'))
  try {
    await driver.executeQuery("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", { password }, { database: 'system' })
  } finally {
    await driver.close()
  }
}

for (;;) {
  try {
    await setPassword()
    break
  } catch (error) {
    // Throws where the server has ended: then nothing is to be waited for.
    process.kill(server, 0)
    if (Date.now() > end) throw error
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
