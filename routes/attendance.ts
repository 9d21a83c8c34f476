import { type Request, type Response, Router } from 'express'
import { enterCode, type Entered, windowsFor } from '../models/showing-codes.ts'
import { linesOf } from '../models/attendance-lists.ts'
import { standingOf } from '../models/completing.ts'
import { formOf, orAgain, parse, again } from './forms/again.ts'
import { enterForm } from './forms/attendance.ts'
import { tooFast } from './forms/limits.ts'
import { found, signedIn } from './guards.ts'
import { linesInWords } from './present/attendance.ts'
import { attendanceWords, missingWords } from './present/standing.ts'
import { wordsIn } from './present/words.ts'
import { visibleTraining } from './trainings.ts'

/** A learner's own attendance: the code of the room, and what was noted of them so far. */
export const attendance = Router()

const PATH = '/trainings/:code/attendance'

/** Six digits in ten minutes: ten tries of a million. */
const TRIES = { points: 10, seconds: 600 }

attendance.get(PATH, signedIn, showOwn)

attendance.post(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await enrolledIn(req)
  const { values, errors } = parse(req, enterForm)
  if (errors) return again(req, res, showOwn, errors)
  if (await tooFast(req, res, showOwn, [['attendance-code', `${req.actor.id}:${training.id}`, TRIES]])) return
  let entered: Entered | undefined
  const done = await orAgain(req, res, showOwn, async () => {
    entered = await enterCode(req.actor, training.id, values.code)
  })
  if (!done || !entered) return
  const base = `/${req.lang}/trainings/${training.code}/attendance`
  if (entered.fresh) return res.redirect(303, `${base}?done=attendance-${entered.status}`)
  const words = { status: req.t(`attendance.status.${entered.status}`), title: wordsIn(entered.title, req.lang) }
  const there = ['present', 'late', 'left_early'].includes(entered.status)
  if (there) return res.redirect(303, `${base}?done=attendance-known`)
  // Somebody has said otherwise: that stands, and the learner is told whom to ask.
  return again(req, res, showOwn, [{ field: '', text: req.t('attendance.own.trainerSaid', words) }])
})

async function showOwn(req: Request, res: Response) {
  const training = await enrolledIn(req)
  const standing = await standingOf(training.ownId!)
  const share = standing.facts.attendance
  const open = await windowsFor(req.actor.id!, training.id)
  const form = formOf(req)
  res.render('attendance/show', {
    page: {
      code: training.code,
      title: wordsIn(training.title, req.lang),
      href: `/${req.lang}/trainings/${training.code}`,
      form,
      error: form.errors.find(({ field }) => field === 'code')?.text,
      open: open.filter(window => !window.marked).map(window => wordsIn(window.title, req.lang)),
      percentText: share && attendanceWords(req, standing.rules, share),
      missing: missingWords(
        req,
        standing.missing.filter(({ what }) => what === 'attendance'),
      ),
      lines: linesInWords(req, await linesOf(req.actor, null, training.ownId!), false),
    },
  })
}

/** The training of the address for those who have a place in it; to others this page is not there. */
async function enrolledIn(req: Request) {
  const training = await visibleTraining(req as Request<{ code: string }>)
  await found(training.own === 'enrolled' ? training : undefined)
  return training
}
