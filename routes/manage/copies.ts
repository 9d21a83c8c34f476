import { type Request, type Response, Router } from 'express'
import type { z } from 'zod'
import { now } from '../../lib/time.ts'
import { notHeldIn } from '../../models/clashes.ts'
import { alongWith, clashesIn, copiedDays, copiedSessions, dayMapOf } from '../../models/copy-plan.ts'
import { copyTraining } from '../../models/copying.ts'
import { nextCode } from '../../models/opening.ts'
import { opens } from '../../models/policies/running.ts'
import { Refused } from '../../models/refused.ts'
import { Training } from '../../models/training.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { dateOf } from '../forms/days.ts'
import { copyForm } from '../forms/trainings.ts'
import { permit, signedIn } from '../guards.ts'
import { clashesPage, copyChoices, previewPage } from '../present/copies.ts'
import { runnable, trainingSeen } from '../running.ts'

/** Copying a training onto new dates: asked, shown before anything is made, made in one act, and what did not fit. */
export const manageCopies = Router()

const PATH = '/manage/trainings/:code'

manageCopies.get(`${PATH}/copy`, signedIn, showCopy)

manageCopies.post(`${PATH}/copy`, signedIn, async (req: Request, res: Response) => {
  const source = await copiable(req)
  const { values, errors } = parse(req, copyForm)
  if (errors) return again(req, res, showCopy, errors)
  if (req.body.seen !== 'yes') return void (await orAgain(req, res, showCopy, () => preview(req, res, source, values)))
  let clashes = 0
  const done = await orAgain(req, res, showCopy, async () => {
    clashes = (await copyTraining(req.actor, source, copyOf(values))).clashes.length
  })
  if (!done) return
  const base = `/${req.lang}/manage/trainings/${values.code}`
  res.redirect(303, clashes ? `${base}/clashes?done=training-copied-with-gaps` : `${base}?done=training-copied`)
})

/** What the agenda asks for and does not hold, because it is booked elsewhere at that time. */
manageCopies.get(`${PATH}/clashes`, signedIn, async (req: Request, res: Response) => {
  const training = await trainingSeen(req)
  res.render('manage/copies/clashes', { page: clashesPage(req, training.code, await notHeldIn(training.id)) })
})

type Values = z.infer<typeof copyForm>

const copyOf = ({ code, startsOn, days, format, project, materials }: Values) => ({
  ...{ code, days, format, projectId: project || null, materials: materials === 'yes' },
  startsOn: dateOf(startsOn)?.toString() ?? null,
})

/** The copy as it would be; nothing is made yet. */
async function preview(req: Request, res: Response, source: Training, values: Values) {
  const copy = copyOf(values)
  if (await Training.findOne({ where: { code: copy.code } })) throw new Refused('training.code', { field: 'code' })
  const days = await dayMapOf(source, copy.startsOn, copy.days)
  const sessions = await copiedSessions(source, days)
  const parts = {
    days: await copiedDays(sessions, days),
    clashes: await clashesIn(sessions),
    along: await alongWith(source.id),
    sessions: sessions.filter(({ kind }) => kind === 'session').length,
  }
  res.render('manage/copies/preview', { page: previewPage(req, source, values, parts) })
}

async function showCopy(req: Request, res: Response) {
  const source = await copiable(req)
  const year = now().toZonedDateTimeISO('Asia/Baku').year + 1
  const form = formOf(req, {
    code: await nextCode(source.code.replace(/-\d{4}(-.*)?$/, ''), year),
    startsOn: '',
    format: source.format,
    days: 'distance',
    project: source.projectId ?? '',
    materials: 'yes',
  })
  res.render('manage/copies/new', {
    page: { code: source.code, dated: source.startsOn, form, ...(await copyChoices(req, form)) },
  })
}

async function copiable(req: Request): Promise<Training> {
  const source = await runnable(req)
  permit(opens(req.actor))
  return source
}
