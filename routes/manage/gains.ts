import { type Request, type Response, Router } from 'express'
import { workbookOf } from '../../lib/sheets.ts'
import { gainIn, isMeasured } from '../../models/gain.ts'
import { found, signedIn } from '../guards.ts'
import { gainSheets, presentGain } from '../present/gains.ts'
import { trainingSeen } from '../running.ts'

/** What a training changed: before and after, for those who run it. Never of fewer than five people. */
export const manageGains = Router()

const PATH = '/manage/trainings/:code/gain'

manageGains.get(PATH, signedIn, async (req: Request, res: Response) => {
  const { id, code } = await measured(req)
  const sheet = `/manage/trainings/${code}/gain.xlsx`
  res.render('manage/tests/gain', { page: { code, sheet, ...presentGain(req, await gainIn(id)) } })
})

manageGains.get(`${PATH}.xlsx`, signedIn, async (req: Request, res: Response) => {
  const { id, code } = await measured(req)
  res.attachment(`${code}-gain.xlsx`).send(await workbookOf(gainSheets(req, await gainIn(id))))
})

async function measured(req: Request) {
  const training = await trainingSeen(req)
  return found((await isMeasured(training.id)) ? training : undefined)
}
