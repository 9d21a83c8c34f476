import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import type { AgendaTraining } from '../../models/agenda.ts'
import { type AttendedSession, isPast, percentOf, reaches, STATUSES, takesAttendance } from '../../models/attendance.ts'
import type {
  Correction,
  MarkNow,
  MarkedPerson,
  OwnLine,
  PersonLine,
  SessionLine,
} from '../../models/attendance-lists.ts'
import { daysOf } from '../../models/attendance-lists.ts'
import { errorsOf } from '../forms/again.ts'
import { fieldsOf, shownOf } from '../forms/attendance.ts'
import type { Kept } from '../request.ts'
import { clockIn, dayInWords, minutesInWords, type Speaker, speakerOf, spanInWords } from './moments.ts'
import { countryName } from './people.ts'
import { planHead } from './plans.ts'
import { wordsIn } from './words.ts'

/** So many people stand on one page of marks. */
export const PEOPLE_ON_PAGE = 100

export const attendanceBase = (req: Request, code: string) => `/${req.lang}/manage/trainings/${code}/attendance`
export const sessionBase = (req: Request, code: string, id: string) =>
  `/${req.lang}/manage/trainings/${code}/sessions/${id}/attendance`

/** What all pages about the attendance of one session share. */
export function sessionHead(req: Request, training: AgendaTraining, session: AttendedSession) {
  const say = speakerOf(req)
  const verdict = takesAttendance(session, training, now())
  return {
    ...planHead(req, training),
    overview: attendanceBase(req, training.code),
    base: sessionBase(req, training.code, session.id),
    session: wordsIn(session.title, req.lang),
    when: spanInWords(say, session.startsAt, session.endsAt, session.zone),
    cannot: verdict.ok ? null : req.t(`refusals.${verdict.reason}`),
  }
}

/** The overview: what was taken, and how much of the whole each person was there. */
export function attendancePage(
  req: Request,
  training: AgendaTraining & { seats?: number | null },
  { sessions, people, need }: { sessions: SessionLine[]; people: PersonLine[]; need: number },
) {
  const say = speakerOf(req)
  const base = attendanceBase(req, training.code)
  const over = training.seats && people.length > training.seats ? training.seats : null
  return {
    ...planHead(req, training),
    base,
    need,
    over: over ? req.t('attendance.overSeats', { count: people.length, seats: over }) : null,
    days: daysOf(sessions).map(date => ({ label: dayInWords(say, date), href: `${base}/sheets/${date}.pdf` })),
    sessions: sessions.map(session => sessionRow(req, say, training, session, people.length)),
    people: people.map(person => personRow(req, training.code, person, need)),
    counted: people.some(person => person.of > 0),
  }
}

function sessionRow(req: Request, say: Speaker, training: AgendaTraining, session: SessionLine, enrolled: number) {
  const { byStatus, marked } = session
  const verdict = takesAttendance(session, training, now())
  const there = byStatus.present + byStatus.late + byStatus.left_early
  return {
    title: wordsIn(session.title, req.lang),
    when: spanInWords(say, session.startsAt, session.endsAt, session.zone),
    href: sessionBase(req, training.code, session.id),
    counts: session.counts,
    state: !verdict.ok ? 'ahead' : marked === 0 ? 'none' : marked < enrolled ? 'part' : 'done',
    there,
    detail: STATUSES.filter(status => byStatus[status] > 0).map(status =>
      req.t(`attendance.counted.${status}`, { count: byStatus[status] }),
    ),
    unmarked: Math.max(0, enrolled - marked),
    by: session.by,
    at: session.at,
  }
}

function personRow(req: Request, code: string, { minutes, of, certificate, ...person }: PersonLine, need: number) {
  const share = { minutes, of }
  return {
    name: person.name,
    country: from(person, req.lang),
    walkIn: person.source === 'walk_in',
    href: `${attendanceBase(req, code)}/${person.id}`,
    percent: of > 0 ? percentOf(share) : null,
    minutes,
    enough: reaches(share, need),
    certificate,
    below: certificate !== null && of > 0 && !reaches(share, need),
  }
}

const from = (
  { country, organization }: { country: string | null; organization: string | null },
  lang: string,
): string => countryName(country, lang) || (organization ?? '')

