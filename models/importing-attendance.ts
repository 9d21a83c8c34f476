import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { type AttendanceStatus, type AttendedSession, GRACE_MINUTES, lengthOf, minutesBetween } from './attendance.ts'
import { attend, type Mark, type Marked } from './attending.ts'
import { record } from './audit.ts'
import type { ListedPerson } from './meeting-lists.ts'
import { momentIn, type Stay, staysWithin } from './meeting-times.ts'
import { nameKey } from './name-keys.ts'
import { Refused } from './refused.ts'

/** A meeting's list between its upload and its use. It is gone once it is used, and after a day in any case. */

/** Somebody of the list, their lines added up. `status` follows from the minutes. */
export type Attendee = {
  name: string
  email: string
  lines: number
  minutes: number
  status: AttendanceStatus
  /** When they came (late) or left (left early), where the list says so. */
  at: string | null
  /** Whether no line of theirs says when or how long in a way that can be read; such a line makes no mark. */
  unread: boolean
}

/** From so much of the session on, somebody counts as there from start to end; up to so little, as not there. */
export const WHOLE_PERCENT = 90
export const NOTHING_PERCENT = 10

/** People of a list, one entry each, with what their minutes make of them. `zone`: whose clock the list was written by. */
export function attendeesOf(list: ListedPerson[], session: AttendedSession, zone: string): Attendee[] {
  const groups = Map.groupBy(list, person => person.email || nameKey(person.name) || person.name)
  return [...groups.values()].map(lines => attendee(lines, session, zone))
}

function attendee(lines: ListedPerson[], session: AttendedSession, zone: string): Attendee {
  const day = session.startsAt.toZonedDateTimeISO(zone).toPlainDate().toString()
  const timed = lines.flatMap((line): Stay[] => {
    const from = momentIn(line.joined, { day, zone })
    const to =
      momentIn(line.left, { day, zone }) ?? (line.minutes === null ? undefined : from?.add({ minutes: line.minutes }))
    return from && to ? [{ from, to }] : []
  })
  const counted = lines.filter(line => line.minutes !== null)
  const stays = staysWithin(timed, session)
  const within = stays.reduce((sum, { from, to }) => sum + (to.epochMilliseconds - from.epochMilliseconds), 0) / 60_000
  const minutes = timed.length
    ? Math.floor(within)
    : Math.min(
        lengthOf(session),
        counted.reduce((sum, line) => sum + line.minutes!, 0),
      )
  return {
    name: lines.find(line => line.name)?.name ?? '',
    email: lines.find(line => line.email)?.email ?? '',
    lines: lines.length,
    ...outcome(minutes, stays, session),
    unread: !timed.length && !counted.length,
  }
}

/**
 * The rule, in words on the preview: 90 % of the session or more is present, under 10 % is absent; between them who came
 * more than ten minutes after the start is late, everybody else left early, and the minutes are those of the list.
 */
function outcome(minutes: number, stays: Stay[], session: AttendedSession) {
  const length = lengthOf(session)
  if (minutes * 100 >= WHOLE_PERCENT * length) return { status: 'present' as const, minutes: length, at: null }
  if (minutes * 100 < NOTHING_PERCENT * length) return { status: 'absent' as const, minutes: 0, at: null }
  const [first, last] = [stays.at(0), stays.at(-1)]
  const came = first ? minutesBetween(session.startsAt, first.from) : 0
  if (first && came > GRACE_MINUTES) return { status: 'late' as const, minutes, at: String(first.from) }
  return { status: 'left_early' as const, minutes, at: last ? String(last.to) : null }
}

type Candidate = { id: string; names: string[]; email: string | null }
export type Matched = Attendee & { enrollmentId: string | null; by: 'email' | 'name' | null }

