import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import { dateIn } from '../../lib/wall-time.ts'
import { seesPlan } from '../../models/policies/session.ts'
import type { OwnSession, OwnTraining } from '../../models/teaching.ts'
import { hoursInWords } from './contributions.ts'
import { clockIn, dayInWords, type Speaker, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** The beginning of yesterday on a person's clock: what was taught then may still wait for them. */
export const sinceYesterday = (at: Temporal.Instant, zone: string): Temporal.Instant =>
  at.toZonedDateTimeISO(zone).startOfDay().subtract({ days: 1 }).toInstant()

/** "Trainings I teach": the next session, today's with what waits, those to come, and the past with hours taught. */
export function teachingPage(req: Request, sessions: OwnSession[], trainings: OwnTraining[]) {
  const today = dateIn(now(), req.actor.zone)
  const next = nextOf(sessions)
  const of = (day: string) => sessions.filter(each => dateIn(each.startsAt, req.actor.zone) === day)
  const coming = sessions.filter(each => dateIn(each.startsAt, req.actor.zone) > today)
  const [current, past] = [trainings.filter(isCurrent), trainings.filter(each => !isCurrent(each))]
  const minutes = trainings.reduce((sum, each) => sum + each.minutes, 0)
  return {
    next: next && nextSession(req, next),
    today: of(today).map(each => ({ ...sessionLine(req, each), acts: actsOf(req, each) })),
    yesterday: yesterdays(req, of(Temporal.PlainDate.from(today).subtract({ days: 1 }).toString())),
    coming: coming.filter(each => each !== next).map(each => sessionLine(req, each)),
    current: current.toReversed().map(each => ({ ...trainingLine(req, each), plan: planLink(req, each) })),
    past: past.map(each => trainingLine(req, each)),
    taught: minutes ? hoursInWords(req, minutes) : null,
  }
}

/** What stands at the top of a trainer's own page, or null for those with nothing ahead. */
export const teachingBlock = (req: Request, sessions: OwnSession[]) => {
  const next = nextOf(sessions)
  return next ? nextSession(req, next) : null
}

/** The session that is on, or the one that comes first. */
const nextOf = (sessions: OwnSession[]) =>
  sessions.find(each => Temporal.Instant.compare(each.endsAt, now()) > 0 && each.told) ??
  sessions.find(each => Temporal.Instant.compare(each.endsAt, now()) > 0)

const isCurrent = ({ status, ahead, endsOn, zone }: OwnTraining) =>
  ahead ||
  (['draft', 'published', 'running', 'postponed'].includes(status) &&
    (endsOn === null || endsOn >= dateIn(now(), zone)))

/** "Your next session: Tuesday, 2 March 2027, 11:00 Baku, 12:00 for you", where it is and who will be there. */
function nextSession(req: Request, session: OwnSession) {
  const { t } = req
  const isOn = Temporal.Instant.compare(session.startsAt, now()) <= 0
  return {
    title: t(isOn ? 'teaching.now' : 'teaching.next', { title: wordsIn(session.title, req.lang) }),
    when: whenInWords(speakerOf(req), session, req.actor.zone),
    text: [
      `${wordsIn(session.trainingTitle, req.lang)} (${session.code})`,
      ...placesInWords(req, session),
      t('teaching.whoComes', { count: session.people }),
      ...(session.told ? [] : [t('teaching.notTold')]),
    ],
    action: nextAct(req, session),
  }
}

/** On its day a trainer begins with attendance; before it, with the training. */
function nextAct({ t, lang }: Request, { id, code, zone, startsAt, roles }: OwnSession) {
  const isDue = dateIn(startsAt, zone) <= dateIn(now(), zone)
  return isDue && roles.includes('trainer')
    ? { href: `/${lang}/manage/trainings/${code}/sessions/${id}/attendance`, label: t('teaching.acts.attendance') }
    : { href: `/${lang}/teaching/${code}`, label: t('teaching.open') }
}

/** A session in a list: what, when on both clocks, where, as what. */
export function sessionLine(req: Request, session: OwnSession) {
  return {
    id: session.id,
    title: wordsIn(session.title, req.lang),
    training: { href: `/${req.lang}/teaching/${session.code}`, title: wordsIn(session.trainingTitle, req.lang) },
    datetime: session.startsAt.toString(),
    when: whenInWords(speakerOf(req), session, req.actor.zone),
    facts: [
      ...session.places.map(({ name }) => wordsIn(name, req.lang)),
      session.roles.map(role => req.t(`teaching.roles.${role}`)).join(', '),
      ...(session.told ? [] : [req.t('teaching.notTold')]),
    ],
  }
}

/** "Tuesday, 2 March 2027, 11:00–12:30 Baku, 12:00–13:30 for you"; the reader's day too where it is another. */
export function whenInWords(
  say: Speaker,
  { startsAt, endsAt, zone }: Pick<OwnSession, 'startsAt' | 'endsAt' | 'zone'>,
  own: string,
): string {
  const span = (clock: string) => `${clockIn(startsAt, clock)}–${clockIn(endsAt, clock)}`
  const day = dayInWords(say, dateIn(startsAt, zone))
  const host = { day, span: span(zone), zone: zoneName(zone, say.t) }
  if (span(zone) === span(own)) return say.t('teaching.when.same', host)
  const ownDay = dateIn(startsAt, own)
  return ownDay === dateIn(startsAt, zone)
    ? say.t('teaching.when.own', { ...host, own: span(own) })
    : say.t('teaching.when.otherDay', { ...host, own: span(own), ownDay: dayInWords(say, ownDay) })
}

const placesInWords = (req: Request, { places }: OwnSession): string[] =>
  places.map(({ name, address }) => `${wordsIn(name, req.lang)}, ${address}`)

/** What can be done with a session of today: by its trainers all of it, by others in it less. */
function actsOf(req: Request, { id, code, roles, endsAt }: OwnSession) {
  const isOver = Temporal.Instant.compare(endsAt, now()) <= 0
  const act = (key: string, href: string) => ({ label: req.t(`teaching.acts.${key}`), href: `/${req.lang}${href}` })
  const room = act(roles.some(role => role !== 'interpreter') ? 'room' : 'counts', `/teaching/${code}/room`)
  if (!roles.includes('trainer')) return [room]
  const base = `/manage/trainings/${code}`
  return [
    act('attendance', `${base}/sessions/${id}/attendance`),
    act('code', `${base}/sessions/${id}/attendance/code`),
    act('materials', `${base}/materials?session=${id}`),
    ...(isOver ? [act('evaluation', `${base}/evaluation`)] : []),
    room,
  ]
}

/** What people said of yesterday: a line for each training the reader trained in, in words. */
function yesterdays(req: Request, sessions: OwnSession[]) {
  const trained = new Map(sessions.filter(each => each.roles.includes('trainer')).map(each => [each.code, each]))
  return [...trained.values()].map(({ code, trainingTitle }) => ({
    href: `/${req.lang}/manage/trainings/${code}/evaluation`,
    label: req.t('teaching.yesterday', { title: wordsIn(trainingTitle, req.lang) }),
  }))
}

function trainingLine(req: Request, training: OwnTraining) {
  const { code, startsOn, endsOn, minutes, sessions, certificate } = training
  return {
    code,
    href: `/${req.lang}/teaching/${code}`,
    title: wordsIn(training.title, req.lang),
    startsOn,
    endsOn: endsOn === startsOn ? null : endsOn,
    status: req.t(`trainings.status.${training.status}`),
    people: req.t('teaching.people', { count: training.people }),
    roles: training.parts.map(role => req.t(`teaching.roles.${role}`)).join(', '),
    hours: minutes
      ? req.t('teaching.taught', {
          hours: hoursInWords(req, minutes),
          sessions: req.t('contributions.sessions', { count: sessions }),
        })
      : null,
    certificate: certificate && { href: `/${req.lang}/certificates/${certificate}.pdf`, code: certificate },
  }
}

const planLink = ({ actor, lang }: Request, training: OwnTraining) =>
  seesPlan(actor, { ...training, teaches: training.parts.includes('trainer') })
    ? `/${lang}/manage/trainings/${training.code}/agenda`
    : null
