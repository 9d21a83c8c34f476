import { readFile } from 'node:fs/promises'
import { type Request, type Response, Router } from 'express'
import { isZone, now } from '../../lib/time.ts'
import { isPast, takesAttendance } from '../../models/attendance.ts'
import { marksOf } from '../../models/attendance-lists.ts'
import { attendeesOf, candidatesOf, keepList, keptList, matched, useList } from '../../models/importing-attendance.ts'
import { peopleIn, readList } from '../../models/meeting-lists.ts'
import { insist, Refused } from '../../models/refused.ts'
import { formOf, orAgain } from '../forms/again.ts'
import { found, idOf, signedIn } from '../guards.ts'
import { sessionHead } from '../present/attendance.ts'
import { previewRows } from '../present/attendance-imports.ts'
import { zoneOptions } from '../present/zones.ts'
import { seenAfterAnswer } from '../seen.ts'
import { sessionOfTraining } from './session-attendance.ts'

/** A meeting's list of participants: uploaded or pasted, looked at, then used as a whole or not at all. */
export const attendanceImports = Router()

const PATH = '/manage/trainings/:code/sessions/:id/attendance/import'

attendanceImports.get(PATH, signedIn, showImport)

attendanceImports.post(PATH, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  const zone = typeof req.body.zone === 'string' && isZone(req.body.zone) ? req.body.zone : session.zone
  let id = ''
  const done = await orAgain(req, res, showImport, async () => {
    insist(takesAttendance(session, training, now()))
    const { name, people } = await listOf(req)
    id = await keepList(req.actor, session, { name, rows: attendeesOf(people, session, zone) })
  })
  if (done) res.redirect(303, `${sessionHead(req, training, session).base}/import/${id}`)
})

attendanceImports.get(`${PATH}/:list`, signedIn, showPreview)

attendanceImports.post(`${PATH}/:list`, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  const list = await found(keptList(req.actor, session.id, idOf(req.params.list)))
  const people = await candidatesOf(training.id)
  const known = new Set(people.map(person => person.id))
  const chosen = list.rows.map((_, index) => {
    const value = req.body[`p-${index}`]
    return typeof value === 'string' && known.has(value) ? value : null
  })
  const absentRest = req.body.rest === 'absent' ? [...known] : []
  const why = typeof req.body.why === 'string' ? req.body.why.trim().slice(0, 300) : null
  const use = () => useList(req.actor, session.id, list.id, { chosen, absentRest, why })
  if (!(await orAgain(req, res, showPreview, use))) return
  res.redirect(303, `${sessionHead(req, training, session).base}?done=attendance-imported`)
})

async function listOf(req: Request) {
  if (req.uploadError) throw new Refused('list.large', { field: 'file' })
  const file = Array.isArray(req.files) ? req.files.find(each => each.fieldname === 'file') : undefined
  if (file?.size) return { name: file.originalname.slice(0, 200), people: await readList(await readFile(file.path)) }
  const text = typeof req.body.text === 'string' ? req.body.text : ''
  if (!text.trim()) throw new Refused(file ? 'list.empty' : 'list.none', { field: 'file' })
  return { name: null, people: peopleIn(text) }
}

async function showImport(req: Request, res: Response) {
  const { training, session } = await sessionOfTraining(req)
  const form = formOf(req, { zone: session.zone, text: '' })
  res.render('manage/attendance/import', {
    page: {
      ...sessionHead(req, training, session),
      form,
      error: form.errors.find(({ field }) => field === 'file')?.text,
      zones: zoneOptions(req.t, String(form.values.zone ?? session.zone)),
    },
  })
}

async function showPreview(req: Request, res: Response) {
  const { training, session } = await sessionOfTraining(req)
  const list = await found(keptList(req.actor, session.id, idOf(req.params.list)))
  const people = await candidatesOf(training.id)
  const marks = await marksOf(req.actor, training, session.id)
  const form = formOf(req)
  const rows = previewRows(req, matched(list.rows, people), marks, form)
  res.render('manage/attendance/preview', {
    page: {
      ...sessionHead(req, training, session),
      form,
      list: list.id,
      name: list.name,
      rows,
      people: marks.map(({ id, name }) => ({ id, name })),
      unmatched: rows.filter(row => !row.chosen).length,
      overwrites: rows.some(row => row.before),
      missing: marks.length - new Set(rows.flatMap(row => (row.chosen ? [row.chosen] : []))).size,
      asksWhy: isPast(session, now()) && marks.some(({ mark }) => mark),
      whyError: form.errors.find(({ field }) => field === 'why')?.text,
    },
  })
  const ids = marks.map(person => person.personId)
  seenAfterAnswer(req, res, ids, 'enrollments')
}
