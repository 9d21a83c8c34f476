import { type Request, type Response, Router } from 'express'
import { closeCode, openCode, openWindow, WINDOWS } from '../../models/showing-codes.ts'
import { GRACE_MINUTES } from '../../models/attendance.ts'
import { now } from '../../lib/time.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { codeForm } from '../forms/attendance.ts'
import { signedIn } from '../guards.ts'
import { houseOf } from '../house.ts'
import { sessionHead } from '../present/attendance.ts'
import { clockIn } from '../present/moments.ts'
import { sessionOfTraining } from './session-attendance.ts'

/** The short code of a session, shown in the room for a while. */
export const attendanceCodes = Router()

const PATH = '/manage/trainings/:code/sessions/:id/attendance/code'

attendanceCodes.get(PATH, signedIn, showCode)

attendanceCodes.post(PATH, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  const { values, errors } = parse(req, codeForm)
  if (errors) return again(req, res, showCode, errors)
  if (!(await orAgain(req, res, showCode, () => openCode(req.actor, session.id, values.minutes)))) return
  res.redirect(303, sessionHead(req, training, session).base + '/code')
})

attendanceCodes.post(`${PATH}/closing`, signedIn, async (req: Request, res: Response) => {
  const { training, session } = await sessionOfTraining(req)
  await closeCode(req.actor, session.id)
  res.redirect(303, `${sessionHead(req, training, session).base}?done=attendance-code-closed`)
})

async function showCode(req: Request, res: Response) {
  const { training, session } = await sessionOfTraining(req)
  const head = sessionHead(req, training, session)
  const over = Temporal.Instant.compare(session.endsAt, now()) <= 0
  const cannot = head.cannot ?? (over ? req.t('refusals.attendance.codeOver') : null)
  const open = cannot ? undefined : await openWindow(session.id)
  const form = formOf(req)
  const late = Temporal.Instant.compare(now(), session.startsAt.add({ minutes: GRACE_MINUTES })) > 0
  res.render('manage/attendance/code', {
    page: {
      ...head,
      cannot,
      form,
      error: form.errors.find(({ field }) => field === 'minutes')?.text,
      minutes: WINDOWS.toSorted((a, b) => a - b).map(value => ({
        value,
        label: req.t('attendance.code.minutes', { count: value }),
      })),
      chosen: typeof form.values.minutes === 'string' ? form.values.minutes : WINDOWS[0],
      late,
      grace: GRACE_MINUTES,
      open: open && {
        code: `${open.code.slice(0, 3)} ${open.code.slice(3)}`,
        until: clockIn(open.closesAt, session.zone),
        address: `${houseOf(req).config.baseUrl.replace(/^https?:\/\//, '')}/${req.lang}/trainings/${training.code}/attendance`,
      },
    },
  })
}
