import { type Request, type Response, Router } from 'express'
import type { AgendaTraining } from '../../models/agenda.ts'
import type { AttendedSession } from '../../models/attendance.ts'
import { attendedSession, marksOf } from '../../models/attendance-lists.ts'
import { termsOf } from '../../models/attendance-terms.ts'
import { attend, type Marked } from '../../models/attending.ts'
import { again, formOf, orAgain } from '../forms/again.ts'
import { marksIn } from '../forms/attendance.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { marksPage, sessionBase } from '../present/attendance.ts'
import { sheetOf } from '../present/attendance-sheets.ts'
import { seenAfterAnswer } from '../seen.ts'
import { planOfTraining } from './agendas.ts'
import { sendSheet } from './attendance.ts'

/** Who is at a session: marked by its trainer on a phone, all in one post. */
export const sessionAttendance = Router()

const PATH = '/manage/trainings/:code/sessions/:id/attendance'

sessionAttendance.get(PATH, signedIn, showMarks)

sessionAttendance.post(PATH, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  const people = await marksOf(req.actor, training, session.id)
  const { marks, errors } = marksIn(req, session, people)
  if (errors.length) return again(req, res, showMarks, errors)
  const why = typeof req.body.why === 'string' ? req.body.why.trim().slice(0, 300) : null
  const restPresent = req.body.rest === 'present'
  let marked: Marked = { saved: 0, kept: [] }
  const done = await orAgain(req, res, showMarks, async () => {
    marked = await attend(req.actor, session.id, marks, { source: 'trainer', why, restPresent })
  })
  if (!done) return
  const changed = marked.kept.length ? `&changed=${marked.kept.slice(0, 60).join('.')}` : ''
  const part = partOf(req) > 1 ? `&part=${partOf(req)}` : ''
  res.redirect(303, `${sessionBase(req, training.code, session.id)}?done=attendance-saved${changed}${part}`)
})

/** The sheet to sign of one session. */
sessionAttendance.get(`${PATH}.pdf`, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  const people = await marksOf(req.actor, training, session.id)
  const day = session.wallStart.toPlainDate().toString()
  const { place } = await termsOf(training.id)
  const sheet = sheetOf(training, day, [session], people, place)
  await sendSheet(req, res, sheet, `${training.code} ${day} ${session.id}`)
  const ids = people.map(person => person.personId)
  seenAfterAnswer(req, res, ids, 'enrollments')
})

async function showMarks(req: Request, res: Response) {
  const { training, session } = await sessionOfTraining(req)
  const people = await marksOf(req.actor, training, session.id)
  const changed = typeof req.query.changed === 'string' ? req.query.changed.split('.') : []
  res.render('manage/attendance/session', {
    page: marksPage(req, training, session, { people, form: formOf(req), part: partOf(req), changed }),
  })
  const ids = people.map(person => person.personId)
  seenAfterAnswer(req, res, ids, 'enrollments')
}

function partOf(req: Request): number {
  const part = req.body?.part ?? req.query.part
  return typeof part === 'string' && /^[1-9]\d{0,2}$/.test(part) ? Number(part) : 1
}

/** The training and the session of the address, for those who plan it; breaks have no attendance. */
export async function sessionOfTraining(req: Request): Promise<{ training: AgendaTraining; session: AttendedSession }> {
  const training = await planOfTraining(req)
  const session = await found(attendedSession(training.id, idOf(req.params.id)))
  return { training, session }
}
