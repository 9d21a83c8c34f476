import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import { dateIn } from '../../lib/wall-time.ts'
import { changeOf, type Planned } from '../../models/announcing.ts'
import { changesPlan, seesPlan } from '../../models/policies/session.ts'
import { seesRoom } from '../../models/policies/teaching.ts'
import type { Told } from '../../models/session.ts'
import type { taughtTraining } from '../../models/teaching.ts'
import { factsOf, reasonIn } from './changes.ts'
import { clockIn, clockOf, dayInWords, differenceInWords, type Speaker, speakerOf } from './moments.ts'
import { whenInWords } from './teaching.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

export type Taught = NonNullable<Awaited<ReturnType<typeof taughtTraining>>>
type Session = Omit<Told, 'sequence'>

/** One training for who teaches it: the next of their sessions, what they can do, and the schedule with theirs marked. */
export function taughtPage(req: Request, training: Taught, planned: Planned[]) {
  const say = speakerOf(req)
  const plans = seesPlan(req.actor, training)
  const base = `/${req.lang}/manage/trainings/${training.code}`
  // Who does not plan sees what was announced.
  const sessions = planned.flatMap(each => {
    const session: Session | null = plans ? each.working : each.published
    return session ? [{ each, session, mine: partsIn(session, req.actor.id) }] : []
  })
  const changes = plans && changesPlan(training).ok
  const rows = sessions.map(({ each, session, mine }) => ({
    date: session.wallStart.slice(0, 10),
    ...row(say, req.actor.zone, training, { each, session, mine }),
    acts:
      session.kind === 'session' && !session.canceled
        ? actsOf(say, base, { id: each.id, session, plans, changes })
        : [],
  }))
  const next = sessions.find(
    ({ session, mine }) =>
      mine.length && !session.canceled && session.kind === 'session' && session.endsAt > now().toString(),
  )
  const today = dateIn(now(), training.zone)
  const days = [...Map.groupBy(rows, each => each.date)].map(([date, all]) => ({
    date,
    heading: dayInWords(say, date),
    rows: all,
    hasActs: all.some(each => each.acts.length > 0),
  }))
  const differs = differenceInWords(say, firstInstant(sessions[0]?.session), training.zone, req.actor.zone)
  return {
    ...headOf(req, training),
    next: next && { ...nextBlock(req, next.session), action: nextAct(req, training, next) },
    links: linksOf(req, training, plans),
    unannounced: plans && planned.some(each => changeOf(each)),
    announcement: `${base}/agenda/announcement`,
    hostZone: zoneName(training.zone, req.t),
    ownZone: differs ? zoneName(req.actor.zone, req.t) : null,
    difference: differs,
    // Days that are over stand folded: what comes is what matters, on a phone above all.
    over: days.filter(each => each.date < today),
    days: days.filter(each => each.date >= today),
  }
}

/** The head that the pages of one taught training share. */
export const headOf = (req: Request, training: Taught) => ({
  code: training.code,
  title: wordsIn(training.title, req.lang),
  href: `/${req.lang}/teaching/${training.code}`,
  room: `/${req.lang}/teaching/${training.code}/room`,
  startsOn: training.startsOn,
  endsOn: training.endsOn === training.startsOn ? null : training.endsOn,
  status: req.t(`trainings.status.${training.status}`),
  people: req.t('teaching.people', { count: training.people }),
  roles: training.parts.map(role => req.t(`teaching.roles.${role}`)).join(', '),
})

const partsIn = ({ bookings }: Session, personId: string | null) => [
  ...new Set(bookings.filter(each => each.personId !== undefined && each.personId === personId).map(each => each.role)),
]

const firstInstant = (session: Session | undefined) => (session ? Temporal.Instant.from(session.startsAt) : now())

function nextBlock(req: Request, session: Session) {
  const [startsAt, endsAt] = [Temporal.Instant.from(session.startsAt), Temporal.Instant.from(session.endsAt)]
  const isOn = Temporal.Instant.compare(startsAt, now()) <= 0
  const say = speakerOf(req)
  const places = factsOf(say, session, true).filter(({ key }) => key === 'room' || key === 'link')
  return {
    title: req.t(isOn ? 'teaching.now' : 'teaching.next', { title: wordsIn(session.title, req.lang) }),
    when: whenInWords(say, { startsAt, endsAt, zone: session.zone }, req.actor.zone),
    text: places.map(({ text }) => text),
  }
}

