import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { inScope, queriesInScope } from '../../lib/db.ts'
import { log } from '../../lib/log.ts'
import { requestIds } from '../../models/audit.ts'

/** Gives each request an id that its log line, its audit lines and its error page share. */
export const requestLog: RequestHandler = (req, res, next) => {
  req.id = randomBytes(5).toString('hex')
  res.set('X-Request-Id', req.id)
  const began = performance.now()
  inScope(() => {
    res.once('close', () => {
      log.info({
        id: req.id,
        method: req.method,
        path: withoutSecrets(req.originalUrl.split('?')[0]!),
        status: res.statusCode,
        ms: Math.round(performance.now() - began),
        queries: queriesInScope(),
        person: req.actor?.id ?? null,
        ...(res.writableFinished ? {} : { aborted: true }),
      })
    })
    requestIds.run(req.id, next)
  })
}

/**
 * The path as it may be written down: where an address is itself the key (calendars, one-click links), the key is left
 * out. Anything as long and as random as a token goes too, wherever it stands.
 */
export const withoutSecrets = (path: string): string =>
  path
    .replace(/(\/(?:calendar|unsubscribe)\/)[^/]+?(\.ics)?$/, '$1…$2')
    .replace(/(?<=\/)(?=[^/]*\d)(?=[^/]*[a-z])(?=[^/]*[A-Z])[\w-]{32,}(?=\/|\.|$)/g, '…')
