import { agendaNews, type AgendaNews } from '../../models/agenda-news.ts'
import type { Change } from '../../models/announcing.ts'
import { detailsOf } from '../../routes/present/calendar.ts'
import { differences } from '../../routes/present/changes.ts'
import { bothTimes, spanIn } from '../../routes/present/spans.ts'
import { wordsIn } from '../../routes/present/words.ts'
import { zoneName } from '../../routes/present/zones.ts'
import { dateInWords } from '../../lib/dates.ts'
import type { Told } from '../../models/session.ts'
import { fitting } from './fitting.ts'
import type { Item, Letters, Pen } from './index.ts'

/** The letter about a changed agenda: the subject says what changed. */
export const agendaLetters: Letters = {
  'agenda-changed': async ({ trainingId, number }, pen) => {
    const { t, lang, url } = pen
    const news = pen.personId ? await agendaNews(trainingId, number, pen.personId) : undefined
    if (!news) return undefined
    const title = wordsIn(news.title, lang)
    const { changes } = news
    const items = fitting(changes.map(change => itemOf(change, pen)))
    return {
      subject: subjectOf(news, title, pen),
      lines: [
        t(news.first ? 'mail.agenda.first' : 'mail.agenda.what', { title, code: news.code }),
        ...(news.first ? [t('mail.agenda.begins', { time: spanIn(pen, earliest(changes), pen.zone) })] : []),
      ],
      items,
      button: { label: t('mail.agenda.button'), href: url(`/trainings/${news.code}/agenda`) },
      after: [
        ...(changes.length > items.length ? [t('mail.agenda.more', { count: changes.length - items.length })] : []),
        t('mail.agenda.calendar', { address: url('/me/calendar') }),
      ],
      why: t(news.enrolled ? 'mail.agenda.whyEnrolled' : 'mail.agenda.whyBooked', { title }),
    }
  },
}

const earliest = (changes: Change[]): Told =>
  changes.map(({ is }) => is).sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0]!

function subjectOf({ changes, first }: AgendaNews, title: string, pen: Pen): string {
  const { t, lang } = pen
  if (changes.length === 1) {
    const { what, is } = changes[0]!
    return t(`mail.agenda.one.${what}`, { session: wordsIn(is.title, lang), time: startAtHost(is, pen) })
  }
  if (first) return t('mail.agenda.firstSubject', { count: changes.length, title })
  const counts = (['canceled', 'moved', 'new', 'changed'] as const)
    .map(what => ({ what, count: changes.filter(change => change.what === what).length }))
    .filter(({ count }) => count)
    .map(({ what, count }) => t(`mail.agenda.count.${what}`, { count }))
  return t('mail.agenda.subject', { changes: counts.join(', '), title })
}

function itemOf({ what, was, is }: Change, pen: Pen): Item {
  const { t, lang, zone } = pen
  const { host, own } = bothTimes(pen, is, zone)
  const title = t(`mail.agenda.item.${what}`, { session: wordsIn(is.title, lang) })
  if (what === 'canceled')
    return { title, lines: [host, own, t('mail.agenda.reason', { reason: wordsIn(is.canceled!, lang) })] }
  const before = what === 'moved' && was ? [t('mail.agenda.before', { time: spanIn(pen, was, was.zone) })] : []
  return { title, lines: [...before, host, own, ...(was ? differences(pen, was, is) : detailsOf(is, pen))] }
}

function startAtHost({ startsAt, zone }: Told, { t, tag }: Pen): string {
  const time = dateInWords(Temporal.Instant.from(startsAt), tag, zone, 'datetime')
  return t('layout.inZone', { time, zone: zoneName(zone, t) })
}
