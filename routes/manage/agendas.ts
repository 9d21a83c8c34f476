import { type Request, type Response, Router } from 'express'
import { type AgendaTraining, agendaTraining } from '../../models/agenda.ts'
import { announce, changesIn, countConcerned, planOf } from '../../models/announcing.ts'
import { statesOfTraining, statesOver } from '../../models/planning.ts'
import { announces, seesPlan } from '../../models/policies/session.ts'
import { again, formOf, orAgain } from '../forms/again.ts'
import { found, permit, signedIn } from '../guards.ts'
import { announcementPage, planPage } from '../present/plans.ts'

export const manageAgendas = Router()

const PATH = '/manage/trainings/:code/agenda'

manageAgendas.get(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await planOfTraining(req)
  const planned = await planOf(training.id)
  const states = await statesOfTraining(training.id)
  const dates = planned.map(({ working }) => working.wallStart.slice(0, 10))
  const around = planned.length ? await statesOver(dates.at(0)!, dates.at(-1)!, states) : []
  res.render('manage/agendas/show', { page: planPage(req, training, planned, { states: around, saved: savedOf(req) }) })
})

manageAgendas.get(`${PATH}/announcement`, signedIn, announcement)

manageAgendas.post(`${PATH}/announcement`, signedIn, async (req: Request, res: Response) => {
  const training = await planOfTraining(req)
  permit(announces(training))
  const seen = typeof req.body.seen === 'string' ? req.body.seen : ''
  let told = 0
  const done = await orAgain(req, res, announcement, async () => {
    told = (await announce(req.actor, training.id, undefined, seen)).length
  })
  if (!done) return
  if (!told) return again(req, res, announcement, [{ field: '', text: req.t('refusals.agenda.nothingNew') }])
  res.redirect(303, `/${req.lang}/manage/trainings/${training.code}/agenda?done=agenda-announced`)
})

async function announcement(req: Request, res: Response) {
  const training = await planOfTraining(req)
  const planned = await planOf(training.id)
  const concerned = await countConcerned(training.id, changesIn(planned))
  res.render('manage/agendas/announcement', {
    page: { form: formOf(req), ...announcementPage(req, training, planned, concerned) },
  })
}

/** The training of the address for those who work on its agenda; to others it is not there. */
export async function planOfTraining(req: Request): Promise<AgendaTraining> {
  const training = await found(agendaTraining(String(req.params.code), req.actor.id))
  return found(seesPlan(req.actor, training) ? training : undefined)
}

/** Ids of sessions that were just saved, from the address. */
const savedOf = (req: Request): string[] =>
  typeof req.query.saved === 'string' && /^[\d.]{1,1200}$/.test(req.query.saved) ? req.query.saved.split('.') : []
