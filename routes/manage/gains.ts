import { type Request, type Response, Router } from 'express'
import { gainIn, isMeasured } from '../../models/gain.ts'
import { found, signedIn } from '../guards.ts'
import { presentGain } from '../present/gains.ts'
import { trainingSeen } from '../running.ts'

/** What a training changed: before and after, for those who run it. Never of fewer than five people. */
export const manageGains = Router()

manageGains.get('/manage/trainings/:code/gain', signedIn, async (req: Request, res: Response) => {
  const training = await trainingSeen(req)
  await found((await isMeasured(training.id)) || undefined)
  res.render('manage/tests/gain', { page: { code: training.code, ...presentGain(req, await gainIn(training.id)) } })
})
