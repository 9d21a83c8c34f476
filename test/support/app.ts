import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import { readConfig } from '../../lib/config.ts'
import { inScope } from '../../lib/db.ts'
import { setPasswordCost } from '../../lib/passwords.ts'
import { drain } from '../../lib/queue.ts'
import { setClock } from '../../lib/time.ts'
import { createApp, type House, openHouse } from '../../server/app.ts'
import { handlers, type Tools } from '../../server/jobs/index.ts'
import { openTestDatabase, reset } from './database.ts'

/**
 * The running platform for tests: import this file and the root hooks open the database once, empty it before each
 * test, and close it at the end. CSRF, sign-in sessions and limits are on, as in life.
 */
let server: Server
let house: House
let uploads: string
let close: () => Promise<void>

export const app = (): Express => express
export const theHouse = (): House => house
/** Address of the running test server, e.g. 'http://127.0.0.1:23456'. */
export const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

let express: Express

before(async function () {
  this.timeout(120_000)
  setPasswordCost(true)
  uploads = mkdtempSync(join(tmpdir(), 'rtcm-uploads-'))
  const config = readConfig({ UPLOADS_DIR: uploads, LOG_LEVEL: 'silent' })
  const database = await openTestDatabase()
  house = openHouse({ ...config, demo: false }, { withPseudo: true })
  express = createApp(house)
  server = createServer(express)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    await database.close()
    house.pdf.close()
    rmSync(uploads, { recursive: true, force: true })
  }
})

beforeEach(async () => {
  setClock()
  await reset()
})

after(async () => {
  setClock()
  await close()
  setTimeout(leftOpen, LEFT_OPEN_MS).unref()
})

const LEFT_OPEN_MS = 30_000

/** A test that leaves a browser, a process or a connection behind fails by name; else the run waits for it without end. */
function leftOpen() {
  console.error(`tests left open: ${process.getActiveResourcesInfo().join(', ')}`)
  // Mocha has its own word on the exit code, said before this one.
  process.once('exit', () => {
    process.exitCode = 1
  })
  process.exit()
}

/** Runs all jobs that are due, as the worker would; returns how many. Pass a mailer to send mails for real. */
export const runJobs = (tools: Partial<Tools> = {}): Promise<number> =>
  inScope(() => drain(handlers({ ...house, mailer: undefined, ...tools })))

/** Stands the clock still at an instant, e.g. '2026-12-01T08:00:00Z'. */
export function standAt(instant: string) {
  const at = Temporal.Instant.from(instant)
  setClock(() => at)
}
