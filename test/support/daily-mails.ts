import { sql } from '../../lib/db.ts'

/** Mails of a kind as they were written, by address. */
export const mailsOf = (kind: string) =>
  sql<{ address: string; subject: string; text: string; html: string }>(
    null,
    `select address, subject, body_text as text, body_html as html from mails where kind = $1 order by address`,
    [kind],
  )
