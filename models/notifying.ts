import { randomUUID } from 'node:crypto'
import { one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { later } from './jobs.ts'

/** Kinds of mail and what each is about. Texts: server/mail/<kind>.ts and locales/<lang>/mail.json. */
export type Mails = {
  'confirm-address': { link: string; code: string }
  'address-known': { link: string }
  'reset-password': { link: string; code: string }
  'password-changed': Record<string, never>
  'change-address': { link: string; code: string }
  'enrollment-confirmed': { enrollmentId: string }
  'enrollment-waiting': { enrollmentId: string }
  'place-offered': { enrollmentId: string }
  'agenda-changed': { trainingId: string; number: number }
  'test-receipt': { attemptId: string }
  'certificate-ready': { enrollmentId: string }
  'certificate-issued': { certificateId: string }
  'certificate-revoked': { certificateId: string }
}

export type MailKind = keyof Mails
export type Recipient = { personId: string | null; address: string; locale: string; zone: string }

// What a person waits for at the screen overtakes everything else.
const URGENT: MailKind[] = ['confirm-address', 'address-known', 'reset-password', 'change-address']

/**
 * Puts a mail into the outbox, in the transaction of its event; the worker renders and sends it.
 * One event reaches one address once: a second call with the same `eventKey` changes nothing.
 */
export async function notify<Kind extends MailKind>(to: Recipient, kind: Kind, eventKey: string, data: Mails[Kind]) {
  const priority = URGENT.includes(kind) ? 1 : 5
  const mail = await one<{ id: string }>(
    'mail.add',
    `insert into mails (event_key, person_id, address, kind, data, locale, zone, priority, message_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (event_key, address) do nothing returning id`,
    [
      eventKey,
      to.personId,
      to.address,
      kind,
      JSON.stringify(data),
      to.locale,
      to.zone,
      priority,
      `<${randomUUID()}@rtcm.az>`,
      now(),
    ],
  )
  if (mail) await later('mail.send', { mailId: mail.id }, { priority })
}

/** Where a person's mail goes, in their language and zone; undefined without an account. */
export function recipient(personId: string): Promise<Recipient | undefined> {
  return one<Recipient>(
    'mail.recipient',
    `select p.id as "personId", a.email::text as address, p.locale, p.zone
     from people p join accounts a on a.person_id = p.id where p.id = $1 and a.suspended_at is null`,
    [personId],
  )
}
