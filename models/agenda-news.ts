import { one, sql } from '../lib/db.ts'
import type { Change } from './announcing.ts'
import type { Words } from './course.ts'
import { notify, type Recipient } from './notifying.ts'
import type { Booked, Told } from './session.ts'

/** What a letter about a changed agenda tells one person. */
export type AgendaNews = {
  code: string
  title: Words
  zone: string
  /** The first version: nothing was known before. */
  first: boolean
  enrolled: boolean
  changes: Change[]
}

const ORDER: Change['what'][] = ['canceled', 'moved', 'new', 'changed']

/**
 * The changes of an announced version, as they stand by now: what has been announced anew since is told as of today, so
 * that a letter that waited does not mislead. The enrolled are told everything; who is booked, what they are in.
 */
export async function agendaNews(
  trainingId: string,
  number: number,
  personId: string,
): Promise<AgendaNews | undefined> {
  const row = await one<Omit<AgendaNews, 'first'> & { current: Record<string, Told> }>(
    'agenda.news',
    `select t.code, coalesce(t.title, c.title) as title, t.zone, v.changes,
       exists (select 1 from enrollments e where e.training_id = t.id and e.person_id = $3 and e.status = 'enrolled') as enrolled,
       (select coalesce(jsonb_object_agg(s.id, s.published), '{}'::jsonb) from sessions s
         where s.training_id = t.id and s.published is not null) as current
     from agenda_versions v join trainings t on t.id = v.training_id join course_versions c on c.id = t.course_version_id
     where t.id = $1 and v.number = $2 and t.status in ('published', 'running', 'closed')`,
    [trainingId, number, personId],
  )
  if (!row) return undefined
  const { current, ...news } = row
  const changes = row.changes
    .map(change => asOfNow(change, current[change.sessionId]))
    .filter(change => row.enrolled || isTheirs(change, personId))
    .sort((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what) || (a.is.startsAt < b.is.startsAt ? -1 : 1))
  return changes.length
    ? { ...news, changes, first: number === 1 && changes.every(({ what }) => what === 'new') }
    : undefined
}

function asOfNow(change: Change, current: Told | undefined): Change {
  if (!current || current.sequence === change.is.sequence) return change
  if (current.canceled) return { ...change, what: 'canceled', is: current }
  if (!change.was) return { ...change, is: current }
  return { ...change, what: isMoved(change.was, current) ? 'moved' : 'changed', is: current }
}

const isMoved = (was: Told, is: Told) =>
  was.startsAt !== is.startsAt || was.endsAt !== is.endsAt || was.zone !== is.zone
const isBooked = (told: Told | null, personId: string) =>
  told?.bookings.some(each => each.personId === personId) ?? false
const isTheirs = ({ was, is }: Change, personId: string) => isBooked(was, personId) || isBooked(is, personId)

/** Whether nobody has to come at another time, to another place, or at all because of a change. */
export function isDetail({ what, was, is }: Change, personId: string): boolean {
  if (what !== 'changed' || !was) return false
  return places(was) === places(is) && isBooked(was, personId) === isBooked(is, personId)
}

const places = ({ bookings }: Told) =>
  JSON.stringify(
    bookings
      .filter(({ role }) => role === 'room' || role === 'link')
      .map(({ role, name, address }: Booked) => [role, name.en, name.ru, address]),
  )

type Concerned = Recipient & { personId: string; enrolled: boolean }

/**
 * One mail to each person whom a published agenda concerns: the enrolled, and those booked in what changed, now or
 * before (who has been taken off a session is told so). Where only details changed, the person's choice decides.
 * @param resumed published again after it was put off: who still has a part in it reads so in one letter about the
 * training, with its calendar; here only those are told who have no part any more
 */
export async function tellAgenda(trainingId: string, number: number, resumed = false) {
  const version = await one<{ changes: Change[] }>(
    'agenda.version-changes',
    'select changes from agenda_versions where training_id = $1 and number = $2',
    [trainingId, number],
  )
  if (!version) return
  const booked = new Set(
    version.changes
      .flatMap(({ was, is }) => [was, is].flatMap(told => told?.bookings ?? []))
      .flatMap(each => each.personId ?? []),
  )
  for (const { enrolled, ...to } of await sql<Concerned>('agenda.concerned', CONCERNED, [trainingId, [...booked]])) {
    if (resumed && (enrolled || version.changes.some(({ is }) => isBooked(is, to.personId)))) continue
    const theirs = version.changes.filter(change => enrolled || isTheirs(change, to.personId))
    const topic = theirs.every(change => isDetail(change, to.personId)) ? 'agenda-details' : undefined
    await notify(to, 'agenda-changed', `agenda:${trainingId}:${number}`, { trainingId, number }, topic)
  }
}

const CONCERNED = `
  select p.id as "personId", a.email::text as address, p.locale, p.zone, e.id is not null as enrolled
  from people p join accounts a on a.person_id = p.id
    left join enrollments e on e.training_id = $1 and e.person_id = p.id and e.status = 'enrolled'
  where a.suspended_at is null and p.erased_at is null and (e.id is not null or p.id = any($2::bigint[]))
  order by p.id`
