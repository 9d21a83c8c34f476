import type { Request } from 'express'
import { dateInWords } from '../../lib/dates.ts'
import { agreedAmong } from '../../models/official-languages.ts'
import type { Overview } from '../../models/overview.ts'
import { opens, runs, type Step, step } from '../../models/policies/running.ts'
import type { InCharge } from '../../models/people-in-charge.ts'
import type { Training } from '../../models/training.ts'
import { languageName, languageNames } from './languages.ts'
import { dayInWords, speakerOf } from './moments.ts'
import { originLink } from './origins.ts'
import { inChargeLines } from './people-in-charge.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

const NOUNS: [Step, string][] = [
  ['published', 'publication'],
  ['postponed', 'postponement'],
  ['closed', 'closing'],
  ['canceled', 'cancellation'],
]

type Beside = {
  /** What is missing before publishing, as keys. */
  missing: string[]
  people: InCharge[]
  /** The request it was made of, where the reader sees it. */
  request: string | null
}

/** The page of a training for those who run it: what it needs next, its people, its parts. */
export function trainingOverview(
  req: Request,
  training: Training,
  overview: Overview,
  { missing, people, request }: Beside,
) {
  const { t, lang } = req
  const base = `/${lang}/manage/trainings/${training.code}`
  const mayRun = runs(req.actor, training)
  const participants = (status: string) => `${base}/participants?status=${status}`
  return {
    code: training.code,
    title: wordsIn(overview.title, lang),
    status: t(`trainings.status.${training.status}`),
    public: `/${lang}/trainings/${training.code}`,
    mayRun,
    missing: missing.map(key => t(`openings.missing.${key}`)),
    publishes: mayRun && step(training, 'published').ok,
    waits: [
      {
        count: overview.requested,
        text: t('overview.requested', { count: overview.requested }),
        href: participants('requested'),
      },
      {
        count: overview.unannounced,
        text: t('overview.unannounced', { count: overview.unannounced }),
        href: `${base}/agenda`,
      },
      {
        count: overview.unmarked,
        text: t(training.status === 'closed' ? 'overview.unmarkedClosed' : 'overview.unmarked', {
          count: overview.unmarked,
        }),
        href: `${base}/test`,
      },
      {
        // Certificates are issued by the Center's coordinators alone.
        count: req.actor.staff ? overview.eligible : 0,
        text: t('overview.eligible', { count: overview.eligible }),
        href: `/${lang}/manage/certificates?training=${training.code}`,
      },
    ].filter(each => each.count > 0),
    nextSession: overview.nextSession,
    inCharge: inChargeLines(req, people),
    people: { href: `${base}/people`, label: t(opens(req.actor) ? 'charge.change' : 'charge.see') },
    facts: [...factsOf(req, training, overview), ...(request ? [originRow(req, request)] : [])],
    parts: [
      {
        href: `${base}/participants`,
        label: t('overview.participants'),
        note: t('overview.counts', { enrolled: overview.enrolled, waiting: overview.waiting }),
      },
      {
        href: `${base}/agenda`,
        label: t('overview.agenda'),
        note: t('overview.sessions', { count: overview.sessions }),
      },
      {
        href: `${base}/materials`,
        label: t('materials.title'),
        note: t('overview.materials', { count: overview.materials }),
      },
      ...(overview.hasAssignment ? [{ href: `${base}/assignment`, label: t('marking.manage.link'), note: '' }] : []),
      ...(overview.hasTest ? [{ href: `${base}/test`, label: t('tests.link'), note: '' }] : []),
      { href: `${base}/attendance`, label: t('overview.attendance'), note: '' },
      { href: `${base}/mails`, label: t('overview.mails'), note: '' },
      { href: `${base}/evaluation`, label: t('overview.evaluation'), note: '' },
    ],
    acts: mayRun
      ? [
          { href: `${base}/edit`, label: t('overview.edit') },
          { href: `${base}/signing`, label: t('signing.link') },
          ...(opens(req.actor) ? [{ href: `${base}/copy`, label: t('overview.copy') }] : []),
          ...NOUNS.filter(([to]) => to !== 'published' && step(training, to).ok).map(([, noun]) => ({
            href: `${base}/${noun}`,
            label: t(`overview.acts.${noun}`),
          })),
        ]
      : [],
  }
}

function originRow(req: Request, code: string) {
  const { href } = originLink(req, code)
  return {
    key: req.t('overview.facts.request'),
    value: code,
    action: { href, label: req.t('overview.toRequest') },
  }
}

function factsOf(req: Request, training: Training, overview: Overview) {
  const { t, lang } = req
  const row = (key: string, value: string | null | undefined) =>
    value ? [{ key: t(`overview.facts.${key}`), value }] : []
  return [
    ...row('course', overview.courseCode),
    ...row('format', t(`courses.formats.${training.format}`)),
    ...row('dates', datesOf(req, training)),
    ...row('zone', zoneName(training.zone, t)),
    ...row('place', training.place && wordsIn(training.place, lang)),
    ...row('languages', languageNames(training.languages, lang)),
    ...row('agreedCondition', training.agreedCondition),
    ...row('fallback', agreedAmong(training.languages).length ? languageName(training.fallbackLanguage, lang) : null),
    ...row('seats', training.seats === null ? t('trainings.noLimit') : String(training.seats)),
    ...row('mode', t(`openings.modes.${training.enrollmentMode}`)),
    ...row('enrollUntil', training.enrollUntil && deadlineOf(req, training.enrollUntil, training.zone)),
    ...row('hours', t('courses.hours', { count: training.hours })),
    ...row('project', overview.project && wordsIn(overview.project, lang)),
    ...row('signing', t(training.signatories?.length || overview.ownLogos ? 'signing.isOwn' : 'signing.isCenter')),
    ...row('costBearer', training.costBearer),
    ...row('copiedFrom', overview.copiedFrom),
  ]
}

function datesOf(req: Request, { startsOn, endsOn }: Training): string | null {
  if (!startsOn || !endsOn) return null
  const say = speakerOf(req)
  const [from, to] = [dayInWords(say, startsOn, 'date'), dayInWords(say, endsOn, 'date')]
  return from === to ? from : req.t('overview.fromTo', { from, to })
}

function deadlineOf(req: Request, until: Temporal.Instant, zone: string): string {
  const time = dateInWords(until, speakerOf(req).tag, zone, 'datetime')
  return req.t('layout.inZone', { time, zone: zoneName(zone, req.t) })
}
