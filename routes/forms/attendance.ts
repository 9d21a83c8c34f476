import type { Request } from 'express'
import { z } from 'zod'
import { type AttendanceStatus, type AttendedSession, instantWithin, STATUSES } from '../../models/attendance.ts'
import type { MarkedPerson } from '../../models/attendance-lists.ts'
import type { Mark } from '../../models/attending.ts'
import { strangerIn } from '../../models/names.ts'
import { WINDOWS } from '../../models/showing-codes.ts'
import { clockIn } from '../present/moments.ts'
import type { FieldError } from '../request.ts'
import { timeOf } from './days.ts'

/** Fields of one person on the page of marks: status, time, reason, and what the page showed (so that only changes are sent on). */
export const fieldsOf = (id: string) => ({ status: `s-${id}`, time: `t-${id}`, reason: `r-${id}`, shown: `w-${id}` })

/** What the page shows of a person's mark, in one line: revision, status, time, reason. */
export function shownOf({ mark }: Pick<MarkedPerson, 'mark'>, zone: string): string {
  if (!mark) return '0|||'
  return [mark.revision, typedAs(mark.status, mark.movedAt ? clockIn(mark.movedAt, zone) : '', mark.reason ?? '')].join(
    '|',
  )
}

const typedAs = (status: string, time: string, reason: string): string =>
  [status, moves(status) ? time : '', status === 'excused' ? reason : ''].join('|')

const moves = (status: string) => status === 'late' || status === 'left_early'

const LONGEST_REASON = 300

/** The marks that were changed on the page, and what is wrong with them. People who are not on it are left alone. */
export function marksIn(
  req: Request,
  session: AttendedSession,
  people: MarkedPerson[],
): { marks: Mark[]; errors: FieldError[] } {
  const marks: Mark[] = []
  const errors: FieldError[] = []
  for (const { id } of people) {
    const names = fieldsOf(id)
    const typed = (name: string) =>
      typeof req.body[name] === 'string' ? String(req.body[name]).normalize('NFC').trim() : ''
    const [status, time, reason] = [typed(names.status), typed(names.time), typed(names.reason)]
    const [revision, ...shown] = typed(names.shown).split('|')
    if (!STATUSES.some(each => each === status)) continue
    if (typedAs(status, time, reason) === shown.join('|')) continue
    const at = moves(status) ? momentOf(session, time) : null
    if (moves(status) && !at) errors.push({ field: names.time, text: timeError(req, session, time) })
    if (status === 'excused' && !reason) errors.push({ field: names.reason, text: req.t('attendance.errors.reason') })
    if (reason.length > LONGEST_REASON) errors.push({ field: names.reason, text: req.t('sessions.errors.tooLong') })
    const seen = /^\d{1,9}$/.test(revision ?? '') ? Number(revision) : 0
    marks.push({ enrollmentId: id, status: status as AttendanceStatus, at: at ?? null, reason: reason || null, seen })
  }
  return { marks, errors }
}

function momentOf(session: AttendedSession, typed: string): Temporal.Instant | undefined {
  const time = timeOf(typed)
  return time && instantWithin(session, time)
}

function timeError(req: Request, session: AttendedSession, typed: string): string {
  if (!timeOf(typed)) return req.t('attendance.errors.time')
  const [from, to] = [clockIn(session.startsAt, session.zone), clockIn(session.endsAt, session.zone)]
  return req.t('attendance.errors.outside', { from, to })
}

/** For how many minutes a code is shown. */
export const codeForm = z.object({
  minutes: z
    .string('attendance.errors.minutes')
    .refine(value => WINDOWS.some(each => String(each) === value), 'attendance.errors.minutes')
    .transform(Number),
})

export const enterForm = z.object({
  code: z.string('attendance.errors.code').min(1, 'attendance.errors.code').max(40, 'attendance.errors.code'),
})

/** Somebody who came without being on the list: a name, and where they are from. */
export const walkInForm = z
  .object({
    nameLatin: z
      .string('attendance.errors.name')
      .min(2, 'attendance.errors.name')
      .max(200, 'sessions.errors.tooLong')
      .refine(name => strangerIn(name, 'latin') === undefined, 'attendance.errors.latin'),
    email: z.union([z.literal(''), z.email('attendance.errors.email').max(254, 'attendance.errors.email')]).default(''),
    country: z.string().max(40).default(''),
    organization: z.string().max(200, 'sessions.errors.tooLong').default(''),
    another: z.string().max(10).default(''),
  })
  .superRefine(({ country, organization }, context) => {
    if (!country && !organization)
      context.addIssue({ code: 'custom', path: ['country'], message: 'attendance.errors.from' })
  })
