import { sql } from '../lib/db.ts'
import { type BookingRole, type Conflict, conflictsOf, type Wanted } from './booking.ts'
import type { Words } from './course.ts'
import { type DayOff, dayOff, type StateDays, statesOver } from './planning.ts'
import type { Method } from './session.ts'
import type { Training } from './training.ts'

/** How the days of a copy follow from those of its source: at the same distances, or each on a working day of the host. */
export const DAY_RULES = ['distance', 'working'] as const
export type DayRule = (typeof DAY_RULES)[number]

/** Dates of the source → dates of the copy, both 'YYYY-MM-DD', in order. */
export type DayMap = Map<string, string>

/** A session of the source, and the wall times it would have in the copy. */
export type PlannedCopy = {
  id: string
  kind: 'session' | 'break'
  title: Words
  outcomes: Words | null
  method: Method | null
  zone: string
  counts: boolean
  interpretation: string[]
  was: Temporal.PlainDateTime
  wallStart: Temporal.PlainDateTime
  wallEnd: Temporal.PlainDateTime
  wanted: Wanted[]
}

/** A person, room or link that a copied session needs, and what holds them elsewhere at its new time. */
export type Clash = {
  session: Pick<PlannedCopy, 'title' | 'wallStart' | 'zone'>
  role: BookingRole
  conflict: Conflict
}

export type CopiedDay = { from: string; to: string; sessions: number; off: { name: Words; off: DayOff }[] }

type Row = Omit<PlannedCopy, 'was'> & { bookings: { role: BookingRole; personId?: string; resourceId?: string }[] }

const day = (text: string) => Temporal.PlainDate.from(text)

/**
 * The days of a copy that begins on `first`. By 'distance' all move by the same number of days. By 'working' the first
 * one is the first working day from `first` on, and each next one as many working days later as it was in the source.
 * @param days dates of the source, in order
 * @param isOff whether a date is a day off at the host
 */
export function mapDays(days: string[], first: string, rule: DayRule, isOff: (date: string) => boolean): DayMap {
  const map: DayMap = new Map()
  if (!days.length) return map
  const distance = day(days[0]!).until(day(first), { largestUnit: 'days' }).days
  let last = day(first)
  if (rule === 'working') while (isOff(last.toString())) last = last.add({ days: 1 })
  for (const [index, date] of days.entries()) {
    if (rule === 'distance') {
      map.set(date, day(date).add({ days: distance }).toString())
      continue
    }
    for (let left = index ? workingBetween(days[index - 1]!, date, isOff) : 0; left > 0; ) {
      last = last.add({ days: 1 })
      if (!isOff(last.toString())) left--
    }
    map.set(date, last.toString())
  }
  return map
}

// Two days of a training are two days of its copy, though both lay on one weekend.
function workingBetween(from: string, to: string, isOff: (date: string) => boolean): number {
  let count = 0
  for (let date = day(from).add({ days: 1 }); date.toString() <= to; date = date.add({ days: 1 }))
    if (!isOff(date.toString())) count++
  return Math.max(1, count)
}

/** The days of a training: of its sessions, its first and its last, in order. */
export async function daysOf(training: Training): Promise<string[]> {
  const rows = await sql<{ day: string }>(
    'copy.days',
    `select distinct to_char(wall_start, 'YYYY-MM-DD') as day from sessions where training_id = $1 and canceled_at is null`,
    [training.id],
  )
  const all = [...rows.map(row => row.day), training.startsOn, training.endsOn].filter(each => each !== null)
  return [...new Set(all)].sort()
}

/** Which day of the copy each day of the source becomes. Days off are those of the host State, else Saturday and Sunday. */
export async function dayMapOf(source: Training, startsOn: string | null, rule: DayRule): Promise<DayMap> {
  const days = await daysOf(source)
  if (!startsOn || !days.length) return mapDays(days, days[0] ?? '', 'distance', () => false)
  const dates = [days[0]!, days.at(-1)!, startsOn].sort()
  const until = day(dates.at(-1)!).add({ days: 2 * days.length + 60 })
  const [host] = source.hostState ? await statesOver(dates[0]!, until.toString(), [source.hostState]) : []
  const isOff = (date: string) => (host ? dayOff(host, date) !== null : day(date).dayOfWeek > 5)
  return mapDays(days, startsOn, rule, isOff)
}

