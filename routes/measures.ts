import { type Request, type Response, Router } from 'express'
import { attemptsAt, placeOf } from '../models/attempt.ts'
import { start } from '../models/attempting.ts'
import { mayMeasure } from '../models/measuring.ts'
import { formOf, orAgain } from './forms/again.ts'
import { found, signedIn } from './guards.ts'
import { attemptAddress } from './present/attempts.ts'
import { presentMeasure } from './present/tests.ts'
import { codeOf } from './sitting.ts'

/** What is measured before and after a training. It is taken on the pages of a test (attempts.ts). */
export const measures = Router()

for (const kind of ['pre', 'post'] as const) {
  const path = `/trainings/:code/${kind}-test`

  const show = async (req: Request, res: Response) => {
    const place = await found(placeOf(req.actor, codeOf(req), kind))
    const page = presentMeasure(req, place, await attemptsAt(place), await mayMeasure(place))
    res.render('attempts/measure', { page: { ...page, form: formOf(req) } })
  }

  measures.get(path, signedIn, show)

  measures.post(path, signedIn, async (req: Request, res: Response) => {
    const place = await found(placeOf(req.actor, codeOf(req), kind))
    await orAgain(req, res, show, async () => {
      const { number } = await start(req.actor, place)
      res.redirect(303, `/${req.lang}${attemptAddress({ ...place, number })}/1`)
    })
  })
}
