import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Words } from './course.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'

/** Whom a coordinator writes to, of one training. */
export const AUDIENCES = ['enrolled', 'waiting', 'requested', 'trainers'] as const
export type Audience = (typeof AUDIENCES)[number]

export type Draft = { audience: Audience; subject: Words; body: Words }
export type BulkMail = Draft & {
  id: string
  trainingId: string
  by: string | null
  createdAt: Temporal.Instant
  sentAt: Temporal.Instant | null
}

/** Behind everything that somebody waits for: see the two lanes of lib/queue.ts. */
const PRIORITY = 8

/** Keeps a mail to a group as a draft. */
export function writeBulkMail(actor: Actor, trainingId: string, { audience, subject, body }: Draft): Promise<string> {
  return inTransaction(async () => {
    const row = await one<{ id: string }>(
      'bulk.add',
      `insert into bulk_mails (training_id, audience, subject, body, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [trainingId, audience, JSON.stringify(subject), JSON.stringify(body), actor.id, now()],
    )
    await record(actor, 'bulk-mail.written', 'bulk_mail', row!.id, { training: trainingId, audience })
    return row!.id
  })
}

/** Changes a draft. @throws Refused when it is sent already */
export function changeBulkMail(actor: Actor, id: string, { audience, subject, body }: Draft) {
  return inTransaction(async () => {
    await lockDraft(id)
    await sql('bulk.change', 'update bulk_mails set audience = $2, subject = $3, body = $4 where id = $1', [
      ...[id, audience, JSON.stringify(subject), JSON.stringify(body)],
    ])
    await record(actor, 'bulk-mail.changed', 'bulk_mail', id)
  })
}

/** Throws a draft away. @throws Refused when it is sent already */
export function discardBulkMail(actor: Actor, id: string) {
  return inTransaction(async () => {
    await lockDraft(id)
    await sql('bulk.discard', 'delete from bulk_mails where id = $1', [id])
    await record(actor, 'bulk-mail.discarded', 'bulk_mail', id)
  })
}

/** The mail as it would arrive, to the writer alone: once in each language. */
export function sendTest(actor: Actor, id: string) {
  return inTransaction(async () => {
    const to = await recipient(actor.id!)
    if (!to) return
    for (const locale of ['en', 'ru'])
      await notify({ ...to, locale }, 'bulk', `bulk-test:${id}:${locale}:${now()}`, { bulkMailId: id })
  })
}

/**
 * Sends a draft to its audience, once: mails and jobs of all recipients in one statement. Who wants no such mails gets
 * none, and is named in the result; who wants them once a day gets it with the daily mail.
 * @returns how many will get it
 * @throws Refused when it is sent already, or nobody would get it
 */
export function sendBulkMail(actor: Actor, id: string): Promise<number> {
  return inTransaction(async () => {
    const { trainingId, audience } = await lockDraft(id)
    const row = await one<{ n: number; unwanted: string[] }>(`bulk.send-${audience}`, sending(audience), [
      ...[trainingId, now(), id, PRIORITY],
    ])
    if (!row!.n) throw new Refused('bulkMail.nobody')
    await sql('bulk.sent', 'update bulk_mails set sent_at = $2, unwanted = $3 where id = $1', [
      id,
      now(),
      row!.unwanted,
    ])
    await record(actor, 'bulk-mail.sent', 'bulk_mail', id, { training: trainingId, audience, recipients: row!.n })
    return row!.n
  })
}

async function lockDraft(id: string): Promise<{ trainingId: string; audience: Audience }> {
  const mail = await one<{ trainingId: string; audience: Audience; sentAt: Temporal.Instant | null }>(
    'bulk.lock',
    'select training_id as "trainingId", audience, sent_at as "sentAt" from bulk_mails where id = $1 for update',
    [id],
  )
  if (!mail || mail.sentAt) throw new Refused('bulkMail.sent')
  return mail
}

// $1 is the training, $2 the moment.
const PEOPLE: Record<Audience, string> = {
  enrolled: byStatus('enrolled'),
  waiting: byStatus('waiting'),
  requested: byStatus('requested'),
  trainers: `select b.person_id from bookings b join sessions s on s.id = b.session_id
      where s.training_id = $1 and b.person_id is not null and b.role <> 'interpreter'
    union select g.person_id from role_grants g where g.role = 'trainer' and g.scope_kind = 'training'
      and g.scope_id = $1::text and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)`,
}

function byStatus(status: 'enrolled' | 'waiting' | 'requested'): string {
  return `select e.person_id from enrollments e where e.training_id = $1 and e.status = '${status}' and $2::timestamptz is not null`
}

const reachable = (audience: Audience) =>
  `people p join accounts a on a.person_id = p.id
   where p.id in (${PEOPLE[audience]}) and a.suspended_at is null and p.erased_at is null`

const sending = (audience: Audience) => `
  with chosen as (
    select p.id, a.email::text as address, p.locale, p.zone, coalesce((select m.choice from mail_preferences m
      where m.person_id = p.id and m.kind = 'group-news'), 'at_once') as choice
    from ${reachable(audience)}
  ), added as (
    insert into mails (event_key, person_id, address, kind, data, locale, zone, priority, message_id, created_at, topic,
      digest, bulk_mail_id)
    select 'bulk:' || $3::text, id, address, 'bulk', jsonb_build_object('bulkMailId', $3::text), locale, zone, $4,
      '<' || gen_random_uuid() || '@rtcm.az>', $2, 'group-news', choice = 'daily', $3::bigint
    from chosen where choice <> 'never' order by id on conflict (event_key, address) do nothing returning id, digest
  ), queued as (
    insert into jobs (name, payload, priority, run_at, created_at)
    select 'mail.send', jsonb_build_object('mailId', id::text), $4, $2, $2 from added where not digest order by id
  )
  select (select count(*)::int from added) as n, array(select id::text from chosen where choice = 'never' order by id) as unwanted`

/** How many people of each audience can be reached by mail. */
export async function countAudiences(trainingId: string): Promise<Record<Audience, number>> {
  const counts = AUDIENCES.map(audience => `(select count(*)::int from ${reachable(audience)}) as "${audience}"`)
  const row = await one<Record<Audience, number>>('bulk.audiences', `select ${counts.join(', ')}`, [trainingId, now()])
  return row!
}

const COLUMNS = `b.id, b.training_id as "trainingId", b.audience, b.subject, b.body, b.created_at as "createdAt",
  b.sent_at as "sentAt", (select name_latin from people p where p.id = b.created_by) as by`

/** A mail to a group of a training, or undefined. */
export const bulkMailOf = (trainingId: string, id: string) =>
  one<BulkMail>('bulk.get', `select ${COLUMNS} from bulk_mails b where b.id = $1 and b.training_id = $2`, [
    id,
    trainingId,
  ])

export type BulkLine = BulkMail & Progress

export type Progress = {
  all: number
  sent: number
  waiting: number
  failed: number
  daily: number
  kept: number
  unwanted: number
}

const STATE = `case when m.sent_at is not null then 'sent' when m.failed_at is not null then 'failed'
  when m.kept_at is not null then 'kept' when m.digest then 'daily' else 'waiting' end`

const PROGRESS = `count(m.id)::int as "all", count(*) filter (where ${STATE} = 'sent')::int as sent,
  count(m.id) filter (where ${STATE} = 'waiting')::int as waiting, count(*) filter (where ${STATE} = 'failed')::int as failed,
  count(m.id) filter (where ${STATE} = 'daily')::int as daily, count(*) filter (where ${STATE} = 'kept')::int as kept,
  coalesce(array_length(b.unwanted, 1), 0) as unwanted`

/** Mails to groups of a training with where each stands, the newest first. */
export const bulkMailsOf = (trainingId: string): Promise<BulkLine[]> =>
  sql<BulkLine>(
    'bulk.list',
    `select ${COLUMNS}, ${PROGRESS} from bulk_mails b left join mails m on m.bulk_mail_id = b.id
     where b.training_id = $1 group by b.id order by b.id desc limit 100`,
    [trainingId],
  )

/** How far a mail has come, in numbers. */
export async function progressOf(id: string): Promise<Progress> {
  const row = await one<Progress>(
    'bulk.progress',
    `select ${PROGRESS} from bulk_mails b left join mails m on m.bulk_mail_id = b.id where b.id = $1 group by b.id`,
    [id],
  )
  return row!
}

export const RESULTS = ['sent', 'waiting', 'failed', 'daily', 'kept'] as const
export type Result = (typeof RESULTS)[number]
export type RecipientLine = {
  id: string
  personId: string
  name: string | null
  address: string
  state: Result
  sentAt: Temporal.Instant | null
  error: string | null
}

/** Recipients with what became of each, one more than `size` when there are more. @param after the mail the page begins after */
export const recipientsOf = (id: string, state: Result | null, after: string | null, size: number) =>
  sql<RecipientLine>(
    'bulk.recipients',
    `select m.id, m.person_id as "personId", p.name_latin as name, m.address, ${STATE} as state, m.sent_at as "sentAt",
       case when m.sent_at is null then m.last_error end as error
     from mails m left join people p on p.id = m.person_id
     where m.bulk_mail_id = $1 and ($2::text is null or ${STATE} = $2) and ($3::bigint is null or m.id > $3)
     order by m.id limit $4`,
    [id, state, after, size + 1],
  )

/** Who wants no such mails, by name. */
export const unwantedBy = (id: string) =>
  sql<{ id: string; name: string | null }>(
    'bulk.unwanted',
    `select p.id, p.name_latin as name from bulk_mails b join people p on p.id = any(b.unwanted)
     where b.id = $1 order by p.name_latin, p.id limit 200`,
    [id],
  )

export type BulkMailToSend = Pick<BulkMail, 'audience' | 'subject' | 'body'> & { code: string; title: Words }

/** What the letter is written from. */
export const bulkMailToSend = (id: string) =>
  one<BulkMailToSend>(
    'bulk.to-send',
    `select b.audience, b.subject, b.body, t.code, coalesce(t.title, v.title) as title
     from bulk_mails b join trainings t on t.id = b.training_id join course_versions v on v.id = t.course_version_id
     where b.id = $1`,
    [id],
  )

/** A training whose groups can be written to, or undefined. */
export const trainingToMail = (code: string) =>
  one<{ id: string; code: string; title: Words }>(
    'bulk.training',
    `select t.id, t.code, coalesce(t.title, v.title) as title
     from trainings t join course_versions v on v.id = t.course_version_id where t.code = upper($1)`,
    [code],
  )
