import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { notify, type Recipient } from './notifying.ts'

/** The daily mail comes in the reader's morning, and never in their night. */
const MORNING = 8
const EVENING = 20

type Waiting = Recipient & { personId: string; mails: { id: string; at: string }[] }

/**
 * Makes the daily mail of everybody for whom something was collected before eight o'clock of their own day.
 * One a person and day; what comes later waits for the next morning. Returns how many were made.
 */
export async function makeDigests(): Promise<number> {
  const waiting = await sql<Waiting>(
    'digest.waiting',
    `select p.id as "personId", a.email::text as address, p.locale, p.zone,
       jsonb_agg(jsonb_build_object('id', m.id::text, 'at', to_char(m.created_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by m.id) as mails
     from mails m join people p on p.id = m.person_id join accounts a on a.person_id = p.id
     where m.digest and m.digest_id is null and m.sent_at is null and a.suspended_at is null
     group by p.id, a.email`,
  )
  let made = 0
  for (const each of waiting) if (await digest(each)) made++
  return made
}

async function digest({ mails, ...to }: Waiting): Promise<boolean> {
  const here = now().toZonedDateTimeISO(to.zone)
  if (here.hour < MORNING || here.hour >= EVENING) return false
  const today = here.toPlainDate()
  const morning = today
    .toZonedDateTime({ timeZone: to.zone, plainTime: { hour: MORNING } })
    .toInstant()
    .toString()
  const ids = mails.filter(mail => mail.at < morning).map(mail => mail.id)
  if (!ids.length) return false
  return inTransaction(async () => {
    const id = await notify(to, 'daily-digest', `digest:${to.personId}:${today}`, { mailIds: ids })
    if (!id) return false
    await sql('digest.take', 'update mails set digest_id = $1 where id = any($2::bigint[]) and digest_id is null', [
      id,
      ids,
    ])
    return true
  })
}
