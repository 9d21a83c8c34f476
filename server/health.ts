import { Router } from 'express'
import { one } from '../lib/db.ts'
import { log } from '../lib/log.ts'
import { missing } from '../lib/migrations.ts'
import { queueState } from '../lib/queue.ts'
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

/** Whether work can be done: database, migrations, queue (a due job older than ten minutes is a stuck queue). */
health.get('/readyz', async (req, res) => {
  const checks = { draining, database: false, migrations: false, queue: false }
  try {
    checks.database = Boolean(await one('ready', 'select 1 as ok'))
    checks.migrations = (await missing(new URL('../migrations', import.meta.url).pathname)).length === 0
    const { oldest } = await queueState()
    checks.queue = !oldest || Temporal.Instant.compare(oldest, now().subtract({ minutes: 10 })) > 0
  } catch (error) {
    log.error({ id: req.id, err: error }, 'not ready')
  }
  const ok = !draining && checks.database && checks.migrations && checks.queue
  res.status(ok ? 200 : 503).json({ ok, ...checks })
})
