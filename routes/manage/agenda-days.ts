import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { AgendaTraining } from '../../models/agenda.ts'
import { moveDay, sessionsOfDay } from '../../models/moving-days.ts'
import { changesPlan } from '../../models/policies/session.ts'
import { Refused } from '../../models/refused.ts'
import { again, errorsOf, formOf, parse } from '../forms/again.ts'
import { dateOf } from '../forms/days.ts'
import { found, permit, signedIn } from '../guards.ts'
import { clockOf, dayInWords, speakerOf } from '../present/moments.ts'
import { planHead } from '../present/plans.ts'
import { refusalErrors } from '../present/session-forms.ts'
import { wordsIn } from '../present/words.ts'
import { planOfTraining } from './agendas.ts'

export const manageAgendaDays = Router()

const PATH = '/manage/trainings/:code/agenda/days/:date/move'

const dayForm = z.object({
  to: z
    .string('sessions.errors.date')
    .refine(text => dateOf(text), 'sessions.errors.date')
    .transform(text => dateOf(text)!),
})

manageAgendaDays.get(PATH, signedIn, showMove)

manageAgendaDays.post(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await changeable(req)
  const date = await dayOf(req)
  const { values, errors } = parse(req, dayForm)
  if (errors) return again(req, res, showMove, errors)
  try {
    const ids = await moveDay(req.actor, training.id, date, values.to)
    const agenda = `/${req.lang}/manage/trainings/${training.code}/agenda`
    res.redirect(303, `${agenda}?done=day-moved&saved=${ids.join('.')}#day-${values.to}`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const reasons = refusalErrors(speakerOf(req), error, []).map(({ text }) => ({ field: 'to', text }))
    await again(req, res, showMove, reasons)
  }
})

async function showMove(req: Request, res: Response) {
  const training = await changeable(req)
  const date = await dayOf(req)
  const say = speakerOf(req)
  const sessions = await sessionsOfDay(training.id, date)
  const form = formOf(req)
  // A day that was moved meanwhile has its page no more; the post that came too late still hears why.
  if (!form.errors.length) await found(sessions[0])
  res.render('manage/agendas/move', {
    page: {
      ...planHead(req, training),
      form,
      errorOf: errorsOf(form),
      date: String(date),
      day: dayInWords(say, String(date)),
      sessions: sessions.map(each => ({
        hours: `${clockOf(String(each.wallStart))}–${clockOf(String(each.wallEnd))}`,
        title: wordsIn(each.title, req.lang),
      })),
    },
  })
}

async function changeable(req: Request): Promise<AgendaTraining> {
  const training = await planOfTraining(req)
  permit(changesPlan(training))
  return training
}

const dayOf = (req: Request) => found(dateOf(String(req.params.date)))
