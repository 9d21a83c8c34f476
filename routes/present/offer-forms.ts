import type { Request } from 'express'
import { STATES } from '../../models/countries.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import type { LessonChoice } from '../../models/request-offer.ts'
import { errorsOf } from '../forms/again.ts'
import { MOST_LINES } from '../forms/request-offers.ts'
import type { Kept } from '../request.ts'
import { languageName } from './languages.ts'
import { lessonGroups } from './needs.ts'
import { zoneOptions } from './zones.ts'

/** What the form of an offer lets choose, and its lines of the outline: those filled in, and a few more. */
export function offerFields(
  req: Request,
  form: Kept,
  lessons: LessonChoice[],
  trainers: { id: string; name: string }[],
) {
  const { t, lang } = req
  const filled = Object.entries(form.values).flatMap(([key, value]) => {
    const [, number] = /^line-(\d+)-/.exec(key) ?? []
    return number && value ? [Number(number)] : []
  })
  const count = Math.min(MOST_LINES, Math.max(4, Math.max(0, ...filled) + 4))
  return {
    form,
    errorOf: errorsOf(form),
    formats: ['on_site', 'live_online', 'blended'].map(value => ({ value, label: t(`courses.formats.${value}`) })),
    zones: zoneOptions(t, String(form.values.zone ?? 'Asia/Baku')),
    hosts: [
      { value: '', label: t('requests.offer.noHost') },
      ...STATES.map(({ iso2, name }) => ({ value: iso2, label: name[lang === 'ru' ? 'ru' : 'en'] })),
    ],
    languages: OFFICIAL_LANGUAGES.map(value => ({ value, label: languageName(value, lang) })),
    trainers: trainers.map(({ id, name }) => ({ value: id, label: name })),
    groups: lessonGroups(lang, lessons, form.values.lessons, 'lessons'),
    lines: Array.from({ length: count }, (_, index) => index + 1),
  }
}
