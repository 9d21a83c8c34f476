import { type Request, type Response, Router } from 'express'
import { NEEDED_PERCENT, percentOf } from '../../models/attendance.ts'
import { attendingPerson, linesOf, personLines, sessionLines } from '../../models/attendance-lists.ts'
import { type Sheet, sheetPdf } from '../../models/attendance-sheets.ts'
import { standingOf } from '../../models/completing.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { houseOf } from '../house.ts'
import { attendanceBase, attendancePage, linesInWords } from '../present/attendance.ts'
import { sheetOf } from '../present/attendance-sheets.ts'
import { planHead } from '../present/plans.ts'
import { missingWords } from '../present/standing.ts'
import { seenAfterAnswer } from '../seen.ts'
import { planOfTraining } from './agendas.ts'
import { termsOf } from '../../models/attendance-terms.ts'

/** Attendance of a training as a whole: what was taken, how much each person was there, sheets to sign. */
export const manageAttendance = Router()

const PATH = '/manage/trainings/:code/attendance'

manageAttendance.get(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await planOfTraining(req)
  const terms = await termsOf(training.id)
  const sessions = await sessionLines(training.id)
  const people = await personLines(req.actor, training)
  res.render('manage/attendance/index', {
    page: attendancePage(req, { ...training, seats: terms.seats }, { sessions, people, need: terms.need }),
  })
  const ids = people.map(person => person.personId)
  seenAfterAnswer(req, res, ids, 'enrollments')
})

/** The sheet of one day, a column for each of its sessions. */
manageAttendance.get(`${PATH}/sheets/:day.pdf`, signedIn, async (req: Request, res: Response) => {
  const training = await planOfTraining(req)
  const day = String(req.params.day)
  const sessions = (await sessionLines(training.id)).filter(each => each.wallStart.toPlainDate().toString() === day)
  await found(sessions[0])
  const people = await personLines(req.actor, training)
  const { place } = await termsOf(training.id)
  await sendSheet(req, res, sheetOf(training, day, sessions, people, place), `${training.code} ${day}`)
  const ids = people.map(person => person.personId)
  seenAfterAnswer(req, res, ids, 'enrollments')
})

/** One person's attendance with the trail of every change. */
manageAttendance.get(`${PATH}/:enrollment`, signedIn, async (req: Request, res: Response) => {
  const training = await planOfTraining(req)
  const person = await found(attendingPerson(req.actor, training, idOf(req.params.enrollment)))
  const standing = await standingOf(person.id)
  const share = standing.facts.attendance
  res.render('manage/attendance/person', {
    page: {
      ...planHead(req, training),
      overview: attendanceBase(req, training.code),
      name: person.name,
      other: person.cyrillic,
      percent: share ? percentOf(share) : null,
      need: standing.rules.attendancePercent ?? NEEDED_PERCENT,
      missing: missingWords(
        req,
        standing.missing.filter(({ what }) => what === 'attendance'),
      ),
      lines: linesInWords(req, await linesOf(req.actor, training, person.id), true),
    },
  })
  seenAfterAnswer(req, res, [person.personId], 'enrollments')
})

/** A sheet as a file. */
export async function sendSheet(req: Request, res: Response, sheet: Sheet, name: string) {
  const pdf = await sheetPdf(houseOf(req).pdf, sheet)
  res.attachment(`RTCM attendance ${name}.pdf`).type('pdf').send(pdf)
}
