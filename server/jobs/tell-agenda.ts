import { inTransaction, sql } from '../../lib/db.ts'
import { notify, type Recipient } from '../../models/notifying.ts'

/**
 * One mail to each person whom a published agenda concerns: the enrolled, and those booked in it now or in the
 * version before (who has been taken off a session is told so).
 */
export async function tellAgenda({ trainingId, number }: { trainingId: string; number: number }) {
  await inTransaction(async () => {
    for (const to of await sql<Recipient>('agenda.concerned', CONCERNED, [trainingId, number]))
      await notify(to, 'agenda-changed', `agenda:${trainingId}:${number}`, { trainingId, number })
  })
}

const CONCERNED = `
  select distinct p.id as "personId", a.email::text as address, p.locale, p.zone
  from people p join accounts a on a.person_id = p.id
  where a.suspended_at is null and p.erased_at is null and (
    exists (select 1 from enrollments e where e.training_id = $1 and e.person_id = p.id and e.status = 'enrolled')
    or exists (select 1 from agenda_versions v, jsonb_array_elements(v.sessions) s, jsonb_array_elements(s -> 'bookings') b
      where v.training_id = $1 and v.number in ($2::int, $2::int - 1) and b ->> 'personId' = p.id::text))`