/** On its day a trainer takes attendance; before it, whoever teaches looks at who will come. */
function nextAct({ t, lang }: Request, { code }: Taught, { each, session, mine }: Shown) {
  const isDue = session.wallStart.slice(0, 10) <= dateIn(now(), session.zone)
  return isDue && mine.includes('trainer')
    ? { href: `/${lang}/manage/trainings/${code}/sessions/${each.id}/attendance`, label: t('teaching.acts.attendance') }
    : { href: `/${lang}/teaching/${code}/room`, label: t('teaching.links.room') }
}

type Shown = { each: Planned; session: Session; mine: string[] }

function row(say: Speaker, own: string, training: Taught, { each, session, mine }: Shown) {
  const [from, to] = [Temporal.Instant.from(session.startsAt), Temporal.Instant.from(session.endsAt)]
  const change = changeOf(each)
  const hostDay = session.wallStart.slice(0, 10)
  const ownDay = from.toZonedDateTimeISO(own).toPlainDate().toString()
  return {
    id: each.id,
    pause: session.kind === 'break',
    canceled: session.canceled !== null,
    reason: session.canceled ? reasonIn(say, session) : null,
    datetime: session.startsAt,
    host: `${clockOf(session.wallStart)}–${clockOf(session.wallEnd)}`,
    hostZone: session.zone === training.zone ? null : zoneName(session.zone, say.t),
    own: `${clockIn(from, own)}–${clockIn(to, own)}`,
    ownDay: ownDay === hostDay ? null : dayInWords(say, ownDay),
    title: wordsIn(session.title, say.lang),
    mine: mine.length
      ? say.t('teaching.mine', { roles: mine.map(role => say.t(`teaching.roles.${role}`)).join(', ') })
      : null,
    facts: factsOf(say, session, true).filter(
      ({ key }) => key !== 'method' && !(key === 'trainer' && isAlone(session, mine)),
    ),
    untold: change ? say.t(change.what === 'new' ? 'teaching.untold.new' : 'teaching.untold.changed') : null,
  }
}

/** Whether the reader alone trains in it: the mark says so already. */
const isAlone = ({ bookings }: Session, mine: string[]) =>
  mine.includes('trainer') && bookings.filter(each => each.role === 'trainer').length === 1

/** What can be done with one session; the plan says what happens then. */
function actsOf({ t }: Speaker, base: string, { id, session, plans, changes }: Doable) {
  const act = (label: string, path: string) => ({ label, href: `${base}/sessions/${id}${path}` })
  const today = dateIn(now(), session.zone)
  return [
    ...(plans && session.wallStart.slice(0, 10) <= today ? [act(t('teaching.acts.attendance'), '/attendance')] : []),
    ...(changes ? [act(t('agendas.plan.edit'), ''), act(t('agendas.plan.callOff'), '/cancellation')] : []),
  ]
}

type Doable = { id: string; session: Session; plans: boolean; changes: boolean }

/** Where else the work on this training is done, in the order of its days. */
function linksOf(req: Request, training: Taught, plans: boolean) {
  const { t, lang } = req
  const base = `/${lang}/manage/trainings/${training.code}`
  const link = (key: string, href: string) => ({
    href,
    label: t(`teaching.links.${key}`),
    text: t(`teaching.linkTexts.${key}`),
  })
  return [
    link(seesRoom(req.actor, training) ? 'room' : 'counts', `/${lang}/teaching/${training.code}/room`),
    ...(plans
      ? [
          link('plan', `${base}/agenda`),
          link('attendance', `${base}/attendance`),
          link('materials', `${base}/materials`),
          link('evaluation', `${base}/evaluation`),
        ]
      : []),
    ...(training.agendaNumber && training.status !== 'draft'
      ? [link('agenda', `/${lang}/trainings/${training.code}/agenda`)]
      : []),
    link('calendar', `/${lang}/me/calendar`),
  ]
}
