import { numberIn } from '../../lib/numbers.ts'
import type { T } from '../../lib/i18n.ts'
import type { CertificateFile, Step } from '../../models/certificate-file.ts'
import type { IssuedRow, TrainingChoice, Unfinished, Waiting } from '../../models/certificate-lists.ts'
import type { Missing } from '../../models/completing.ts'
import type { Words } from '../../models/course.ts'
import { certificateState, namesOnPaper } from './certificates.ts'
import { wordsIn } from './words.ts'

/** What staff see of certificates under /manage. */

/** The State by its name in the Declaration, another country by its usual one; nothing when not said. */
const stateName = (row: { state: Words | null; country: string | null }, lang: string): string =>
  row.state ? wordsIn(row.state, lang) : row.country ? (countryNames(lang).of(row.country) ?? row.country) : ''

const countryNames = (lang: string) => new Intl.DisplayNames([lang === 'ru' ? 'ru' : 'en'], { type: 'region' })

/** Someone who has earned a certificate. */
export function waitingRow(row: Waiting, t: T, lang: string, chosen: string[]) {
  const printed = row.names?.latin ?? row.person
  return {
    id: row.id,
    training: row.training,
    courseCode: row.courseCode,
    names: row.names ? namesOnPaper(row.names) : [],
    person: row.person,
    printed,
    // A name that is not the one of the passport is looked at before it is printed.
    differs: row.names !== null && row.names.latin !== row.person,
    state: stateName(row, lang),
    eligibleAt: row.eligibleAt,
    confirmedAt: row.confirmedAt,
    lessons: { text: t('certificates.met.lessons', { count: row.lessons.done }), at: row.lessons.lastAt },
    test:
      row.best === null
        ? null
        : { text: t('certificates.met.test', { percent: numberIn(lang, row.best, 1) }), at: row.bestAt },
    evaluation: row.evaluationOn ? { text: t('certificates.met.evaluation'), at: row.evaluationOn } : null,
    due: row.due,
    late: row.late,
    chosen: chosen.includes(row.id),
    preview: `/${lang}/manage/enrollments/${row.id}/certificate.pdf`,
  }
}

/** Someone who still misses something, each thing in words. */
export const unfinishedRow = (row: Unfinished, t: T, lang: string) => ({
  id: row.id,
  person: row.person,
  state: stateName(row, lang),
  missing: row.missing.map(each => missingWords(each, t, lang)),
})

function missingWords(missing: Missing, t: T, lang: string): string {
  if (missing.what === 'lessons') return t('certificates.missing.lessons', { count: missing.left })
  if (missing.what === 'evaluation') return t('certificates.missing.evaluation')
  if (missing.what === 'assignment') {
    const { need, percent } = missing
    if (percent === null) return t('certificates.missing.assignment', { need })
    return t('certificates.missing.assignmentBest', { need, percent: numberIn(lang, percent, 1) })
  }
  if (missing.what === 'attendance') {
    const { percent, need } = missing
    return t(`certificates.missing.${missing.stillPossible ? 'attendance' : 'attendanceLost'}`, { percent, need })
  }
  const { need, best, waiting } = missing
  if (waiting) return t('certificates.missing.testIn', { need })
  return best === null
    ? t('certificates.missing.test', { need })
    : t('certificates.missing.testBest', { need, best: numberIn(lang, best, 1) })
}

export const issuedRow = (row: IssuedRow, t: T, lang: string) => ({
  code: row.code,
  href: `/${lang}/manage/certificates/${row.code}`,
  name: row.name,
  kind: t(`certificates.kinds.${row.kind}`),
  course: `${row.courseCode}. ${wordsIn(row.title, lang)}`,
  issuedAt: row.issuedAt,
  state: certificateState(row, t),
})

export const trainingOptions = (rows: TrainingChoice[], chosen: string, lang: string) =>
  rows.map(row => ({
    value: row.code,
    label: `${row.code} · ${wordsIn(row.title, lang)} (${row.waiting})`,
    selected: row.code === chosen,
  }))

/** A certificate with its life, for staff. */
export function certificatePage(file: CertificateFile, life: Step[], t: T, lang: string) {
  const { snapshot } = file
  const { met } = snapshot
  const href = (code: string | null) => code && `/${lang}/manage/certificates/${code}`
  return {
    code: file.code,
    href: href(file.code),
    names: namesOnPaper(file),
    erased: file.latin === null,
    kind: t(`certificates.kinds.${file.kind}`),
    title: wordsIn(snapshot.title, lang),
    course: t('certificates.courseVersion', { code: snapshot.courseCode, version: snapshot.version }),
    training: file.trainingCode,
    hours: t('certificates.hours', { count: snapshot.hours, hours: numberIn(lang, snapshot.hours) }),
    period: wordsIn(snapshot.period, lang),
    issuedAt: file.issuedAt,
    state: certificateState(file, t),
    revokedReason: file.revokedReason,
    signatories: snapshot.signatories.map(({ name, post }) => `${wordsIn(name, lang)}, ${wordsIn(post, lang)}`),
    met: [
      met.taught
        ? t('certificates.met.taught', { count: met.taught.sessions, minutes: met.taught.minutes })
        : t('certificates.met.lessons', { count: met.lessons.done }),
      ...(met.percent === null ? [] : [t('certificates.met.test', { percent: numberIn(lang, met.percent, 1) })]),
      ...(met.attendance ? [t('certificates.met.attendance', { percent: met.attendance.percent })] : []),
      ...(met.evaluation ? [t('certificates.met.evaluation')] : []),
    ],
    replaces: file.replaces,
    replacesHref: href(file.replaces),
    replacedBy: file.replacedBy,
    replacedByHref: href(file.replacedBy),
    pdf: file.revokedAt || file.replacedAt || !file.latin ? null : `/${lang}/certificates/${file.code}.pdf`,
    check: `/verify/${file.code}`,
    life: life.map(({ status, at, by, reason }) => ({ text: t(`certificates.life.${status}`), at, by, reason })),
  }
}