/** The sessions of a training as they would be in a copy; those called off stay behind. */
export async function copiedSessions(source: Training, days: DayMap): Promise<PlannedCopy[]> {
  const rows = await sql<Row>(
    'copy.sessions',
    `select s.id, s.kind, s.title, s.outcomes, s.method, s.zone, s.counts, s.interpretation,
       s.wall_start as "wallStart", s.wall_end as "wallEnd",
       coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', b.role, 'personId', b.person_id::text,
           'resourceId', b.resource_id::text)) order by b.id)
         from bookings b left join resources r on r.id = b.resource_id left join people p on p.id = b.person_id
         where b.session_id = s.id and r.retired_at is null and p.erased_at is null), '[]'::jsonb) as bookings
     from sessions s where s.training_id = $1 and s.canceled_at is null order by s.starts_at, s.id`,
    [source.id],
  )
  return rows.map(({ bookings, ...row }) => {
    const from = Temporal.PlainDateTime.from(row.wallStart)
    const date = from.toPlainDate()
    const shift = date.until(day(days.get(date.toString()) ?? date.toString()), { largestUnit: 'days' })
    return {
      ...{ ...row, was: from, wanted: bookings },
      wallStart: from.add(shift),
      wallEnd: Temporal.PlainDateTime.from(row.wallEnd).add(shift),
    }
  })
}

/** Who and what of the copied sessions is booked elsewhere at the new times. */
export async function clashesIn(sessions: PlannedCopy[]): Promise<Clash[]> {
  const clashes: Clash[] = []
  for (const session of sessions) {
    if (!session.wanted.length) continue
    const [from, to] = [session.wallStart, session.wallEnd].map(wall => wall.toZonedDateTime(session.zone).toInstant())
    const conflicts = await conflictsOf(session.wanted, from!, to!)
    for (const wanted of session.wanted) {
      const conflict = conflicts.find(each => isOf(wanted, each))
      if (conflict) clashes.push({ session, role: wanted.role, conflict })
    }
  }
  return clashes
}

/** Whether a conflict is about what is wanted. */
export const isOf = ({ personId, resourceId }: Wanted, conflict: Conflict): boolean =>
  (personId !== undefined && conflict.personId === personId) ||
  (resourceId !== undefined && conflict.resourceId === resourceId)

/** The days of a copy with where in the ten States they are weekend or holiday. */
export async function copiedDays(sessions: PlannedCopy[], days: DayMap): Promise<CopiedDay[]> {
  const dates = [...days.values()].sort()
  if (!dates.length) return []
  const states: StateDays[] = await statesOver(dates[0]!, dates.at(-1)!)
  return [...days].map(([from, to]) => ({
    from,
    to,
    sessions: sessions.filter(({ kind, was }) => kind === 'session' && was.toPlainDate().toString() === from).length,
    off: states.flatMap(state => {
      const off = dayOff(state, to)
      return off ? [{ name: state.name, off }] : []
    }),
  }))
}

/** How much of a training comes along beside its agenda. */
export async function alongWith(sourceId: string): Promise<{ people: number; mails: number; materials: number }> {
  const [row] = await sql<{ people: number; mails: number; materials: number }>(
    'copy.along',
    `select (select count(distinct (g.person_id, g.role))::int from role_grants g join people p on p.id = g.person_id
         where g.scope_kind = 'training' and g.scope_id = $1::bigint::text and g.valid_to is null and p.erased_at is null) as people,
       (select count(*)::int from bulk_mails where training_id = $1) as mails,
       (select count(*)::int from materials m left join sessions s on s.id = m.session_id
         where m.training_id = $1 and m.removed_at is null and s.canceled_at is null) as materials`,
    [sourceId],
  )
  return row!
}
