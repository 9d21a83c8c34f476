import type { Request, RequestHandler, Response } from 'express'
import { Refused } from '../../models/refused.ts'

/** For what a page saves by script: a sign-in page would be lost on it, so it is told that nobody is signed in. */
export const typing: RequestHandler = (req, res, next) =>
  req.actor.signedIn ? next() : void res.status(401).json({ signedOut: true })

/** Runs an act that answers a script; a refusal becomes 422 with its words. */
export async function orSaid(req: Request, res: Response, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    res.status(422).json({ refused: req.t(`refusals.${error.key}`, error.data) })
  }
}
