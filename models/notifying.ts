import { randomUUID } from 'node:crypto'
import { one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import { later } from './jobs.ts'
import type { Part } from './people-in-charge.ts'
import { choiceOf, type Topic } from './preferring.ts'
import type { MandateNews } from './mandating.ts'
import type { RequestMatter } from './request-news.ts'
import type { Reminder } from './reminding.ts'

/** Kinds of mail and what each is about. Texts: server/mail/<kind>.ts and locales/<lang>/mail.json. */
export type Mails = {
  'confirm-address': { link: string; code: string }
  'address-known': { link: string }
  'reset-password': { link: string; code: string }
  'password-changed': Record<string, never>
  'change-address': { link: string; code: string }
  'address-changed': Record<string, never>
  'person-erased': Record<string, never>
  'enrollment-confirmed': { enrollmentId: string }
  'enrollment-waiting': { enrollmentId: string }
  'place-offered': { enrollmentId: string; link: string }
  'enrollment-declined': { enrollmentId: string }
  'training-postponed': { trainingId: string }
  'training-canceled': { trainingId: string }
  'training-resumed': { trainingId: string }
  'training-entrusted': { trainingId: string; role: Part }
  'training-released': { trainingId: string; role: Part }
  'agenda-changed': { trainingId: string; number: number }
  'test-receipt': { attemptId: string }
  'test-marked': { attemptId: string }
  'test-adjusted': { enrollmentId: string; assessmentId: string }
  /** By a question that was wrong, or by a changed mark of an essay. */
  'result-corrected': ({ regradeId: string } | { markChangeId: string }) & { enrollmentId: string }
  'assignment-receipt': { submissionId: string }
  'assignment-returned': { submissionId: string }
  'assignment-extended': { extensionId: string }
  'grade-released': { releaseId: string }
  'grade-changed': { releaseId: string }
  'evaluation-results': { trainingId: string; day: string }
  'certificate-ready': { enrollmentId: string }
  'certificate-issued': { certificateId: string }
  'certificate-revoked': { certificateId: string }
  'enrollment-withdrawn': { enrollmentId: string }
  'request-news': RequestMatter
  'mandate-news': MandateNews
  'translation-given': { taskId: string }
  reminder: { kind: Reminder; trainingId: string; sessions: { id: string; startsAt: string }[] }
  'daily-digest': { mailIds: string[] }
  bulk: { bulkMailId: string }
}

export type MailKind = keyof Mails
export type Recipient = { personId: string | null; address: string; locale: string; zone: string }

// What a person waits for at the screen overtakes everything else; what can wait a minute lets the rest pass.
const URGENT: MailKind[] = ['confirm-address', 'address-known', 'reset-password', 'change-address']

const PATIENT: MailKind[] = ['reminder', 'daily-digest']

/**
 * Puts a mail into the outbox, in the transaction of its event; the worker renders and sends it.
 * One event reaches one address once: a second call with the same `eventKey` changes nothing.
 * @param topic what it is of the optional kinds: then the person's choice decides, and it may wait for the daily mail
 * @returns the id of the mail, or undefined when none was made
 */
export async function notify<Kind extends MailKind>(
  to: Recipient,
  kind: Kind,
  eventKey: string,
  data: Mails[Kind],
  topic?: Topic,
): Promise<string | undefined> {
  const priority = URGENT.includes(kind) ? 1 : PATIENT.includes(kind) ? 6 : 5
  const choice = topic && to.personId ? await choiceOf(to.personId, topic) : 'at_once'
  if (choice === 'never') return undefined
  const mail = await one<{ id: string }>(
    'mail.add',
    `insert into mails (event_key, person_id, address, kind, data, locale, zone, priority, message_id, created_at, topic, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (event_key, address) do nothing returning id`,
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
      topic ?? null,
      choice === 'daily',
    ],
  )
  if (mail && choice === 'at_once') await later('mail.send', { mailId: mail.id }, { priority })
  return mail?.id
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
