import { stillDue } from '../../models/reminding.ts'
import { detailsOf } from '../../routes/present/calendar.ts'
import { bothTimes, spanIn } from '../../routes/present/spans.ts'
import { wordsIn } from '../../routes/present/words.ts'
import { fitting } from './fitting.ts'
import type { Letters } from './index.ts'

/** What comes: in a week, tomorrow, in an hour. Written from what holds when it is sent. */
export const reminderLetters: Letters = {
  reminder: async ({ kind, sessions }, pen) => {
    const { t, lang, zone, url } = pen
    const due = pen.personId ? await stillDue(pen.personId, sessions) : []
    const first = due[0]
    if (!first) return undefined
    const { code } = first
    const title = wordsIn(first.title, lang)
    const items = fitting(
      due.map(({ told }) => {
        const times = bothTimes(pen, told, zone)
        return { title: wordsIn(told.title, lang), lines: [times.host, times.own, ...detailsOf(told, pen)] }
      }),
    )
    return {
      subject: t(`mail.reminder.${kind}`, {
        session: wordsIn(first.told.title, lang),
        time: spanIn(pen, first.told, zone),
      }),
      lines: [t('mail.reminder.what', { count: due.length, title, code })],
      items,
      button: { label: t('mail.agenda.button'), href: url(`/trainings/${code}/agenda`) },
      ...(due.length > items.length ? { after: [t('mail.agenda.more', { count: due.length - items.length })] } : {}),
      why: t('mail.reminder.why', { title }),
    }
  },
}
