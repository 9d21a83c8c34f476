import { createServer, type Server } from 'node:http'
import { ConfigError, readConfig } from '../lib/config.ts'
import { DatabaseInUse } from '../lib/embedded.ts'
import { log, openLog } from '../lib/log.ts'
import { createMailer } from '../lib/mailer.ts'
import { createApp, openHouse } from './app.ts'
import { openDatabase } from './database.ts'
import { fillDemo, greetDemo } from './demo/index.ts'
import { fillStates } from './states.ts'
import { startDraining } from './health.ts'
import { startHeart } from './heart.ts'
import { startWork } from './worker.ts'

const PATIENCE_MS = 8000

class CannotListen extends Error {}

try {
  await main()
} catch (error) {
  const known = error instanceof ConfigError || error instanceof DatabaseInUse || error instanceof CannotListen
  console.error(known ? (error as Error).message : error)
  process.exit(1)
}

async function main() {
  const config = readConfig(process.env)
  openLog(config.logLevel)
  const database = await openDatabase(config)
  if (config.demo) await fillDemo(config)
  else await fillStates()
  // What running tests lost while the platform was away is given back before anybody is answered.
  const heart = await startHeart()
  const house = openHouse(config)
  const server = await listen(createServer(createApp(house)), config.port, config.host)
  const mailer = config.smtpUrl ? createMailer(config.smtpUrl) : undefined
  const work = startWork({ ...house, mailer })
  if (config.demo) greetDemo(config)
  // The last word of a start: who waits for it finds all before it said.
  log.info({ port: config.port, demo: config.demo }, 'listening')
  stopOnSignal(async () => {
    startDraining()
    await drained(server)
    await work.stop()
    await heart.stop()
    mailer?.close()
    await database.close()
    house.pdf.close()
  })
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new CannotListen(
              `Port ${port} on ${host} is taken by another program. Stop it, or set PORT to another number.`,
            )
          : error.code === 'EACCES'
            ? new CannotListen(`Port ${port} needs more rights. Set PORT to a number above 1024.`)
            : error,
      ),
    )
    server.listen(port, host, () => resolve(server))
  })
}

/** Lets running answers end; connections that only wait are closed. */
function drained(server: Server): Promise<void> {
  return new Promise(resolve => {
    // A connection kept alive becomes idle only when its answer has ended, so idleness is looked for again and again.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(patience)
      resolve()
    })
  })
}

function stopOnSignal(stop: () => Promise<void>) {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, async () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(1), PATIENCE_MS + 1500).unref()
      await stop().catch(error => log.error({ err: error }, 'stopping went wrong'))
      process.exit(0)
    })
}
