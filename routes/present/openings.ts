import type { Request } from 'express'
import { OFFICIAL_LANGUAGES, WORKING_LANGUAGES } from '../../models/official-languages.ts'
import { projects } from '../../models/project.ts'
import type { Training } from '../../models/training.ts'
import { errorsOf } from '../forms/again.ts'
import type { Kept } from '../request.ts'
import { stateOptions } from './days-off.ts'
import { languageName } from './languages.ts'
import { projectOptions } from './projects.ts'
import { zoneOptions } from './zones.ts'

const FORMATS = ['self_paced', 'live_online', 'on_site', 'blended'] as const

/** What the form of a training shows at first. */
export function valuesOf(training: Training | null): Record<string, unknown> {
  if (!training)
    return {
      format: 'live_online',
      zone: 'Asia/Baku',
      languages: ['en', 'ru'],
      fallbackLanguage: 'en',
      enrollmentMode: 'approval',
      visibility: 'public',
      issueWithinDays: '5',
      asksDaily: 'yes',
    }
  const deadline = training.enrollUntil?.toZonedDateTimeISO(training.zone)
  return {
    code: training.code,
    titleEn: training.title?.en ?? '',
    titleRu: training.title?.ru ?? '',
    format: training.format,
    zone: training.zone,
    hostState: training.hostState ?? '',
    placeEn: training.place?.en ?? '',
    placeRu: training.place?.ru ?? '',
    languages: training.languages,
    agreedCondition: training.agreedCondition ?? '',
    fallbackLanguage: training.fallbackLanguage,
    seats: training.seats === null ? '' : String(training.seats),
    enrollmentMode: training.enrollmentMode,
    visibility: training.visibility,
    hours: String(training.hours),
    startsOn: training.startsOn ?? '',
    endsOn: training.endsOn ?? '',
    enrollUntilDay: deadline?.toPlainDate().toString() ?? '',
    enrollUntilTime: deadline?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
    issueWithinDays: String(training.issueWithinDays),
    costBearer: training.costBearer ?? '',
    asksDaily: training.asksDaily ? 'yes' : '',
    project: training.projectId ?? '',
  }
}

/** The choices of that form, and the error beside each field. */
export async function choicesOf(req: Request, form: Kept) {
  const { t, lang } = req
  const all = await projects()
  return {
    errorOf: errorsOf(form),
    projects: projectOptions(req, all),
    formats: FORMATS.map(value => ({ value, label: t(`courses.formats.${value}`) })),
    zones: zoneOptions(t, String(form.values.zone ?? '')),
    states: [{ value: '', label: t('openings.noHost') }, ...stateOptions(lang)],
    languages: OFFICIAL_LANGUAGES.map(value => ({ value, label: languageName(value, lang) })),
    fallbacks: WORKING_LANGUAGES.map(value => ({ value, label: languageName(value, lang) })),
    modes: ['open', 'approval'].map(value => ({
      value,
      label: t(`openings.modes.${value}`),
      hint: t(`openings.modeHints.${value}`),
    })),
    visibilities: ['public', 'unlisted'].map(value => ({ value, label: t(`openings.visibilities.${value}`) })),
  }
}
