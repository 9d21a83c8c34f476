import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { periodInWords, rolesInWords } from '../../models/certificate-words.ts'
import { type Contribution, hoursTaught, namesFor } from '../../models/contribution.ts'
import { namesOnPaper } from './certificates.ts'
import { wordsIn } from './words.ts'

/** Somebody who taught, with why a certificate of contribution is due. */
export function contributionRow(req: Request, given: Contribution, state: { chosen: string[]; signed: boolean }) {
  const names = namesFor(given)
  const key = `${given.trainingId}.${given.personId}`
  return {
    key,
    signed: state.signed,
    printed: names.latin,
    names: namesOnPaper(names),
    // A name that is not the one on file is looked at before it is printed.
    differs: names.latin !== given.person ? given.person : null,
    confirmed: given.confirmed !== null,
    training: given.code,
    title: wordsIn(given.title, req.lang),
    hours: hoursInWords(req, given.minutes),
    sessions: req.t('contributions.sessions', { count: given.sessions }),
    roles: wordsIn(rolesInWords(given.roles), req.lang),
    period: wordsIn(periodInWords(Temporal.PlainDate.from(given.first), Temporal.PlainDate.from(given.last)), req.lang),
    chosen: state.chosen.includes(key),
    preview: `/${req.lang}/manage/certificates/contributions/${given.trainingId}/${given.personId}.pdf`,
  }
}

/** "20 academic hours", of minutes taught. */
export function hoursInWords(req: Request, minutes: number): string {
  const hours = hoursTaught(minutes)
  return req.t('certificates.hours', { count: hours, hours: numberIn(req.lang, hours) })
}
