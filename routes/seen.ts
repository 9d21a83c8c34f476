import type { Request, Response } from 'express'
import { log } from '../lib/log.ts'
import { noteRequestSeen, noteSeen, type Place } from '../models/seeing.ts'

/** Notes, once the answer has gone out whole, that the reader saw these people's data. */
export function seenAfterAnswer(req: Request, res: Response, people: string[], place: Place, state?: string) {
  afterAnswer(req, res, () => noteSeen(req.actor, people, place, state ?? null))
}

/** The same for a request: in the name of a State, or of the Center. */
export function requestSeenAfterAnswer(req: Request, res: Response, requestId: string, state: string | null) {
  afterAnswer(req, res, () => noteRequestSeen(req.actor, requestId, state))
}

function afterAnswer(req: Request, res: Response, note: () => Promise<void>) {
  res.once('finish', () => {
    if (res.statusCode !== 200) return
    note().catch(error => log.error({ err: error, id: req.id }, 'an access was not noted'))
  })
}
