import { type Request, type Response, Router } from 'express'
import { now } from '../lib/time.ts'
import { planOf } from '../models/announcing.ts'
import { waitingEssays } from '../models/essay.ts'
import { marksSomewhere, waitingFor } from '../models/marked-work.ts'
import { givesTime } from '../models/policies/marking.ts'
import { seesPreWork, seesRoom, teachesIn } from '../models/policies/teaching.ts'
import { preWorkOf } from '../models/pre-work.ts'
import { roomCounts, roomOf } from '../models/room.ts'
import { ownSessions, ownTrainings, taughtTraining } from '../models/teaching.ts'
import { canonicalCode } from './canonical.ts'
import { found, idOf, signedIn } from './guards.ts'
import { essayLines } from './present/essay-lines.ts'
import { roomPage } from './present/rooms.ts'
import { sinceYesterday, teachingPage } from './present/teaching.ts'
import { taughtPage } from './present/taught.ts'
import { seenAfterAnswer } from './seen.ts'

/** The trainer's pages: what I teach, one training from the side of who teaches it, who will be in the room. */
export const teaching = Router()

/** So many people stand on one page of a room. */
const SIZE = 100

teaching.get('/teaching', signedIn, async (req, res) => {
  const sessions = await ownSessions(req.actor.id!, sinceYesterday(now(), req.actor.zone))
  const trainings = await ownTrainings(req.actor.id!)
  const waiting = (await waitingFor(req.actor.id!)).length + (await waitingEssays(req.actor.id!)).length
  const marks = waiting > 0 || (await marksSomewhere(req.actor.id!))
  res.render('teaching/index', {
    page: { ...teachingPage(req, sessions, trainings), marking: marks ? { waiting } : null },
  })
})

teaching.get('/teaching/:code', signedIn, async (req: Request<{ code: string }>, res: Response) => {
  const training = await taughtHere(req)
  if (canonicalCode(req, res, training.code)) return
  const essays = (await waitingEssays(req.actor.id!)).filter(({ trainingId }) => trainingId === training.id)
  const page = taughtPage(req, training, await planOf(training.id))
  res.render('teaching/show', { page: { ...page, essays: essayLines(req, essays) } })
})

teaching.get('/teaching/:code/room', signedIn, async (req: Request<{ code: string }>, res: Response) => {
  const training = await taughtHere(req)
  if (canonicalCode(req, res, training.code)) return
  const after = req.query.after === undefined ? null : idOf(String(req.query.after))
  const counts = await roomCounts(training.id)
  const people = seesRoom(req.actor, training) ? await roomOf(req.actor, training.id, after, SIZE + 1) : null
  const shown = people?.slice(0, SIZE) ?? null
  const ids = (shown ?? []).map(({ id }) => id)
  const preWork = seesPreWork(req.actor, training) ? await preWorkOf(req.actor, ids) : null
  seenAfterAnswer(
    req,
    res,
    (shown ?? []).map(each => each.personId),
    'enrollments',
  )
  const next = people && people.length > SIZE ? shown!.at(-1)!.id : null
  res.render('teaching/room', {
    page: roomPage(req, training, {
      ...{ counts, people: shown, preWork, next, isFirst: !after },
      givesTime: givesTime(req.actor, training),
    }),
  })
})

/** The training of the address for those who teach in it; to others it is not there. */
export async function taughtHere(req: Request) {
  const training = await found(taughtTraining(String(req.params.code), req.actor.id))
  return found(teachesIn(req.actor, training) ? training : undefined)
}
