import { one, sql } from '../../lib/db.ts'
import { runJobs } from './app.ts'

export type Mail = { kind: string; address: string; subject: string; text: string; html: string }

/** Mails written so far to an address, the oldest first; the jobs that write them are run. */
export async function mailsTo(address: string): Promise<Mail[]> {
  await runJobs()
  return sql<Mail>(
    'test.mails-to',
    `select kind, address, subject, body_text as text, body_html as html from mails where address = $1 order by id`,
    [address],
  )
}

/** The last mail of a kind to an address. */
export async function lastMail(address: string, kind: string): Promise<Mail> {
  const mail = (await mailsTo(address)).findLast(each => each.kind === kind)
  if (!mail) throw new Error(`No mail ${kind} to ${address}`)
  return mail
}

/** Path of the one-time link in a mail, with its language. */
export function linkIn(mail: Mail, place: 'confirm' | 'reset-password'): string {
  const link = new RegExp(`https?://[^\\s]*?(/\\w+/${place}/[\\w-]{32})`).exec(mail.text)
  if (!link) throw new Error(`No link in: ${mail.text}`)
  return link[1]!
}

/** The six digits in a mail. */
export function codeIn(mail: Mail): string {
  return /\b(\d{6})\b/.exec(mail.text)![1]!
}

/** How many rows a table has. */
export const countOf = async (table: string): Promise<number> =>
  (await one<{ n: number }>(null, `select count(*)::int as n from ${table}`))!.n
