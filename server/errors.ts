import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { log } from '../lib/log.ts'
import { Refused } from '../models/refused.ts'
import { Forbidden, NotFound, TooMany } from '../routes/guards.ts'

/** Nothing answered: the page of a stale post that has no page of its own, or 404. */
export const notFound: RequestHandler = (req, res) => {
  if (req.staleToken) return page(req, res, 422, 'stale', { action: req.originalUrl, values: fieldsOf(req) })
  page(req, res, 404, 'notFound')
}

/** The one error handler: each kind of no, and bugs with an id that a person can quote. */
export const errorPage: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof NotFound) return page(req, res, 404, 'notFound')
  if (error instanceof Forbidden) return page(req, res, 403, 'forbidden', { reason: error.reason })
  if (error instanceof TooMany) {
    res.set('Retry-After', String(error.retryAfter))
    return page(req, res, 429, 'tooMany')
  }
  if (error instanceof Refused) return page(req, res, 422, 'refused', { reason: error.key, data: error.data })
  const status = statusOf(error)
  if (status === 413) return page(req, res, 413, 'tooLarge')
  if (status < 500) return page(req, res, status === 404 ? 404 : 400, status === 404 ? 'notFound' : 'badRequest')
  const away = databaseAway(error)
  log.error({ id: req.id, err: error, path: req.path }, away ? 'the database is away' : 'a bug')
  if (away) res.set('Retry-After', '10')
  page(req, res, away ? 503 : 500, away ? 'away' : 'broken')
}

type Extra = {
  reason?: string | undefined
  data?: Record<string, unknown>
  action?: string
  values?: [string, string][]
}

function page(req: Request, res: Response, status: number, kind: string, extra: Extra = {}) {
  res.status(status)
  const t = req.t ?? ((key: string) => key)
  const reason = extra.reason && t(`refusals.${extra.reason}`, extra.data)
  if (req.is('json') || req.accepts(['html', 'json']) === 'json')
    return void res.json({ error: kind, reason: reason ?? null, requestId: req.id })
  if (!res.locals.t) return void res.type('text').send(`${status} ${req.id}`)
  res.render('errors/show', {
    page: {
      status,
      title: t(`errors.${kind}.title`),
      text: reason ?? t(`errors.${kind}.text`),
      advice: t(`errors.${kind}.advice`),
      requestId: req.id,
      again: extra.action ? { action: extra.action, values: extra.values ?? [] } : null,
    },
  })
}

function fieldsOf(req: Request): [string, string][] {
  return Object.entries(req.form?.values ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(each => [name, String(each)] as [string, string]),
  )
}

function statusOf(error: { status?: unknown; statusCode?: unknown; code?: unknown }): number {
  if (error instanceof URIError) return 404
  const status = Number(error.status ?? error.statusCode)
  return status >= 400 && status < 600 ? status : 500
}

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P01', '57P03', '53300'])

function databaseAway(error: {
  name?: string
  code?: string
  parent?: { code?: string }
  original?: { code?: string }
}) {
  return (
    /^Sequelize(Connection|HostNot|AccessDenied|ConnectionAcquire)/.test(error.name ?? '') ||
    AWAY.has(error.parent?.code ?? error.original?.code ?? error.code ?? '') ||
    (error as Error).message === 'Connection terminated unexpectedly'
  )
}
