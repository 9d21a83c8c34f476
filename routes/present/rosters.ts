import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { percentOf, type Share } from '../../models/attendance.ts'
import type { RosterLine, TrainingLine } from '../../models/rosters.ts'
import { wordsIn } from './words.ts'

/** A training in the staff's list; its numbers open the people behind them. */
export function trainingRow(req: Request, line: TrainingLine) {
  const people = `/${req.lang}/manage/trainings/${line.code}/participants`
  const count = (status: 'enrolled' | 'waiting' | 'requested') => ({
    count: line[status],
    href: `${people}?status=${status}`,
  })
  return {
    code: line.code,
    href: `/${req.lang}/manage/trainings/${line.code}`,
    title: wordsIn(line.title, req.lang),
    format: req.t(`courses.formats.${line.format}`),
    status: req.t(`trainings.status.${line.status}`),
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    seats: line.seats,
    enrolled: count('enrolled'),
    waiting: count('waiting'),
    requested: count('requested'),
    eligible: {
      count: line.eligible,
      href: req.actor.staff ? `/${req.lang}/manage/certificates?training=${line.code}` : null,
    },
  }
}

/** A person of a training: how far they are. */
export function rosterRow(req: Request, line: RosterLine) {
  return {
    name: line.name,
    decision: ['requested', 'waiting'].includes(line.status)
      ? `/${req.lang}/manage/enrollments/${line.id}/decision`
      : null,
    country: line.countryName ? wordsIn(line.countryName, req.lang) : countryName(line.country, req.lang),
    since: line.createdAt,
    progress: req.t('trainings.roster.progress', { done: line.done, total: line.total }),
    best: line.best === null ? null : `${numberIn(req.lang, Number(line.best))} %`,
    certificate: line.certificate,
    eligible: line.eligibleAt !== null && !line.certificate,
  }
}

/** The percent of a person's attendance with the page behind it; null where no session counts. */
export function attendanceCell(req: Request, code: string, enrollmentId: string, shares: Map<string, Share>) {
  const share = shares.get(enrollmentId)
  if (!share) return null
  return {
    text: req.t('trainings.roster.attendanceOf', { percent: percentOf(share) }),
    href: `/${req.lang}/manage/trainings/${code}/attendance/${enrollmentId}`,
  }
}

function countryName(code: string | null, lang: string): string {
  if (!code) return ''
  return new Intl.DisplayNames(lang === 'ar-xb' ? 'en' : lang, { type: 'region' }).of(code) ?? code
}
