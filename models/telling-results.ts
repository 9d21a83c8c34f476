import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { SESSION_DAY, TAKES_PLACE } from './evaluating-days.ts'
import { notify, type Recipient } from './notifying.ts'

/** In the evening trainers hear what their group said of the day: at eight at the host, never before the day is over. */
const EVENING = '20:00'
const AFTER_LAST = { minutes: 30 }
/** If the platform was away in the evening: from seven until noon of the next day. */
const MORNING = 7
const NOON = 12

type Day = { trainingId: string; day: string; zone: string; lastEnds: string }

/**
 * Makes the mails about the days of which somebody told and whose evening it is: one for each trainer of that day and
 * each person in charge, once per training and day however often it runs. What they say is looked up when they are sent.
 * @returns how many mails were made
 */
export async function tellResults(): Promise<number> {
  let made = 0
  for (const { trainingId, day } of (await daysTold()).filter(isEvening))
    made += await inTransaction(async () => {
      const key = `evaluation:${trainingId}:${day}`
      const mails = []
      for (const to of await hearers(trainingId, day))
        mails.push(await notify(to, 'evaluation-results', key, { trainingId, day }))
      return mails.filter(Boolean).length
    })
  return made
}

/** Whether a day's results are told now. */
export function isEvening({ day, zone, lastEnds }: Omit<Day, 'trainingId'>): boolean {
  const at = now()
  const date = Temporal.PlainDate.from(day)
  const evening = date.toZonedDateTime({ timeZone: zone, plainTime: EVENING }).toInstant()
  const over = Temporal.Instant.from(lastEnds).add(AFTER_LAST)
  const here = at.toZonedDateTimeISO(zone)
  if (Temporal.Instant.compare(at, evening) < 0 || Temporal.Instant.compare(at, over) < 0) return false
  const later = date.until(here.toPlainDate()).days
  return later === 0 || (later === 1 && here.hour >= MORNING && here.hour < NOON)
}

/** Who hears what was said of a day: the trainers of its sessions, as announced, and the people in charge. */
export const hearers = (trainingId: string, day: string): Promise<Recipient[]> =>
  sql<Recipient>(
    'results.hearers',
    `select p.id as "personId", a.email::text as address, p.locale, p.zone
     from people p join accounts a on a.person_id = p.id
     where a.suspended_at is null and p.erased_at is null and (
       p.id in (select (b ->> 'personId')::bigint from sessions s, jsonb_array_elements(s.published -> 'bookings') b
         where s.training_id = $1 and ${SESSION_DAY} = $2 and ${TAKES_PLACE} and b ->> 'role' = 'trainer'
           and b ->> 'personId' is not null)
       or p.id in (select g.person_id from role_grants g where g.scope_kind = 'training' and g.scope_id = $1::bigint::text
         and g.role = 'coordinator' and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3)))
     order by p.id`,
    [trainingId, day, now()],
  )

// Of the last two days, those of which somebody sent the form about the day; on the last one, or about the whole.
const daysTold = (): Promise<Day[]> => {
  const today = now().toZonedDateTimeISO('UTC').toPlainDate()
  return sql<Day>(
    'results.days',
    `select d.training_id as "trainingId", d.day, t.zone, d.ends as "lastEnds"
     from (select s.training_id, ${SESSION_DAY} as day, max(s.published ->> 'endsAt') as ends from sessions s
       where s.starts_at between $3::timestamptz and $4::timestamptz and ${TAKES_PLACE} group by 1, 2) d
     join trainings t on t.id = d.training_id
     where d.day between $1 and $2 and t.status in ('published', 'running', 'closed') and exists (
       select 1 from form_receipts r where r.training_id = t.id and (r.training_day = d.day::date
         or (r.training_day is null and r.day >= d.day::date and not exists (select 1 from sessions s
           where s.training_id = t.id and ${TAKES_PLACE} and ${SESSION_DAY} > d.day))))
     order by 1, 2`,
    [
      ...[today.subtract({ days: 2 }).toString(), today.add({ days: 1 }).toString()],
      ...[now().subtract({ hours: 24 * 9 }), now().add({ hours: 24 * 9 })],
    ],
  )
}
