import { numberIn } from '../../lib/numbers.ts'
import type { T } from '../../lib/i18n.ts'
import type { CertificateFile } from '../../models/certificate-file.ts'
import type { Awaited } from '../../models/certificate-lists.ts'
import { writingOf } from '../../models/names.ts'
import { wordsIn } from './words.ts'

type Ends = { revokedAt: Temporal.Instant | null; replacedAt: Temporal.Instant | null }

/** Valid, revoked or replaced, in words and with its tag. Revoked outweighs replaced. */
export function certificateState({ revokedAt, replacedAt }: Ends, t: T) {
  if (revokedAt) return { word: t('certificates.states.revoked'), kind: 'danger' }
  if (replacedAt) return { word: t('certificates.states.replaced'), kind: 'warning' }
  return { word: t('certificates.states.valid'), kind: 'success' }
}

/** Names as they stand on the paper, each with its language and direction. */
export function namesOnPaper(names: {
  latin: string | null
  cyrillic?: string | null | undefined
  own?: string | null | undefined
  ownScript?: string | null | undefined
}) {
  return [
    names.latin ? [{ text: names.latin, lang: null, dir: 'ltr' }] : [],
    names.cyrillic ? [{ text: names.cyrillic, lang: 'ru', dir: 'ltr' }] : [],
    names.own ? [{ text: names.own, lang: null, ...writingOf(names.own, names.ownScript) }] : [],
  ].flat()
}

/** One of a person's own certificates. */
export function ownCertificate(file: CertificateFile, t: T, lang: string) {
  const open = !file.revokedAt && !file.replacedAt
  return {
    code: file.code,
    title: wordsIn(file.snapshot.title, lang),
    kind: t(`certificates.kinds.${file.kind}`),
    hours:
      file.kind === 'contribution'
        ? t('certificates.taught', { hours: hoursOf(file, t, lang) })
        : hoursOf(file, t, lang),
    period: wordsIn(file.snapshot.period, lang),
    issuedAt: file.issuedAt,
    state: certificateState(file, t),
    names: namesOnPaper(file),
    revokedAt: file.revokedAt,
    reason: file.revokedReason,
    successor: file.replacedBy,
    pdf: open ? `/${lang}/certificates/${file.code}.pdf` : null,
    check: `/verify/${file.code}`,
  }
}

const hoursOf = ({ snapshot: { hours } }: CertificateFile, t: T, lang: string) =>
  t('certificates.hours', { count: hours, hours: numberIn(lang, hours) })

/** Academic hours of certificates that hold, learned or taught; a training counts once. */
export function academicHours(files: CertificateFile[], taught: boolean): number {
  const live = files.filter(file => !file.revokedAt && !file.replacedAt && (file.kind === 'contribution') === taught)
  const byTraining = Map.groupBy(live, file => file.trainingId ?? file.code)
  return [...byTraining.values()].reduce((sum, each) => sum + Math.max(...each.map(file => file.snapshot.hours)), 0)
}

/** What a person still waits for, as the next thing to do or to know. */
export function awaited(row: Awaited, lang: string) {
  return {
    id: row.id,
    title: wordsIn(row.title, lang),
    confirmed: row.confirmed,
    by: row.by,
    names: `/${lang}/enrollments/${row.id}/names`,
  }
}
