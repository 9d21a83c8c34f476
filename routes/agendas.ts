import { type Request, type Response, Router } from 'express'
import { isZone, now } from '../lib/time.ts'
import { agendaTraining, toldAgenda, type ToldSession } from '../models/agenda.ts'
import { countMaterials } from '../models/material.ts'
import type { Offer } from '../models/offering.ts'
import { overlapsFor } from '../models/overlapping.ts'
import { seesPlan } from '../models/policies/session.ts'
import { canonicalCode } from './canonical.ts'
import { agendaPage, overlapLines } from './present/agendas.ts'
import { speakerOf } from './present/moments.ts'
import { visibleTraining } from './trainings.ts'

export const agendas = Router()

/** The agenda as it was announced. What is only planned is not here, for anyone. */
agendas.get('/trainings/:code/agenda', async (req: Request<{ code: string }>, res: Response) => {
  const offer = await visibleTraining(req)
  if (canonicalCode(req, res, offer.code)) return
  const asked = req.query.zone
  const own = typeof asked === 'string' && isZone(asked) ? asked : req.actor.zone
  const agenda = await toldAgenda(offer.id)
  const overlaps = offer.own && req.actor.id ? await overlapsFor(req.actor.id, offer.id, now()) : []
  const works = await worksIn(req, offer, agenda.sessions)
  const takesPart = works || offer.own === 'enrolled'
  const materials = takesPart ? await countMaterials(offer.id, works) : null
  res.render('agendas/show', {
    page: {
      ...agendaPage(req, offer, agenda, { own, takesPart, materials }),
      works,
      feed: offer.visibility === 'public' ? `/trainings/${offer.code}.ics?lang=${req.lang}` : null,
      overlaps: overlapLines(speakerOf(req), overlaps, own),
    },
  })
})

/** Whether this person works in the training: they see how to join its calls, and its plan. */
async function worksIn(req: Request, { id, code, status }: Offer, sessions: ToldSession[]): Promise<boolean> {
  const named = sessions.some(({ told }) =>
    told.bookings.some(
      ({ role, personId }) => role === 'trainer' && personId !== undefined && personId === req.actor.id,
    ),
  )
  // Whose booking has ended sees it no more, even before people are told.
  const teaches = named && Boolean((await agendaTraining(code, req.actor.id))?.teaches)
  return seesPlan(req.actor, { id, status, teaches })
}
