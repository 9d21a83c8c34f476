import { sql } from '../../lib/db.ts'
import type { MailKind } from '../../models/notifying.ts'
import { fitting } from './fitting.ts'
import type { Item, Letter, Letters } from './index.ts'

/** The daily mail: what a person chose to have once a day, each with its own subject. What is out of date is left out. */
export const digestLetters: Letters = {
  'daily-digest': async ({ mailIds }, pen) => {
    const { t, url } = pen
    const collected = await sql<{ kind: MailKind; data: Record<string, unknown> }>(
      'mail.collected',
      'select kind, data from mails where id = any($1::bigint[]) order by id',
      [mailIds],
    )
    const letters: Letter[] = []
    for (const { kind, data } of collected) {
      const letter = await pen.letterOf(kind, data)
      if (letter) letters.push(letter)
    }
    if (!letters.length) return undefined
    const items = fitting(letters.map(itemOf))
    return {
      subject: t('mail.digest.subject', { count: letters.length, first: letters[0]!.subject }),
      lines: [t('mail.digest.what', { count: letters.length })],
      items,
      button: { label: t('mail.digest.button'), href: url('/home') },
      // What did not fit is named at least: nothing that was collected is lost.
      ...(items.length < letters.length
        ? {
            after: letters
              .slice(items.length)
              .map(each => each.subject)
              .slice(0, 40),
          }
        : {}),
      why: t('mail.digest.why'),
    }
  },
}

const itemOf = ({ subject, lines, items, button }: Letter): Item => ({
  title: subject,
  lines: [...lines, ...(items ?? []).flatMap(item => [item.title, ...item.lines])],
  ...(button ? { link: button } : {}),
})
