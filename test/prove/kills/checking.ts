import { one, sql } from '../../../lib/db.ts'
import type { Stored } from '../../support/mail-double.ts'

export type Counts = {
  events: Record<string, number>
  mails: number
  deliveries: number
  repeats: number
  expected: number
  overtaken: number
}

/** A mail that a life handed over and did not mark before it was killed: how often, and whose row it was. */
export type Owed = { times: number; address: string }

/** What must not be, each with its statement: rows of it are faults. */
const FAULTS: Record<string, string> = {
  'an enrollment without its mail': `select e.id from enrollments e where e.status = 'enrolled' and not exists
    (select 1 from mails m where m.event_key like 'enrollment:' || e.id || ':enrolled:%' and m.sent_at is not null)`,
  'a withdrawal without its mail': `select e.id from enrollments e where e.status = 'withdrawn' and not exists
    (select 1 from mails m where m.event_key like 'enrollment:' || e.id || ':withdrawn:%' and m.sent_at is not null)`,
  'an announced agenda without its mail': `select v.id, e.person_id from agenda_versions v
    join enrollments e on e.training_id = v.training_id and e.status = 'enrolled' and e.created_at < v.published_at
    where not exists (select 1 from mails m where m.event_key = 'agenda:' || v.training_id || ':' || v.number
      and m.person_id = e.person_id and m.sent_at is not null)`,
  'a mail to a group that did not reach all': `select a.record_id from audit_entries a where a.action = 'bulk-mail.sent'
    and (a.details ->> 'recipients')::int <> (select count(*) from mails m
      where m.bulk_mail_id = a.record_id::bigint and m.sent_at is not null)`,
  'a mail that was not sent': 'select id from mails where sent_at is null',
  'a job left behind': 'select id, name from jobs',
  'a mail about a place that nobody took or gave back': `select m.id from mails m where m.event_key like 'enrollment:%'
    and not exists (select 1 from transitions t where t.record_kind = 'enrollment'
      and t.record_id::text = split_part(m.event_key, ':', 2) and t.to_status = split_part(m.event_key, ':', 3))`,
  'a mail about an agenda that was not announced': `select m.id from mails m where m.event_key like 'agenda:%'
    and not exists (select 1 from agenda_versions v where m.event_key = 'agenda:' || v.training_id || ':' || v.number)`,
  'a mail to a group that was not sent': `select m.id from mails m join bulk_mails b on b.id = m.bulk_mail_id
    where b.sent_at is null`,
}

/**
 * Compares what the database says happened with what the mail server stored.
 * @param owed how often each Message-ID was stored without the worker having marked it when it was killed
 * @returns the faults in words, none when all is well, and the counts
 */
export async function check(stored: Stored[], owed: Map<string, Owed>): Promise<{ faults: string[]; counts: Counts }> {
  const faults: string[] = []
  for (const [what, text] of Object.entries(FAULTS)) {
    const rows = await sql(null, text)
    if (rows.length) faults.push(`${what}: ${rows.length}, e.g. ${JSON.stringify(rows[0])}`)
  }
  const mails = await sql<{ messageId: string; address: string }>(
    null,
    'select message_id as "messageId", address from mails where sent_at is not null',
  )
  const addressOf = new Map(mails.map(({ messageId, address }) => [messageId, address]))
  const byId = Map.groupBy(stored, ({ messageId }) => messageId)
  for (const { messageId } of mails)
    if (!byId.has(messageId)) faults.push(`marked as sent, and never stored: ${messageId}`)
  let repeats = 0
  let overtaken = 0
  for (const [messageId, copies] of byId) {
    const { times, address } = owed.get(messageId) ?? { times: 0, address: undefined }
    // Its row was there when the kill fell; a later act then made the news untrue, so it is not told again.
    const dropped = !addressOf.has(messageId) && address !== undefined
    if (dropped) overtaken++
    if (copies.some(({ to }) => to !== (addressOf.get(messageId) ?? address)))
      faults.push(`stored, and of no event that was committed: ${messageId} to ${copies[0]!.to}`)
    repeats += copies.length - 1
    const right = dropped ? times : 1 + times
    if (copies.length !== right) faults.push(`stored ${copies.length} times where ${right} is right: ${messageId}`)
  }
  const expected = [...owed.values()].reduce((sum, { times }) => sum + times, 0)
  return {
    faults,
    counts: { events: await events(), mails: mails.length, deliveries: stored.length, repeats, expected, overtaken },
  }
}

/** What was committed, by kind. */
async function events(): Promise<Record<string, number>> {
  const row = await one<Record<string, number>>(
    null,
    `select (select count(*)::int from transitions where record_kind = 'enrollment' and to_status = 'enrolled') as enrollments,
       (select count(*)::int from transitions where record_kind = 'enrollment' and to_status = 'withdrawn') as withdrawals,
       (select count(*)::int from agenda_versions) as "announced agendas",
       (select count(*)::int from audit_entries where action = 'session.canceled') as "of them sessions called off",
       (select count(*)::int from bulk_mails where sent_at is not null) as "mails to groups"`,
  )
  return row!
}
