import { type Request, type Response, Router } from 'express'
import { CENTER_ZONE, isZone, now } from '../../lib/time.ts'
import { agendaTraining, trainingsToPlan } from '../../models/agenda.ts'
import { stateDays, statesOfTraining } from '../../models/planning.ts'
import { plansSomewhere, seesPlan } from '../../models/policies/session.ts'
import { dateOf } from '../forms/days.ts'
import { NotFound, signedIn } from '../guards.ts'
import { planningPage } from '../present/planning.ts'

export const managePlanning = Router()

/** The ten States' day side by side, for whoever plans sessions. */
managePlanning.get('/manage/planning', signedIn, async (req: Request, res: Response) => {
  const trainings = await trainingsToPlan(req.actor.id, req.actor.staff)
  if (!plansSomewhere(req.actor) && !trainings.length) throw new NotFound()
  const training = await chosenTraining(req)
  const given = {
    date: dateOf(text(req.query.date)),
    zone: text(req.query.zone),
    minutes: Number(text(req.query.minutes)),
  }
  const zone = isZone(given.zone) ? given.zone : (training?.zone ?? CENTER_ZONE)
  const date = (
    given.date ?? (training?.startsOn ? Temporal.PlainDate.from(training.startsOn) : tomorrow(zone))
  ).toString()
  const all = await stateDays(date)
  const asked = [req.query.states ?? []].flat().map(String)
  const codes = all.map(({ iso2 }) => iso2)
  const chosen = asked.length || !training ? asked : ((await statesOfTraining(training.id)) ?? [])
  const states = codes.filter(code => chosen.includes(code))
  const minutes = given.minutes >= 15 && given.minutes <= 600 ? Math.round(given.minutes / 15) * 15 : 90
  res.render('manage/planning/show', {
    page: planningPage(
      req,
      { date, minutes, zone, states: states.length ? states : codes, training: training?.code ?? '' },
      {
        all,
        trainings:
          training && !trainings.some(each => each.code === training.code) ? [training, ...trainings] : trainings,
      },
    ),
  })
})

async function chosenTraining(req: Request) {
  const code = text(req.query.training)
  const training = code ? await agendaTraining(code, req.actor.id) : undefined
  return training && seesPlan(req.actor, training) ? training : undefined
}

const tomorrow = (zone: string) => now().toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 })
const text = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 80) : '')
