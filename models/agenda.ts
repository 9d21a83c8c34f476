import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Change } from './announcing.ts'
import type { Words } from './course.ts'
import type { PlannedTraining } from './policies/session.ts'
import type { Told } from './session.ts'

/** A training as its agenda needs it. */
export type AgendaTraining = PlannedTraining & {
  code: string
  title: Words
  zone: string
  languages: string[]
  hostState: string | null
  startsOn: string | null
  endsOn: string | null
  /** Number of the last announced agenda; 0 while nothing has been announced. */
  agendaNumber: number
}

/** A training by its code in any case, with whether the person is booked as trainer in it; or undefined. */
export const agendaTraining = (code: string, personId: string | null): Promise<AgendaTraining | undefined> =>
  one<AgendaTraining>(
    'agenda.training',
    `select t.id, t.code, coalesce(t.title, v.title) as title, t.status, t.zone, t.languages, t.host_state as "hostState",
       t.starts_on as "startsOn", t.ends_on as "endsOn", t.agenda_number as "agendaNumber",
       exists (select 1 from bookings b join sessions s on s.id = b.session_id
         where s.training_id = t.id and b.person_id = $2 and b.role = 'trainer') as teaches
     from trainings t join course_versions v on v.id = t.course_version_id where t.code = upper($1)`,
    [code, personId],
  )

/** Trainings for which sessions can be planned, the soonest first: those of the person, or all. */
export const trainingsToPlan = (
  personId: string | null,
  all: boolean,
): Promise<{ code: string; title: Words; zone: string }[]> =>
  sql(
    'agenda.trainings',
    `select t.code, coalesce(t.title, v.title) as title, t.zone
     from trainings t join course_versions v on v.id = t.course_version_id
     where t.status in ('draft', 'published', 'running', 'postponed') and t.format <> 'self_paced'
       and (t.ends_on is null or t.ends_on >= $3::date) and ($2
         or exists (select 1 from bookings b join sessions s on s.id = b.session_id
           where s.training_id = t.id and b.person_id = $1 and b.role = 'trainer')
         or exists (select 1 from role_grants g where g.person_id = $1 and g.scope_kind = 'training' and g.scope_id = t.id::text
           and g.role in ('trainer', 'coordinator') and (g.valid_to is null or g.valid_to > $4)))
     order by t.starts_on nulls last, t.id limit 100`,
    [personId, all, now().toZonedDateTimeISO('Asia/Baku').toPlainDate(), now()],
  )

export type ToldSession = { id: string; told: Told }
export type AgendaVersion = { number: number; publishedAt: Temporal.Instant; changes: Change[] }

/** So long a change stays marked, however often the agenda changes in between. */
const MARKED_FOR = { hours: 7 * 24 }

/** What people were told of a training: every session in order of time, and the announcements whose changes are marked. */
export async function toldAgenda(trainingId: string): Promise<{ sessions: ToldSession[]; versions: AgendaVersion[] }> {
  const sessions = await sql<ToldSession>(
    'agenda.sessions',
    `select id, published as told from sessions where training_id = $1 and published is not null
     order by published ->> 'startsAt', id`,
    [trainingId],
  )
  // In the first one everything is new, so nothing is marked.
  const versions = await sql<AgendaVersion>(
    'agenda.versions',
    `select v.number, v.published_at as "publishedAt", case when v.number = 1 then '[]'::jsonb else v.changes end as changes
     from agenda_versions v where v.training_id = $1
       and (v.published_at > $2 or v.number = (select max(number) from agenda_versions where training_id = $1))
     order by v.number`,
    [trainingId, now().subtract(MARKED_FOR)],
  )
  return { sessions, versions }
}

export type Mark = { what: Change['what']; was: Told | null }

/**
 * What each session's reader has to notice: against the state before the first of these announcements that touched it.
 * One that came and changed within them is simply new; one that went back to what it was is not marked.
 */
export function marksOf(versions: AgendaVersion[], sessions: ToldSession[]): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const { changes } of versions)
    for (const { sessionId, what, was } of changes) {
      const first = marks.get(sessionId)
      marks.set(sessionId, first?.what === 'new' ? first : { what, was: first ? first.was : was })
    }
  for (const { id, told } of sessions) {
    const mark = marks.get(id)
    if (!mark?.was || told.canceled) continue
    const moved = mark.was.startsAt !== told.startsAt || mark.was.endsAt !== told.endsAt || mark.was.zone !== told.zone
    marks.set(id, { ...mark, what: moved ? 'moved' : 'changed' })
  }
  return marks
}
