import type { RequestHandler } from 'express'
import type { Actor } from '../models/actor.ts'
import type { Verdict } from '../models/refused.ts'
import { carriedFrom } from './forms/carried.ts'
import { signInPage } from './present/sign-in-page.ts'

/** Not there, or not yours to see: the same answer, 404. */
export class NotFound extends Error {}

/** Seen, but not allowed: 403, with the reason if there is one. */
export class Forbidden extends Error {
  reason: string | undefined
  constructor(reason?: string) {
    super('Forbidden')
    this.reason = reason
  }
}

/** Asked too often: 429, and in how many seconds to come again. */
export class TooMany extends Error {
  retryAfter: number
  constructor(retryAfter: number) {
    super('Too many')
    this.retryAfter = retryAfter
  }
}

/** Passes on a try within its limit; one too many is 429. */
export function unhurried(verdict: { ok: true } | { ok: false; retryAfter: number }) {
  if (!verdict.ok) throw new TooMany(verdict.retryAfter)
}

/** The row, or 404. */
export async function found<Row>(row: Promise<Row | null | undefined> | Row | null | undefined): Promise<Row> {
  const there = await row
  if (there === null || there === undefined) throw new NotFound()
  return there
}

/** Passes on a yes; a no is 403. */
export function permit(verdict: Verdict | boolean) {
  if (verdict === true) return
  if (verdict === false) throw new Forbidden()
  if (!verdict.ok) throw new Forbidden(verdict.reason)
}

/**
 * For the signed in: guests are sent to the sign-in page and come back afterwards. A form posted after its sign-in
 * session was lost is carried through that page.
 */
export const signedIn: RequestHandler = (req, res, next) => {
  if (req.actor.signedIn) return next()
  const carried = req.staleToken && !req.is('json') ? carriedFrom(req) : null
  if (carried) return res.render('sign-ins/new', { page: signInPage(req, carried) })
  const back = req.method === 'GET' ? `?next=${encodeURIComponent(req.originalUrl)}` : ''
  res.redirect(303, `/${req.lang}/sign-in${back}`)
}

/** For those who see such pages; to others they do not exist. */
export const only =
  (sees: (actor: Actor) => boolean): RequestHandler =>
  (req, res, next) => {
    if (!req.actor.signedIn) return signedIn(req, res, next)
    if (!sees(req.actor)) throw new NotFound()
    next()
  }

/** For the Center's staff. */
export const staff = only(actor => actor.staff)

/** A path parameter that is a record's number, or 404: malformed ids are missing ids. */
export function idOf(text: string | string[] | undefined): string {
  if (typeof text !== 'string' || !/^[1-9]\d{0,17}$/.test(text)) throw new NotFound()
  return text
}

/** Only a path of this site; anything else is the home page. */
export function samePath(text: unknown, fallback: string): string {
  if (typeof text !== 'string' || !text.startsWith('/') || text.includes('\\')) return fallback
  try {
    const url = new URL(text, 'http://site.invalid')
    return url.host === 'site.invalid' ? url.pathname + url.search : fallback
  } catch {
    return fallback
  }
}