/** The page on which a trainer marks who is there. */
export function marksPage(
  req: Request,
  training: AgendaTraining,
  session: AttendedSession,
  { people, form, part, changed }: { people: MarkedPerson[]; form: Kept; part: number; changed: string[] },
) {
  const errorOf = errorsOf(form)
  const shown = people.slice((part - 1) * PEOPLE_ON_PAGE, part * PEOPLE_ON_PAGE)
  const head = sessionHead(req, training, session)
  const rows = shown.map(person => markRow(req, session, person, form, errorOf))
  const letters = shown.length > 20 ? lettersOf(rows) : []
  return {
    ...head,
    form,
    errorOf,
    rows,
    letters,
    letterOf: Object.fromEntries(letters.map(({ id, letter }) => [id, letter])),
    statuses: STATUSES.map(value => ({ value, label: req.t(`attendance.status.${value}`) })),
    unmarked: people.filter(({ mark }) => !mark).length,
    count: people.length,
    part,
    previous: part > 1 ? `${head.base}?part=${part - 1}` : null,
    next: people.length > part * PEOPLE_ON_PAGE ? `${head.base}?part=${part + 1}` : null,
    asksWhy: isPast(session, now()) && people.some(({ mark }) => mark),
    changed: people
      .filter(({ id, mark }) => mark && changed.includes(id))
      .map(person => changedLine(req, session, person)),
  }
}

function markRow(
  req: Request,
  session: AttendedSession,
  person: MarkedPerson,
  form: Kept,
  errorOf: Record<string, string>,
) {
  const names = fieldsOf(person.id)
  const { mark } = person
  const typed = (name: string, saved: string) =>
    typeof form.values[name] === 'string' ? String(form.values[name]) : saved
  const movedAt = mark?.movedAt ? clockIn(mark.movedAt, session.zone) : ''
  return {
    id: person.id,
    names,
    name: person.name,
    other: person.cyrillic,
    country: from(person, req.lang),
    walkIn: person.source === 'walk_in',
    status: typed(names.status, mark?.status ?? ''),
    time: typed(names.time, movedAt),
    reason: typed(names.reason, mark?.reason ?? ''),
    shown: typed(names.shown, shownOf(person, session.zone)),
    errors: { time: errorOf[names.time], reason: errorOf[names.reason] },
    said: mark ? saidLine(req, mark, session.zone) : null,
    trail: person.corrections
      ? {
          href: `${attendanceBase(req, String(req.params.code).toUpperCase())}/${person.id}`,
          count: person.corrections,
        }
      : null,
  }
}

function lettersOf(rows: { id: string; name: string }[]) {
  const seen = new Set<string>()
  return rows.flatMap(({ id, name }) => {
    const letter = name.slice(0, 1).toUpperCase()
    if (!letter || seen.has(letter)) return []
    seen.add(letter)
    return [{ id, letter }]
  })
}

/** "marked by Rustam Karimov, 11:05": who said it, how, and when on the host's clock. */
function saidLine(req: Request, { source, by, at }: Pick<MarkNow, 'source' | 'by' | 'at'>, zone: string): string {
  const time = clockIn(Temporal.Instant.from(String(at)), zone)
  return req.t(`attendance.said.${source}`, { name: by ?? req.t('attendance.somebody'), time })
}

const changedLine = (req: Request, session: AttendedSession, { name, mark }: MarkedPerson): string =>
  req.t('attendance.changedLine', {
    name,
    status: req.t(`attendance.status.${mark!.status}`),
    by: mark!.by ?? req.t('attendance.somebody'),
    time: clockIn(mark!.at, session.zone),
  })

/** One person's sessions, each with its mark and the trail of its changes. `full`: with names of who said so. */
export function linesInWords(req: Request, lines: OwnLine[], full: boolean) {
  const say = speakerOf(req)
  return lines.map(({ mark, ...session }) => ({
    title: wordsIn(session.title, req.lang),
    when: spanInWords(say, session.startsAt, session.endsAt, session.zone),
    counts: session.counts,
    href: full ? sessionBase(req, String(req.params.code).toUpperCase(), session.id) : null,
    ahead: Temporal.Instant.compare(session.startsAt, now()) > 0,
    mark: mark && {
      status: mark.status,
      word: req.t(`attendance.status.${mark.status}`),
      minutes: minutesInWords(say, mark.minutes),
      reason: mark.reason,
      said: full ? saidLine(req, mark, session.zone) : null,
      trail: mark.corrections.map(each => correctionLine(req, say, each, session.zone, full)),
    },
  }))
}

function correctionLine(
  req: Request,
  say: Speaker,
  { was, reason, by, at }: Correction,
  zone: string,
  full: boolean,
): string {
  const moment = Temporal.Instant.from(String(at))
  const day = dayInWords(say, moment.toZonedDateTimeISO(zone).toPlainDate().toString(), 'short')
  const words = {
    ...{ day, time: clockIn(moment, zone), was: req.t(`attendance.status.${was.status}`) },
    ...{ by: full ? (by ?? req.t('attendance.somebody')) : '', minutes: minutesInWords(say, was.minutes) },
  }
  const line = req.t(full ? 'attendance.trail.full' : 'attendance.trail.own', words)
  return reason ? `${line} ${req.t('attendance.trail.why', { reason })}` : line
}