/** Finds each one among the people of the training: by address, else by name where it is only one person's. */
export function matched(attendees: Attendee[], people: Candidate[]): Matched[] {
  const byEmail = new Map(
    people.flatMap(person => (person.email ? [[person.email.toLowerCase(), person.id] as const] : [])),
  )
  const byName = Map.groupBy(
    people.flatMap(person =>
      [...new Set(person.names.map(nameKey))].filter(Boolean).map(key => ({ key, id: person.id })),
    ),
    ({ key }) => key,
  )
  const taken = new Set<string>()
  const found = attendees.map(attendee => byEmail.get(attendee.email))
  for (const id of found) if (id) taken.add(id)
  return attendees.map((attendee, index) => {
    const direct = found[index]
    if (direct) return { ...attendee, enrollmentId: direct, by: 'email' }
    const alike = new Set((byName.get(nameKey(attendee.name)) ?? []).map(({ id }) => id))
    const [only] = alike
    if (alike.size !== 1 || !only || taken.has(only)) return { ...attendee, enrollmentId: null, by: null }
    taken.add(only)
    return { ...attendee, enrollmentId: only, by: 'name' }
  })
}

/** The people of a training as a list can name them. */
export const candidatesOf = (trainingId: string): Promise<Candidate[]> =>
  sql<Candidate>(
    'imports.candidates',
    `select e.id, array_remove(array[p.name_latin, p.name_cyrillic, p.name_own], null) as names,
       coalesce(a.email, p.contact_email)::text as email
     from enrollments e join people p on p.id = e.person_id left join accounts a on a.person_id = p.id
     where e.training_id = $1 and e.status = 'enrolled' order by lower(p.name_latin), e.id`,
    [trainingId],
  )

/** Keeps a list for its preview. Lists older than a day go. @returns its id */
export function keepList(
  actor: Actor,
  session: AttendedSession,
  { name, rows }: { name: string | null; rows: Attendee[] },
): Promise<string> {
  return inTransaction(async () => {
    await forgetLists()
    const row = await one<{ id: string }>(
      'imports.add',
      'insert into attendance_imports (session_id, file_name, rows, by_id, at) values ($1, $2, $3, $4, $5) returning id',
      [session.id, name, JSON.stringify(rows), actor.id, now()],
    )
    return row!.id
  })
}

/** Lists nobody used within a day are removed. */
export const forgetLists = () =>
  sql('imports.forget', 'delete from attendance_imports where at < $1', [now().subtract({ hours: 24 })])

export type KeptList = { id: string; name: string | null; rows: Attendee[] }

/** A list that waits to be used, for whoever brought it; or undefined. */
export const keptList = (actor: Actor, sessionId: string, id: string): Promise<KeptList | undefined> =>
  one<KeptList>(
    'imports.get',
    'select id, file_name as name, rows from attendance_imports where id = $1 and session_id = $2 and by_id = $3',
    [id, sessionId, actor.id],
  )

/**
 * Uses a list: all of it or nothing. `chosen` says for each of its people whose place it is, or null for nobody. Who is on
 * the list with times that cannot be read was there in some way: they get no mark, and are left to whoever saw them.
 * `absentRest`: everybody who is not on it and has no mark was absent.
 * @throws Refused when two of the list are the same person, the list was used already, or as `attend`
 */
export function useList(
  actor: Actor,
  sessionId: string,
  id: string,
  { chosen, absentRest, why }: { chosen: (string | null)[]; absentRest: string[]; why: string | null },
): Promise<Marked> {
  return inTransaction(async () => {
    const list = await one<KeptList>(
      'imports.take',
      'select id, file_name as name, rows from attendance_imports where id = $1 and session_id = $2 and by_id = $3 for update',
      [id, sessionId, actor.id],
    )
    if (!list) throw new Refused('attendance.listUsed')
    const places = chosen.filter(id => id !== null)
    const named = new Set(places)
    if (named.size < places.length) throw new Refused('attendance.listTwice')
    const marks = list.rows.flatMap((row, index): Mark[] => {
      const enrollmentId = chosen[index]
      return enrollmentId && !row.unread ? [{ enrollmentId, ...markFrom(row) }] : []
    })
    const absent = absentRest
      .filter(enrollmentId => !named.has(enrollmentId))
      .map((enrollmentId): Mark => ({ enrollmentId, status: 'absent', seen: 0 }))
    const done = await attend(actor, sessionId, [...marks, ...absent], { source: 'import', why })
    await sql('imports.used', 'delete from attendance_imports where id = $1', [id])
    await record(actor, 'attendance.imported', 'session', sessionId, { people: marks.length, absent: absent.length })
    return done
  })
}

const markFrom = ({ status, minutes, at }: Attendee): Omit<Mark, 'enrollmentId'> => ({
  status,
  minutes,
  at: at ? Temporal.Instant.from(at) : null,
  seen: null,
})
