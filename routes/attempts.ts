import { type Request, type Response, Router } from 'express'
import { attemptsAt, isUnmarked, itemsOf, placeOf } from '../models/attempt.ts'
import { handIn, start } from '../models/attempting.ts'
import { feedbackOpen } from '../models/feedback.ts'
import { isAnswered } from '../models/items/kinds.ts'
import { correctionsOf } from '../models/regrade.ts'
import { lastSavedAt, savesOf } from '../models/saves.ts'
import { formOf, orAgain } from './forms/again.ts'
import { tooFast } from './forms/limits.ts'
import { found, signedIn } from './guards.ts'
import { pageOf, presentCheck } from './present/attempts.ts'
import { correctionIn, presentResult, presentSaves, presentUnmarked, presentWait } from './present/results.ts'
import { presentFront } from './present/tests.ts'
import { ATTEMPT, codeOf, lead, sit } from './sitting.ts'

/** Taking the test of a training: its front page, starting, handing in, the result. */
export const attempts = Router()

/** Wrong access codes a person may try. */
const CODES = { points: 10, seconds: 600 }

attempts.get('/trainings/:code/test', signedIn, showFront)

attempts.get('/trainings/:code/attempts', signedIn, (req, res) => {
  res.redirect(303, `/${req.lang}/trainings/${codeOf(req)}/test`)
})

attempts.post('/trainings/:code/attempts', signedIn, async (req, res) => {
  const place = await found(placeOf(req.actor, codeOf(req)))
  const code = typeof req.body.code === 'string' ? req.body.code.slice(0, 100) : ''
  if (place.hasCode && code && (await tooFast(req, res, showFront, [['access-codes', place.personId, CODES]]))) return
  await orAgain(req, res, showFront, async () => {
    const attempt = await start(req.actor, place, code)
    res.redirect(303, `/${req.lang}/trainings/${place.code}/attempts/${attempt.number}/1`)
  })
})

attempts.get(ATTEMPT, signedIn, async (req, res) => {
  const { sitting, state } = await sit(req)
  if (state !== 'open') return lead(req, res, sitting, 'result')
  const items = await itemsOf(sitting.id)
  const next = items.find(item => !isAnswered(item, item.value))
  lead(req, res, sitting, next ? String(pageOf(sitting, next.position)) : 'check')
})

attempts.get(`${ATTEMPT}/check`, signedIn, async (req, res) => {
  const { sitting, state } = await sit(req)
  if (state !== 'open') return lead(req, res, sitting, 'result')
  res.render('attempts/check', { page: presentCheck(req, sitting, await itemsOf(sitting.id)) })
})

// A hand-in that met a stale token or a lost sign-in session comes back to the check page.
attempts.get(`${ATTEMPT}/handing-in`, signedIn, async (req, res) => {
  const { sitting } = await sit(req)
  lead(req, res, sitting, 'check')
})

attempts.post(`${ATTEMPT}/handing-in`, signedIn, async (req, res) => {
  const { sitting } = await sit(req)
  await handIn(req.actor, sitting)
  lead(req, res, sitting, 'result')
})

attempts.get(`${ATTEMPT}/result`, signedIn, async (req, res) => {
  const { sitting, state } = await sit(req)
  if (state === 'open') return lead(req, res, sitting, 'check')
  if (state === 'over')
    return res.render('attempts/wait', { page: presentWait(req, sitting, await lastSavedAt(sitting.id)) })
  if (isUnmarked(sitting))
    return res.render('attempts/handed-in', { page: presentUnmarked(req, sitting, await itemsOf(sitting.id)) })
  const all = await attemptsAt(sitting)
  const feedback = await feedbackOpen(sitting, all)
  const items = await itemsOf(sitting.id)
  const corrections = await correctionsOf(sitting.id)
  res.render('attempts/result', {
    page: {
      ...presentResult(req, sitting, all, items, feedback),
      corrections: corrections.map(each => correctionIn(req, each)),
    },
  })
})

attempts.get(`${ATTEMPT}/saves`, signedIn, async (req, res) => {
  const { sitting, state } = await sit(req)
  if (state === 'over') return lead(req, res, sitting, 'result')
  const items = await itemsOf(sitting.id)
  res.render('attempts/saves', { page: presentSaves(req, sitting, state, items, await savesOf(sitting.id)) })
})

async function showFront(req: Request, res: Response) {
  const place = await found(placeOf(req.actor, codeOf(req)))
  res.render('attempts/front', { page: { ...presentFront(req, place, await attemptsAt(place)), form: formOf(req) } })
}
