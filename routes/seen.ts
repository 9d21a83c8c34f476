import type { Request, Response } from 'express'
import { log } from '../lib/log.ts'
import { noteSeen, type Place } from '../models/seeing.ts'

/** Notes, once the answer has gone out whole, that the reader saw these people's data. */
export function seenAfterAnswer(req: Request, res: Response, people: string[], place: Place, state?: string) {
  res.once('finish', () => {
    if (res.statusCode !== 200) return
    noteSeen(req.actor, people, place, state ?? null).catch(error =>
      log.error({ err: error, id: req.id }, 'an access was not noted'),
    )
  })
}
