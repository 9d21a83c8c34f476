import type { Request, RequestHandler } from 'express'
import { csrfSync } from 'csrf-sync'
import { typed } from '../../routes/forms/again.ts'

const { generateToken, isRequestValid } = csrfSync({
  size: 32,
  getTokenFromRequest: req => req.get('x-csrf-token') ?? (req.body?._csrf as string | undefined),
})

/** POST addresses that prove themselves by a secret of their own. A law test holds this list. */
export const WITHOUT_TOKEN: string[] = ['/unsubscribe/:token']

const withoutToken = (path: string) =>
  WITHOUT_TOKEN.some(route => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path))

export const tokenIsRight = (req: Request): boolean => Boolean(req.session) && isRequestValid(req)

/** The token of this sign-in session. Called inside forms only: it makes a session row for a guest. */
export const tokenOf = (req: Request): string => generateToken(req)

/**
 * Every post carries the token of its session. A stale one (a long pause, a sign-in elsewhere) is not the person's
 * fault: the page of the form comes back with what was typed and a fresh token. It is shown by the GET of the same
 * path; where there is none, the page for stale posts offers to send the same once more.
 */
export const csrf: RequestHandler = (req, res, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method) || withoutToken(req.path) || tokenIsRight(req)) return next()
  res.status(422)
  req.staleToken = true
  if (req.is('json')) return void res.json({ stale: true })
  req.form = { values: typed(req.body), errors: [] }
  req.method = 'GET'
  next()
}

declare global {
  namespace Express {
    interface Request {
      /** The post came with a stale token and was turned into a view of its page. */
      staleToken?: boolean
    }
  }
}
