import { one, sql } from '../../lib/db.ts'
import { givesUp, type Job, reasonOf } from '../../lib/queue.ts'
import { now } from '../../lib/time.ts'
import type { MailKind } from '../../models/notifying.ts'
import { KEYS } from '../../models/policies/mails.ts'
import type { Topic } from '../../models/preferring.ts'
import { calendarsOf } from '../mail/calendars.ts'
import { renderMail } from '../mail/index.ts'
import type { Tools } from './index.ts'

export type MailRow = {
  id: string
  kind: MailKind
  data: Record<string, unknown>
  personId: string | null
  topic: Topic | null
  /** Calendar messages decided at an earlier try. */
  calendar: string | null
  address: string
  locale: string
  zone: string
  messageId: string
}

/**
 * Writes a mail and hands it to the mail server: at least once, always under the one Message-ID of its row. Only a
 * death between the server's yes and our mark makes it twice. What has sent nothing yet is written anew at each try.
 * When its job is given up the mail is failed, for staff to see. Without a mail server it is kept, to be read here.
 */
export async function sendMail(mailId: string, tools: Tools, job?: Job) {
  const mail = await one<MailRow>(
    'mail.get',
    `select id, kind, data, person_id as "personId", topic, calendar, address, locale, zone, message_id as "messageId" from mails where id = $1 and sent_at is null`,
    [mailId],
  )
  if (!mail) return
  try {
    await handOver(mail, tools)
  } catch (error) {
    await sql(
      'mail.failed',
      'update mails set last_error = $2, tries = tries + 1, failed_at = $3 where id = $1 and sent_at is null',
      [mailId, reasonOf(error), job && givesUp(job, error) ? now() : null],
    )
    throw error
  }
}

async function handOver(mail: MailRow, tools: Tools) {
  const letter = await renderMail(mail, tools)
  // What it was about is gone, so there is no news to tell.
  if (!letter) return void (await sql('mail.drop', 'delete from mails where id = $1', [mail.id]))
  const calendars = await calendarsOf(mail, tools)
  await sql(
    'mail.written',
    'update mails set subject = $2, body_text = $3, body_html = $4, kept_at = $5 where id = $1',
    [mail.id, letter.subject, letter.text, letter.html, tools.mailer ? null : now()],
  )
  const isDaily = mail.kind === 'daily-digest'
  if (!tools.mailer) {
    if (isDaily) await sql('mail.kept-within', 'update mails set kept_at = $2 where digest_id = $1', [mail.id, now()])
    return
  }
  await tools.mailer.send({
    ...letter,
    calendars,
    to: mail.address,
    from: tools.config.mailFrom,
    messageId: mail.messageId,
  })
  await sql(
    'mail.sent',
    'update mails set sent_at = $2, tries = tries + 1, last_error = null, failed_at = null where id = $1',
    [mail.id, now()],
  )
  if (isDaily) await sql('mail.sent-within', 'update mails set sent_at = $2 where digest_id = $1', [mail.id, now()])
  await forget(mail)
}

/** A key to an account is with its owner now and nowhere else; the last mail to an erased person leaves no address. */
async function forget({ id, kind }: MailRow) {
  if (KEYS.includes(kind))
    await sql('mail.forget', `update mails set data = '{}', body_text = null, body_html = null where id = $1`, [id])
  if (kind === 'person-erased') await sql('mail.last', 'delete from mails where id = $1', [id])
}
