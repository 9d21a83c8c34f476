import { inTransaction, one, sql } from '../../lib/db.ts'
import { notify, type Recipient } from '../../models/notifying.ts'

/** The step of the training's life that each piece of news is about. */
const STEP = { postponed: 'postponed', canceled: 'canceled', resumed: 'published' } as const

/**
 * News of a whole training (put off, called off, on again) to everyone it concerns, once each: the enrolled, those who wait or
 * have asked, and those booked in its agenda.
 */
export async function tellTraining({
  trainingId,
  news,
}: {
  trainingId: string
  news: 'postponed' | 'canceled' | 'resumed'
}) {
  await inTransaction(async () => {
    const turn = await one<{ id: string }>(
      'training.turn',
      `select max(id) as id from transitions where record_kind = 'training' and record_id = $1 and to_status = $2`,
      [trainingId, STEP[news]],
    )
    for (const to of await sql<Recipient>('training.concerned', CONCERNED, [trainingId]))
      await notify(to, `training-${news}`, `training:${trainingId}:${news}:${turn?.id}`, { trainingId })
  })
}

const CONCERNED = `
  select distinct p.id as "personId", a.email::text as address, p.locale, p.zone
  from people p join accounts a on a.person_id = p.id
  where a.suspended_at is null and p.erased_at is null and (
    exists (select 1 from enrollments e where e.training_id = $1 and e.person_id = p.id
      and e.status in ('enrolled', 'waiting', 'requested'))
    or exists (select 1 from sessions s, jsonb_array_elements(s.published -> 'bookings') b
      where s.training_id = $1 and b ->> 'personId' = p.id::text))`
