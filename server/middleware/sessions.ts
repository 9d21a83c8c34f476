import type { RequestHandler } from 'express'
import session from 'express-session'
import passport from 'passport'
import type { Config } from '../../lib/config.ts'
import { now } from '../../lib/time.ts'
import { actorOf, GUEST } from '../../models/actor.ts'
import { SignInSessionStore } from './session-store.ts'

/** Sign-in sessions: in the database, an opaque key in the cookie, no row for a guest who only reads. */
export function sessions(config: Config): RequestHandler {
  return session({
    name: config.secure ? '__Host-rtcm' : 'rtcm',
    secret: config.sessionSecret,
    store: new SignInSessionStore(),
    resave: false,
    saveUninitialized: false,
    proxy: config.trustProxy > 0,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: config.secure, maxAge: 14 * 24 * 3_600_000 },
  })
}

const authenticator = new passport.Passport()
authenticator.serializeUser((actor, done) => done(null, (actor as { id: string }).id))
authenticator.deserializeUser((id: string, done) => {
  actorOf(id, now()).then(
    actor => done(null, actor ?? false),
    error => done(error),
  )
})

/** Puts the signed-in person, or the guest, on `req.actor`. */
export const currentActor: RequestHandler[] = [
  authenticator.initialize(),
  authenticator.session(),
  (req, res, next) => {
    req.actor = (req.user as Express.Request['actor'] | undefined) ?? GUEST
    // What a signed-in person saw is not for the next user of the same machine.
    if (req.actor.signedIn) res.set('Cache-Control', 'private, no-store')
    next()
  },
]

export { authenticator }
