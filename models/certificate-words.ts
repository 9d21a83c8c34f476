import { dateInWords } from '../lib/dates.ts'
import { CENTER_ZONE } from '../lib/time.ts'
import type { Bilingual } from './certificate-paper.ts'
import type { Format } from './training.ts'

/*
 * What a certificate says in both languages at once, whatever language the person issuing it reads: written into its
 * snapshot at issuing, so a later change here changes no issued paper.
 */

export const MODES: Record<Format, Bilingual> = {
  self_paced: { en: 'Online, self-paced', ru: 'Онлайн, в своём темпе' },
  live_online: { en: 'Live online', ru: 'Онлайн, в прямом эфире' },
  on_site: { en: 'On site', ru: 'Очно' },
  blended: { en: 'Blended: online and on site', ru: 'Смешанный формат: онлайн и очно' },
}

export const PASSED: Bilingual = { en: 'Final assessment passed', ru: 'Итоговое оценивание пройдено' }

/** The curriculum has not been endorsed by the Center yet, and its certificates say so (product.md, "Rules"). */
export const DRAFT_NOTE: Bilingual = {
  en: 'Draft of the Regional Migration Curriculum, before its endorsement by the Center',
  ru: 'Проект Региональной учебной программы по миграции, до её утверждения Центром',
}

/** The calendar day of an instant in Baku: certificates are dated by the Center's zone. */
export const dayOf = (instant: Temporal.Instant): Temporal.PlainDate =>
  instant.toZonedDateTimeISO(CENTER_ZONE).toPlainDate()

/** «5 March 2027» and «5 марта 2027 года». */
export const dayInWords = (day: Temporal.PlainDate): Bilingual => ({
  en: dateInWords(day, 'en', CENTER_ZONE),
  ru: russian(day),
})

/** From one day to another, both included, saying the month and the year once where one is enough. */
export function periodInWords(from: Temporal.PlainDate, to: Temporal.PlainDate): Bilingual {
  if (Temporal.PlainDate.compare(from, to) >= 0) return dayInWords(to)
  const last = dayInWords(to)
  if (from.year !== to.year) {
    const first = dayInWords(from)
    return { en: `${first.en} to ${last.en}`, ru: `${first.ru} – ${last.ru}` }
  }
  if (from.month === to.month) return { en: `${from.day} to ${last.en}`, ru: `${from.day}–${last.ru}` }
  const first = dayInWords(from)
  const withoutYear = (text: string) => text.replace(/\s+\d{4}( года)?$/, '')
  return { en: `${withoutYear(first.en)} to ${last.en}`, ru: `${withoutYear(first.ru)} – ${last.ru}` }
}

const russian = (day: Temporal.PlainDate) => dateInWords(day, 'ru', CENTER_ZONE).replace(/\s*г\.$/, ' года')

const ROLES: Record<string, Bilingual> = {
  trainer: { en: 'Trainer', ru: 'Тренер' },
  moderator: { en: 'Moderator', ru: 'Ведущий' },
  interpreter: { en: 'Interpreter', ru: 'Переводчик' },
}

/** «Trainer, moderator» and «Тренер, ведущий»: as what somebody took part, the trainer's part first. */
export function rolesInWords(roles: string[]): Bilingual {
  const known = Object.keys(ROLES).filter(role => roles.includes(role))
  const list = (lang: 'en' | 'ru') =>
    known.map((role, index) => (index ? ROLES[role]![lang].toLowerCase() : ROLES[role]![lang])).join(', ')
  return { en: list('en'), ru: list('ru') }
}
