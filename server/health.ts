import { Router } from 'express'
import { one } from '../lib/db.ts'
import { log } from '../lib/log.ts'
import { missing } from '../lib/migrations.ts'
import { lastWorked, queueState } from '../lib/queue.ts'
import { now } from '../lib/time.ts'

export const health = Router()

let draining = false

/** From now on /readyz says no: the proxy sends nobody here any more. */
export const startDraining = () => {
  draining = true
}

/** The process answers. */
health.get('/healthz', (_req, res) => {
  res.json({ ok: true })
})

/**
 * Whether work can be done: database, migrations, queue. A job due for ten minutes while nobody works is a stuck queue;
 * a mail server that is slow or away is no reason to take the pages away. How old the queue is stands beside, in seconds.
 */
health.get('/readyz', async (req, res) => {
  const checks = { draining, database: false, migrations: false, queue: false }
  let queueAge: number | undefined
  try {
    checks.database = Boolean(await one('ready', 'select 1 as ok'))
    checks.migrations = (await missing(new URL('../migrations', import.meta.url).pathname)).length === 0
    const { oldest, working, waitingSince } = await queueState()
    checks.queue = !oldest || working > 0 || isRecent(oldest) || isRecent(lastWorked())
    queueAge = waitingSince ? Math.max(0, Math.floor(now().since(waitingSince).total('seconds'))) : 0
  } catch (error) {
    log.error({ id: req.id, err: error }, 'not ready')
  }
  const ok = !draining && checks.database && checks.migrations && checks.queue
  res.status(ok ? 200 : 503).json({ ok, ...checks, queueAge })
})

const isRecent = (at?: Temporal.Instant) =>
  at !== undefined && Temporal.Instant.compare(at, now().subtract({ minutes: 10 })) > 0
