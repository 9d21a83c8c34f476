import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { NEEDED_PERCENT, percentOf } from '../../models/attendance.ts'
import type { Facts, Missing, Rules } from '../../models/completing.ts'

/** How much of the time the learner was there, and what the certificate asks for. */
export function attendanceWords(req: Request, rules: Rules, attendance: NonNullable<Facts['attendance']>): string {
  const words = { percent: percentOf(attendance), need: rules.attendancePercent ?? NEEDED_PERCENT }
  return req.t(attendance.open > 0 ? 'trainings.attendance.soFar' : 'trainings.attendance.percent', words)
}

/** What is still missing for the certificate, in words, in the order to do it. */
export function missingWords(req: Request, missing: Missing[]): string[] {
  return missing.map(each => {
    if (each.what === 'lessons') return req.t('home.missing.lessons', { count: each.left })
    if (each.what === 'evaluation') return req.t('home.missing.evaluation')
    if (each.what === 'assignment') {
      const { need, percent } = each
      if (percent === null) return req.t('home.missing.assignment', { need })
      return req.t('home.missing.assignmentBest', { need, percent: numberIn(req.lang, percent) })
    }
    if (each.what === 'attendance')
      return req.t(each.stillPossible ? 'home.missing.attendance' : 'home.missing.attendanceLost', {
        percent: each.percent,
        need: each.need,
      })
    if (each.waiting) return req.t('home.missing.testIn', { need: each.need })
    if (each.best === null) return req.t('home.missing.test', { need: each.need })
    return req.t('home.missing.testBest', { need: each.need, best: numberIn(req.lang, each.best) })
  })
}
