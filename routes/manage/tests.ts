import { type Request, type Response, Router } from 'express'
import { adjust, adjustmentOf, setTest } from '../../models/adjusting.ts'
import { markersOf } from '../../models/allocating.ts'
import { essaysBy, essaysWaitingIn } from '../../models/essay.ts'
import { isMeasured } from '../../models/gain.ts'
import { runs } from '../../models/policies/running.ts'
import { grantsAttempts } from '../../models/policies/testing.ts'
import { attemptsTaken, takerIn, takersIn, testIn } from '../../models/test-takers.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { adjustmentForm, adjustmentOfForm, settingsForm, settingsOf } from '../forms/tests.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { presentTaker, presentTest, valuesOfAdjustment, valuesOfSettings } from '../present/managed-tests.ts'
import { runnable, trainingSeen } from '../running.ts'
import { seenAfterAnswer } from '../seen.ts'

/** The test of a training for those who run it: when it is open, who took it, what is different for whom. */
export const manageTests = Router()

const PATH = '/manage/trainings/:code/test'
const SIZE = 100

manageTests.get(PATH, signedIn, show)

manageTests.post(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const { assessmentId } = await found(testIn(training.id))
  const { values, errors } = parse(req, settingsForm)
  if (errors) return again(req, res, show, errors)
  await orAgain(req, res, show, async () => {
    await setTest(req.actor, { trainingId: training.id, assessmentId }, settingsOf(values, training.zone!))
    res.redirect(303, `/${req.lang}/manage/trainings/${training.code}/test?done=saved`)
  })
})

manageTests.get(`${PATH}/:id`, signedIn, showOne)

manageTests.post(`${PATH}/:id`, signedIn, async (req: Request, res: Response) => {
  const training = await runnable(req)
  const { assessmentId } = await found(testIn(training.id))
  const taker = await found(takerIn(training.id, assessmentId, idOf(req.params.id)))
  const { values, errors } = parse(req, adjustmentForm)
  if (errors) return again(req, res, showOne, errors)
  await orAgain(req, res, showOne, async () => {
    await adjust(req.actor, { ...taker, assessmentId }, adjustmentOfForm(values, training.zone!))
    res.redirect(303, `/${req.lang}/manage/trainings/${training.code}/test/${taker.enrollmentId}?done=test-adjusted`)
  })
})

async function show(req: Request, res: Response) {
  const training = await trainingSeen(req)
  const test = await found(testIn(training.id))
  const after = typeof req.query.after === 'string' ? idOf(req.query.after) : null
  const lines = await takersIn(training.id, test.assessmentId, after, SIZE + 1)
  const shown = lines.slice(0, SIZE)
  seenAfterAnswer(
    req,
    res,
    shown.map(line => line.personId),
    'enrollments',
  )
  const form = formOf(req, valuesOfSettings(test.settings, training.zone!))
  const more = lines.length > SIZE ? shown.at(-1)!.enrollmentId : null
  const essays = { ...(await essaysWaitingIn(training.id)), markers: (await markersOf(training.id)).length }
  const page = presentTest(req, { training, test, form, lines: shown, more, essays, runs: runs(req.actor, training) })
  const gain = (await isMeasured(training.id)) ? `/manage/trainings/${training.code}/gain` : null
  res.render('manage/tests/index', { page: { ...page, gain } })
}

async function showOne(req: Request, res: Response) {
  const training = await trainingSeen(req)
  const test = await found(testIn(training.id))
  const line = await found(takerIn(training.id, test.assessmentId, idOf(req.params.id)))
  const attempts = await attemptsTaken(line.enrollmentId, test.assessmentId)
  const essays = await essaysBy(training.id, line.enrollmentId)
  const adjustment = await adjustmentOf(line.enrollmentId, test.assessmentId)
  seenAfterAnswer(req, res, [line.personId], 'enrollments')
  const form = formOf(req, valuesOfAdjustment(adjustment, training.zone!))
  const rights = { runs: runs(req.actor, training), grants: grantsAttempts(req.actor) }
  res.render('manage/tests/show', {
    page: presentTaker(req, { training, test, line, attempts, essays, adjustment, form, ...rights }),
  })
}
